"""When a question first reached each player; kept only where speed counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.service.service import Service
from bot.store import replies
from bot.store.batch import Batch
from bot.store.errors import StoreError
from bot.store.rounds import Live

# Written together: two hundred phones get a question in the same instant.
TOGETHER = 0.2


@dataclass(slots=True)
class Question:
    """The present question of a round: whom it reached when, and who is not written down yet."""

    place: int
    at: dict[int, datetime] = field(default_factory=dict)
    unwritten: dict[int, datetime] = field(default_factory=dict)


class Reached:
    """Give it every showing of a question; the first one to each player counts."""

    def __init__(self, service: Service, clock: Callable[[], datetime]) -> None:
        self._service = service
        self._clock = clock
        self._rounds: dict[str, Question] = {}
        self._task: asyncio.Task[None] | None = None

    def note(self, live: Live, player: int) -> None:
        """The open question is on its way to `player`."""
        if not live.round.settings.speed or not live.round.takes_answers:
            return
        known = self._rounds.get(live.id)
        if known is None or known.place != live.round.place:
            known = self._rounds[live.id] = Question(live.round.place)
        if player not in known.at:
            known.at[player] = known.unwritten[player] = self._clock()
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._later())

    def write(self, batch: Batch, live: Live, player: int) -> None:
        """Writes down when the question reached this one, before their answer is weighed."""
        known = self._rounds.get(live.id)
        if known and known.place == live.round.place and player in known.unwritten:
            replies.delivered(batch.db, live.id, known.place, player, known.unwritten[player])

    async def _later(self) -> None:
        more = True
        while more:
            await asyncio.sleep(TOGETHER)
            more = await self.flush()

    async def flush(self) -> bool:
        """Writes down all that is not yet; True where more arrived meanwhile."""
        todo = [
            (id, question, player, at)
            for id, question in self._rounds.items()
            for player, at in question.unwritten.items()
        ]

        def work(batch: Batch) -> None:
            for id, question, player, at in todo:
                replies.delivered(batch.db, id, question.place, player, at)

        try:
            await self._service.commit(work)
        except StoreError:
            return False
        for _, question, player, _ in todo:
            question.unwritten.pop(player, None)
        return any(question.unwritten for question in self._rounds.values())

    def forget(self, round: str) -> None:
        """The round is over."""
        self._rounds.pop(round, None)
