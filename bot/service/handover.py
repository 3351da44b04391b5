"""While staff has a conversation the bot records and keeps silent, and gives way to commands."""

from __future__ import annotations

from bot.core.events import HandoverEnded, SaidToStaff
from bot.core.session import World
from bot.core.turn import Command, Due, Tap, Turn
from bot.service import refreshers
from bot.service.transcript import words_of
from bot.store import handovers
from bot.store.batch import Batch, Place

# Whoever opens these wants Amorce back; one's own rights work in any case.
TAKES_BACK = frozenset({"start", "menu"})
OWN_RIGHTS = frozenset({"privacy", "team", "readers", "language"})


def is_silent(turn: Turn, world: World, place: Place) -> bool:
    """Whether the bot keeps silent to this turn."""
    if place.owner == "bot" or isinstance(turn.cause, Command):
        return False
    if isinstance(turn.cause, Due):
        return refreshers.is_one(turn)
    frames = world.session.frames
    own = bool(frames) and frames[-1].dialog in OWN_RIGHTS
    return not (own and isinstance(turn.cause, Tap))


def taken_back(batch: Batch, turn: Turn, place: Place) -> bool:
    """Gives the conversation back to the bot where the founder asked for it."""
    cause = turn.cause
    wanted = isinstance(cause, Command) and cause.name in TAKES_BACK
    if place.owner == "bot" or not wanted:
        return False
    handovers.own(batch.db, turn.conversation, "bot")
    batch.forget()
    batch.record(turn, [HandoverEnded("taken_back")], place.case_id)
    return True


def record(batch: Batch, turn: Turn, place: Place) -> None:
    """Keeps what the founder wrote to staff; a button pressed meanwhile says what stood on it."""
    refreshers.postpone(batch, turn)
    if text := words_of(batch, turn):
        batch.record(turn, [SaidToStaff(text)], place.case_id)


def end_all(batch: Batch, turn: Turn, case_id: str) -> None:
    """Gives back every conversation of a team that no longer shares."""
    for conversation in handovers.owned(batch.db, case_id):
        handovers.own(batch.db, conversation, "bot")
    batch.record(turn, [HandoverEnded("sharing_ended")], case_id)
    batch.forget()
