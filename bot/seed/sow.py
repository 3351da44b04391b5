"""Stores the made-up programme as if its founders had answered; nothing is sent to anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.case.file import CaseFile
from bot.case.overview import overview
from bot.case.plain import plain
from bot.core.library import Library
from bot.core.session import Consent, Frame, Session, World
from bot.core.turn import Command, Turn
from bot.dialogs.welcome import CONSENT_TEXT
from bot.errors import BotError
from bot.knowledge import Knowledge
from bot.knowledge.search import Search
from bot.seed import quiz
from bot.seed.many import KINDS, usual, varied
from bot.seed.past import Past
from bot.seed.story import Founder
from bot.seed.teams import STAFF, TEAMS
from bot.store import lines, people, questions, seeding, staffing, summaries
from bot.store.batch import Batch, dumps, person_id
from bot.store.seeding import Row
from bot.store.store import Store
from bot.store.times import stamp

# A channel no message ever goes out by.
CHANNEL = "seed"
# Not today: the same command makes the same world whenever it is run.
LAST_DAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# More at once would hold up a transaction for over a second.
TOGETHER = 50
# From so many teams on, each has this many events unless told otherwise.
MANY_TEAMS, MANY_EVENTS = 100, 100
PHASES = ("p1", "p2", "p3", "p4")


class SeedError(BotError):
    """The made-up world cannot be stored here; the text says what to do."""


class NotEmptyError(SeedError):
    """There are teams already; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many teams, with at least how many events each (None: what they told, or
    MANY_EVENTS); `into`: beside teams of others; `day`: the last day of the made-up world."""

    teams: int = 2
    events: int | None = None
    into: bool = False
    day: datetime = LAST_DAY

    @property
    def least(self) -> int:
        if self.events is not None:
            return self.events
        return MANY_EVENTS if self.teams > MANY_TEAMS else 0


def sow(path: Path, kb: Knowledge, plan: Plan, tell: Callable[[int], None]) -> dict[str, Any]:
    """Stores the world in the database at `path`; returns its ids as JSON has them.

    `tell` hears how many teams are stored. Raises SeedError where teams are stored already (with
    `into`: where these are), and StoreError while Amorce runs.
    """
    return asyncio.run(Sower(Library(kb, Search(kb)), plan).sow(path, tell))


@dataclass(frozen=True, slots=True)
class Sower:
    """Stores one plan."""

    library: Library
    plan: Plan

    async def sow(self, path: Path, tell: Callable[[int], None]) -> dict[str, Any]:
        store = Store(path)
        await store.open()
        try:
            staff, _ = await store.batch(self.plan.day, self._staff)
            teams: list[dict[str, Any]] = []
            for numbers in _slices(self.plan.teams):
                teams += await self._some(store, numbers)
                tell(len(teams))
            played, _ = await store.batch(self.plan.day, self._round)
            return {"teams": teams, "staff": staff, "rounds": [played]}
        finally:
            await store.close()

    async def _some(self, store: Store, numbers: range) -> list[dict[str, Any]]:
        found, _ = await store.batch(
            self.plan.day, lambda batch: [self._team(batch, number) for number in numbers]
        )
        return found

    def _staff(self, batch: Batch) -> list[dict[str, Any]]:
        """The people of the programme; before anything is stored, whether it may be."""
        stored = seeding.teams(batch.db)
        if stored and not self.plan.into:
            raise NotEmptyError(
                "The database is not empty; name another folder in AMORCE_DATA_DIR, or add --into."
            )
        if twice := stored & {_team_id(number) for number in range(self.plan.teams)}:
            several = ", ".join(sorted(twice)[:5])
            raise SeedError(f"The made-up teams are stored already ({several}).")
        since = self.plan.day - timedelta(days=700)
        for one in STAFF:
            staffing.grant(batch.db, f"{CHANNEL}:{one.id}", one.name, one.role, CHANNEL, since)
        return [{"id": f"{CHANNEL}:{s.id}", "role": s.role, "name": s.name} for s in STAFF]

    def _round(self, batch: Batch) -> dict[str, str]:
        """A quiz the trainer held on the last day."""
        host = f"{CHANNEL}:{STAFF[0].id}"
        return quiz.play(batch, self.library.kb, host, self.plan.day)

    def _team(self, batch: Batch, number: int) -> dict[str, Any]:
        past = self._past(number)
        turns = [_turn(founder, number, past.begun) for founder in past.team.founders]
        case = past.case()
        for nth, turn in enumerate(turns):
            _founder(batch, turn, case, first=nth == 0)
        people.name_team(batch, past.id, past.name)
        seeding.record(batch.db, turns[0], past.id, self._happened(past, case, number))
        self._listed(batch, past, case, turns)
        _kept(batch, past, turns[0])
        return {
            "id": past.id,
            "name": past.name,
            "case": past.id,
            "founders": [
                {"id": person_id(t), "conversation": t.conversation, "language": t.language}
                for t in turns
            ],
        }

    def _past(self, number: int) -> Past:
        team, team_id = TEAMS[number % len(TEAMS)], _team_id(number)
        name = team.name
        if number >= len(TEAMS):
            # More teams than stories: the later ones tell much the same, under their own names.
            name, team = f"{name} {mark(number)}", varied(team, number)
        person = f"{team.founders[0].id}-{mark(number).lower()}"
        return Past(team, name, team_id, person, f"{CHANNEL}:{person}", self.plan.day)

    def _happened(self, past: Past, case: CaseFile, number: int) -> Iterable[Row]:
        told = past.happened(case)
        rows = [(at, type(event).__name__, dumps(plain(event))) for at, event in told]
        if (more := self.plan.least - len(rows)) <= 0:
            return rows
        others = usual(number, more, past.begun, past.last)
        rows += [(at, *KINDS[kind]) for at, kind in others]
        return sorted(rows, key=lambda row: row[0])

    def _listed(self, batch: Batch, past: Past, case: CaseFile, turns: list[Turn]) -> None:
        """The team's row in the lists of the desk, and how it came to its phase."""
        reading = self.library.reading(case, past.last, shared=True)
        seen = overview(case, reading, past.last, len(turns))
        came = PHASES[: PHASES.index(seen.phase) + 1]
        each = (past.last - past.begun) / len(came)
        stays = [(phase, past.begun + n * each) for n, phase in enumerate(came)]
        seeding.stayed(batch.db, past.id, stays)
        language = turns[0].language
        summaries.write(batch.db, past.id, seen, language, stamp(past.last), past.begun)


def _slices(teams: int) -> Iterator[range]:
    for first in range(0, teams, TOGETHER):
        yield range(first, min(first + TOGETHER, teams))


def _team_id(number: int) -> str:
    return f"seed-{mark(number).lower()}"


def mark(number: int) -> str:
    """A, B … Z, A2, B2 …"""
    rounds, letter = divmod(number, len(LETTERS))
    return LETTERS[letter] + (str(rounds + 1) if rounds else "")


def _turn(founder: Founder, number: int, at: datetime) -> Turn:
    person = f"{founder.id}-{mark(number).lower()}"
    return Turn(f"{person}-1", CHANNEL, person, person, at, Command("start"), founder.language)


def _founder(batch: Batch, turn: Turn, case: CaseFile, first: bool) -> None:
    """The first founder of a team brings the case, the second joins it."""
    before, place = batch.world(turn)
    consent = Consent(CONSENT_TEXT, turn.at)
    place = people.agree(
        batch, turn, consent, case.id, place if first else replace(place, case_id=case.id)
    )
    seeding.join(batch, turn, case.id)
    session = Session(language=turn.language, frames=(Frame("menu", "idle"),), last_at=turn.at)
    batch.save(turn, before, World(session, case, consent), place)


def _kept(batch: Batch, past: Past, turn: Turn) -> None:
    """What was said and asked, and what staff keeps beside the team."""
    db, team = batch.db, past.team
    lines.keep(db, turn.conversation, past.id, past.said())
    for text in team.questions:
        questions.ask(db, past.id, turn.language, text, past.last)
    seeding.tend(db, past.id, f"{CHANNEL}:{STAFF[1].id}", past.last, team.notes)
    seeding.label(db, past.id, team.labels)
    if team.trained:
        seeding.assign(db, past.id, f"{CHANNEL}:{STAFF[0].id}")


def told(world: dict[str, Any]) -> str:
    """What was stored, for a terminal."""
    rows = [f"{one['id']}: {one['name']} ({one['role']})" for one in world["staff"]]
    if len(world["teams"]) > MANY_TEAMS:
        return "\n".join([*rows, f"{len(world['teams'])} teams"])
    for team in world["teams"]:
        founders = ", ".join(founder["id"] for founder in team["founders"])
        rows.append(f"{team['id']}: {team['name']} ({founders})")
    rows += [f"{one['id']}: a quiz, code {one['code']} ({one['host']})" for one in world["rounds"]]
    return "\n".join(rows)
