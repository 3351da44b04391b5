"""A team's case as a test wants it, and what the database holds afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import httpx

from bot.case.file import Answer, CaseFile
from bot.core.events import Event
from bot.core.turn import Command, Turn
from bot.store import cases, summaries
from bot.store.batch import Batch
from bot.store.times import stamp
from tests.desk.world import Founder, World, the_mind, visible


async def retell(here: World, case_id: str, change: Callable[[CaseFile], CaseFile]) -> None:
    """Changes a case, and the row it has in the lists, as a turn would."""

    def work(batch: Batch) -> None:
        found = cases.load(batch.db, case_id)
        assert found is not None
        case = change(found[0])
        cases.change(batch, case_id, case)
        at = summaries.last_at(batch.db, case_id)
        seen = the_mind().overview(case, batch.now, summaries.members(batch.db, case_id))
        summaries.write(batch.db, case_id, seen, "en", at or stamp(batch.now), batch.now)

    await here.service.commit(work)


async def happens(here: World, founder: Founder, case_id: str, *events: Event) -> None:
    """Records events as if a turn of the founder had brought them."""
    key = uuid4().hex
    turn = Turn(key, founder.channel, founder.name, founder.name, here.clock(), Command("test"))
    await here.service.commit(lambda batch: batch.record(turn, events, case_id))


def answer(here: World, value: str | tuple[str, ...], by: str = "ruth") -> Answer:
    return Answer(value, "told", here.clock(), by)


async def rows(here: World, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    found = await here.store.read(lambda db: db.execute(sql, values).fetchall())
    return list(found)


async def letters(here: World, founder: Founder) -> list[str]:
    """What a founder was sent so far, in the order in which it goes out."""
    found = await rows(here, "SELECT message FROM outbox WHERE chat = ? ORDER BY id", founder.name)
    return [json.loads(message)["html"] for (message,) in found]


async def done(here: World, case_id: str) -> list[tuple[str, str]]:
    """(who, did what) with a team, as the record has it."""
    sql = "SELECT actor, action FROM audit WHERE about = ? ORDER BY id"
    return [(actor, action) for actor, action in await rows(here, sql, case_id)]


GOAL = "Clean water by 2030"


async def team(here: World) -> tuple[str, httpx.AsyncClient]:
    """A team of Ruth's, and the browser of Marta who is staff."""
    case = await here.founder("ruth").founds("Lagoon", GOAL)
    return case, await here.staff("staff", "Marta")


async def post(browser: httpx.AsyncClient, case: str, deed: str, **fields: str) -> httpx.Response:
    return await browser.post(f"/desk/teams/{case}/{deed}", data=fields)


async def owner(here: World, case: str) -> str:
    found = await rows(here, "SELECT owner FROM conversation WHERE case_id = ?", case)
    return str(found[0][0])


async def case_of(here: World, case: str) -> CaseFile:
    found = await here.store.read(lambda db: cases.load(db, case))
    assert found
    return found[0]


def part(html: str, name: str) -> str:
    """The words of the section `name` of a page."""
    found = re.search(rf'<section id="{name}".*?</section>', html, re.DOTALL)
    assert found, f"no section {name}"
    return visible(found[0])


def box(html: str, name: str) -> str:
    """What stands in the text area `name`."""
    found = re.search(rf'<textarea id="{name}"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    assert found, f"no box {name}"
    return unescape(found[1])
