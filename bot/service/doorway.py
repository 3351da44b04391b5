"""What comes to us and is no founder's talk: codes, rounds, staff; heard before any dialog."""

from __future__ import annotations

from bot.core.turn import Turn
from bot.service import round_chat, staff_chat
from bot.service.arriving import arrive
from bot.service.told import Told
from bot.service.voice import Insight, Voice
from bot.store.batch import Batch


def hear(batch: Batch, turn: Turn, voice: Voice, insight: Insight) -> Turn | Told:
    """What is told at once; or the turn itself, to be served as anybody's."""
    told = round_chat.hear(batch, turn, voice, insight)
    if told is not None:
        return told
    heard = staff_chat.hear(batch, arrive(batch, turn), voice)
    return heard if isinstance(heard, Turn) else Told(tuple(heard))
