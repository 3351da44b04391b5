"""What a team lets the programme know: signals of what holds it up, and who may read."""

from __future__ import annotations

from datetime import date

from bot.case.file import Signal
from bot.core.events import SharingChosen, SignalCleared, SignalGiven, TranscriptChosen
from bot.core.talk import Talk

# These were told for the programme alone; without it they would stay behind unheard.
FOR_THE_PROGRAMME = ("help", "conflict")


def give(talk: Talk, kind: str, due: date | None = None) -> None:
    """Note that `kind` (one of `stuck.SIGNALS`) holds the team up from now on."""
    talk.update(signals={**talk.case.signals, kind: Signal(talk.now, due)})
    talk.record(SignalGiven(kind, due))


def clear(talk: Talk, kind: str) -> None:
    """Note that it is settled; nothing happens where another member has said so before."""
    if kind in talk.case.signals:
        talk.update(signals={k: v for k, v in talk.case.signals.items() if k != kind})
        talk.record(SignalCleared(kind))


def share(talk: Talk, shared: bool) -> None:
    """Let staff read the summary, or no longer; with it goes all that rests on it."""
    talk.update(shared=shared)
    talk.record(SharingChosen(shared))
    if not shared:
        share_transcript(talk, False)
        for kind in FOR_THE_PROGRAMME:
            clear(talk, kind)


def share_transcript(talk: Talk, shared: bool) -> None:
    """Let staff read the conversation as well; never without the summary."""
    shared = shared and talk.case.shared is True
    if shared != bool(talk.case.transcript):
        talk.record(TranscriptChosen(shared))
    talk.update(transcript=shared)
