"""Small questions every few days: when the next one comes, also while staff has the talk."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import Event, RefresherCame, RefresherChosen
from bot.core.refresher import KIND
from bot.core.turn import Due, Turn
from bot.service.scene import Scene
from bot.store import timers
from bot.store.batch import Batch


def set_next(scene: Scene, event: Event) -> None:
    """The next one, or none any more; there is never more than one to come."""
    if isinstance(event, RefresherChosen | RefresherCame) and scene.agreed:
        timers.cancel(scene.batch.db, scene.place.person, KIND)
        if event.every:
            _start(scene.batch, scene.turn, event.every)


def is_one(turn: Turn) -> bool:
    return isinstance(turn.cause, Due) and turn.cause.kind == KIND


def postpone(batch: Batch, turn: Turn) -> None:
    """It came while staff has the talk: nothing is said, and it comes again as late."""
    if isinstance(turn.cause, Due) and turn.cause.about.isdecimal():
        _start(batch, turn, int(turn.cause.about))


def _start(batch: Batch, turn: Turn, days: int) -> None:
    due = turn.at + timedelta(days=days)
    timers.start(batch.db, turn.conversation, KIND, str(days), due)
