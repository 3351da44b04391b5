"""What tests of rounds in chats begin with: a round of three questions, and deeds of its host."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.turn import Tap
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store.rounds import Live
from tests.rounds.hall import Hall, Heard, Phone
from tests.rounds.items import EARLY, SECTOR, STEPS

ITEMS = (SECTOR, EARLY, STEPS)


async def started(hall: Hall, settings: Settings | None = None) -> Phone:
    """A host whose round is in its lobby."""
    tess = hall.phone("Tess")
    await hall.right(tess)
    chosen = replace(settings or Settings(), languages=("en", "fr"))
    await hall.service.commit(lambda batch: rounds.start(batch, tess.person, chosen, ITEMS))
    hall.now += timedelta(seconds=5)
    return tess


async def live(hall: Hall) -> Live:
    return (await hall.rounds())[-1]


async def leads(hall: Hall, tess: Phone, *deeds: str) -> list[Heard]:
    heard = []
    for deed in deeds:
        now = await live(hall)
        heard = await tess.does(Tap(f"q.d:{now.code}:{deed}:{now.round.standing}", 0))
        hall.now += timedelta(seconds=5)
    return heard


def words(heard: list[Heard], chat: str | None = None) -> str:
    return "\n".join(h.message.html for h in heard if chat is None or h.chat == chat)
