"""Stores the made-up teams as if their founders had answered; nothing is sent to anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.case.file import Answer, CaseFile
from bot.core.events import ConsentGiven, Event, SharingChosen, SlotFilled, TeamNamed
from bot.core.session import Consent, Frame, Session, World
from bot.core.turn import Command, Turn
from bot.dialogs.welcome import CONSENT_TEXT
from bot.errors import BotError
from bot.seed.teams import TEAMS, Founder, Team
from bot.store import people, seeding
from bot.store.batch import Batch, Place, person_id
from bot.store.store import Store

# A channel no message ever goes out by.
CHANNEL = "seed"
# Not today: the same command makes the same world whenever it is run.
BEGUN = datetime(2026, 11, 2, 9, tzinfo=UTC)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class SeedError(BotError):
    """The made-up world cannot be stored here; the text says what to do."""


class NotEmptyError(SeedError):
    """There are teams already; nothing was changed."""


def sow(path: Path, teams: int = 2, into: bool = False) -> dict[str, Any]:
    """Stores `teams` teams in the database at `path`; returns their ids as JSON has them.

    Raises SeedError where teams are stored already (with `into`: where these are), and StoreError
    while Amorce runs.
    """
    return asyncio.run(_sow(path, teams, into))


async def _sow(path: Path, teams: int, into: bool) -> dict[str, Any]:
    store = Store(path)
    await store.open()
    try:
        found, _ = await store.batch(BEGUN, lambda batch: _world(batch, teams, into))
        return found
    finally:
        await store.close()


def _world(batch: Batch, teams: int, into: bool) -> dict[str, Any]:
    stored = seeding.teams(batch.db)
    if stored and not into:
        raise NotEmptyError(
            "The database is not empty; name another folder in AMORCE_DATA_DIR, or add --into."
        )
    if twice := stored & {_team_id(number) for number in range(teams)}:
        raise SeedError(f"The made-up teams are stored already ({', '.join(sorted(twice))}).")
    return {"teams": [_team(batch, number) for number in range(teams)]}


def _team_id(number: int) -> str:
    return f"seed-{mark(number).lower()}"


def mark(number: int) -> str:
    """A, B … Z, A2, B2 …"""
    rounds, letter = divmod(number, len(LETTERS))
    return LETTERS[letter] + (str(rounds + 1) if rounds else "")


def _team(batch: Batch, number: int) -> dict[str, Any]:
    team, team_id = TEAMS[number % len(TEAMS)], _team_id(number)
    # More teams than stories: the later ones tell the same, under their own names.
    name = team.name if number < len(TEAMS) else f"{team.name} {mark(number)}"
    turns = [_turn(founder, number) for founder in team.founders]
    case = _case(team, name, team_id, turns[0])
    for nth, turn in enumerate(turns):
        _founder(batch, turn, case, first=nth == 0)
    people.name_team(batch, team_id, name)
    batch.record(turns[0], _events(case), team_id)
    return {
        "id": team_id,
        "name": name,
        "case": team_id,
        "founders": [
            {"id": person_id(turn), "conversation": turn.conversation, "language": turn.language}
            for turn in turns
        ],
    }


def _turn(founder: Founder, number: int) -> Turn:
    person = f"{founder.id}-{mark(number).lower()}"
    at = BEGUN + timedelta(hours=number)
    return Turn(f"{person}-1", CHANNEL, person, person, at, Command("start"), founder.language)


def _founder(batch: Batch, turn: Turn, case: CaseFile, first: bool) -> None:
    """The first founder of a team brings the case, the second joins it."""
    before, place = batch.world(turn)
    consent = Consent(CONSENT_TEXT, turn.at)
    place = people.agree(batch, turn, consent, case.id, place if first else Place(case.id))
    seeding.join(batch, turn, case.id)
    session = Session(language=turn.language, frames=(Frame("menu", "idle"),), last_at=turn.at)
    batch.save(turn, before, World(session, case, consent), place)


def _case(team: Team, name: str, team_id: str, turn: Turn) -> CaseFile:
    told = {**team.answers, "actors": tuple(actor.name for actor in team.actors)}
    by = turn.person
    return CaseFile(
        id=team_id,
        name=name,
        shared=team.shared,
        need=team.need,
        answers={slot: Answer(value, "told", turn.at, by) for slot, value in told.items()},
        actors=team.actors,
    )


def _events(case: CaseFile) -> Iterable[Event]:
    yield ConsentGiven(CONSENT_TEXT)
    for slot, answer in case.answers.items():
        yield SlotFilled(slot, answer.value, answer.given)
    yield TeamNamed(case.name or "")
    yield SharingChosen(bool(case.shared))


def told(world: dict[str, Any]) -> str:
    """What was stored, for a terminal."""
    lines = []
    for team in world["teams"]:
        founders = ", ".join(founder["id"] for founder in team["founders"])
        lines.append(f"{team['id']}: {team['name']} ({founders})")
    return "\n".join(lines)
