"""Teams put straight into the tables, many at once, as if their founders had answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.case.file import Actor, Answer, CaseFile, NextStep, Signal
from bot.store import summaries
from bot.store.batch import Batch, dumps
from bot.store.times import stamp
from tests.desk.world import World, the_mind

FISHERS, TOWN = Actor("Fishers of Kanoa", "civil_society", "idea"), Actor("Town hall", "public")


def case(here: World, number: int | str, name: str = "", **changes: Any) -> CaseFile:
    """A team that shares and has told its goal; `answers` are added, as told now."""
    answers = {"goal": "Clean water by 2030", **changes.pop("answers", {})}
    made = CaseFile(
        id=f"team-{number}", name=name or f"Team {number}", shared=True, transcript=False
    )
    told = {
        slot: each if isinstance(each, Answer) else Answer(each, "told", here.clock(), "7", "1")
        for slot, each in answers.items()
    }
    return replace(made, answers=told, **changes)


async def settle(here: World, *cases: CaseFile, language: str = "en", last: int = 0) -> None:
    """Stores the teams in this order; `last`: how many days ago they were last heard of."""
    heard = here.clock() - timedelta(days=last)
    await here.service.commit(lambda batch: [_settle(batch, c, language, heard) for c in cases])


def _settle(batch: Batch, case: CaseFile, language: str, heard: datetime) -> None:
    db, at = batch.db, stamp(batch.now)
    db.execute("INSERT INTO team (id, name, created_at) VALUES (?, ?, ?)", (case.id, case.name, at))
    db.execute(
        "INSERT INTO case_file (id, team, version, snapshot, updated_at) VALUES (?, ?, 1, ?, ?)",
        (case.id, case.id, dumps(case.to_json()), at),
    )
    seen = the_mind().overview(case, heard, 1)
    summaries.write(db, case.id, seen, language, stamp(heard), batch.now)


async def rows(here: World, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    return await here.store.read(lambda db: db.execute(sql, values).fetchall())


async def assign(here: World, case_id: str, person: str) -> None:
    sql = "INSERT INTO assignment (case_id, person) VALUES (?, ?)"
    await here.store.write(lambda db: db.execute(sql, (case_id, person)))


def step(here: World, what: str, days: int, slipped: int = 0) -> NextStep:
    now = here.clock()
    return NextStep(what, "Ruth", (now + timedelta(days=days)).date(), now, slipped=slipped)


def asks_for_help(here: World) -> dict[str, Signal]:
    return {"help": Signal(here.clock())}
