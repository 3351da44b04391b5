"""Refresher: a small question every few days, put only where it disturbs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.events import RefresherCame, RefresherChosen

if TYPE_CHECKING:
    from bot.core.engine import Floor
    from bot.core.session import Frame
    from bot.core.talk import Talk

KIND = "refresher"
HOME, SITTING = "menu", "sitting"
# So many that nobody answers are enough.
PATIENCE = 2


def refresh(floor: Floor) -> None:
    """The small question came due: it is put or let be, and either way the next one is set."""
    talk, learning = floor.talk, floor.talk.learning
    if not talk.consent or not learning.every:
        return
    if learning.unanswered >= PATIENCE:
        talk.learn(every=0, unanswered=0, stopped=True)
        talk.record(RefresherChosen(0))
        return
    asked = rests(floor.top.frame() if floor.top else None) and _put(floor)
    if asked:
        talk.learn(unanswered=learning.unanswered + 1)
    talk.record(RefresherCame(learning.every, asked))


def tell_stopped(talk: Talk) -> None:
    """Whoever comes back is told once that the small questions have ended by themselves."""
    if talk.learning.stopped:
        talk.learn(stopped=False)
        talk.say("practice.stopped")


def rests(top: Frame | None) -> bool:
    """Whether nothing waits for an answer here but the menu, or the small question before."""
    if top is None or top.dialog == HOME:
        return True
    return top.dialog == SITTING and KIND in top.data


def _put(floor: Floor) -> bool:
    """Opens one question; False where there is none to ask."""
    floor.enter("sitting", refresher=True)
    return bool(floor.talk.says)
