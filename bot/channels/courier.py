"""The courier: empties the outbox, in order in each chat, several chats at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal

from bot.channels.delivery import Delivery, Refused, Sender, Unclear, Wait
from bot.channels.pace import Pace
from bot.store.batch import Address
from bot.store.errors import StoreError
from bot.store.outbox import Letter, Mark
from bot.store.store import Store
from bot.store.times import moment

log = logging.getLogger(__name__)

CHATS_AT_ONCE = 16
LAST_SENDS = 5.0
TRIES_AT_A_BUG = 3
TRY_DISK = 5.0
# So that nothing is forgotten, should a wake-up ever be missed.
SWEEP = 60.0
LONGEST_WAIT = 30 * 86400.0
# What has done its work is let go every hour.
TIDY = 3600.0


class Courier:
    """Give `wake` to the service; keep `run` running. `senders` are by channel."""

    def __init__(
        self,
        store: Store,
        senders: Mapping[str, Sender],
        clock: Callable[[], datetime],
        chats_at_once: int = CHATS_AT_ONCE,
    ) -> None:
        self._store = store
        self._senders = senders
        self._clock = clock
        self._most = chats_at_once
        self._pace = Pace()
        # Chats that may have something to send, longest waiting first.
        self._due: dict[Address, None] = {}
        # Of these, the ones that were posted to together with many others.
        self._many: set[Address] = set()
        self._busy: dict[Address, asyncio.Task[None]] = {}
        # Sent but not written down yet; their chats stay busy until they are.
        self._marks: list[Mark] = []
        self._news = asyncio.Event()
        self._tidied = -TIDY

    def wake(self, chats: Collection[Address]) -> None:
        """Something was posted to these chats; what goes to many at once lets others go first."""
        many = len(chats) > self._most
        for address in chats:
            if address[0] not in self._senders:
                continue
            if not many:
                self._many.discard(address)
            elif address not in self._due:
                self._many.add(address)
            self._due.setdefault(address)
        self._news.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Sends until `stop`; then gives what is under way five seconds, and writes it down."""
        stopping = asyncio.create_task(self._tell(stop))
        swept = -SWEEP
        try:
            while not stop.is_set():
                self._news.clear()
                try:
                    if _now() - swept >= SWEEP:
                        await self._sweep()
                        swept = _now()
                    await self._write_down()
                    await self._send_off()
                except StoreError as error:
                    # What was sent stays in `_marks` and is written down before anything else.
                    log.error("the courier waits for the database: %s", error)
                    await self._rest(stop, TRY_DISK)
                    continue
                await self._pause(swept + SWEEP)
            await self._finish()
        finally:
            stopping.cancel()
            for task in self._busy.values():
                task.cancel()

    async def _sweep(self) -> None:
        self.wake(await self._store.waiting())
        if _now() - self._tidied >= TIDY:
            self._tidied = _now()
            await self._store.tidy(self._clock())

    async def _tell(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._news.set()

    async def _pause(self, until: float) -> None:
        """Rests until there is news or a chat may be written to again."""
        waits = [self._pace.ready_at(a) for a in self._due if a not in self._busy]
        if len(self._busy) < self._most:
            until = min([until, *waits])
        seconds = until - _now()
        if seconds > 0:
            await self._rest(self._news, seconds)

    async def _rest(self, event: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass

    async def _send_off(self) -> None:
        now = _now()
        free = [a for a in self._due if a not in self._busy and self._pace.ready_at(a) <= now]
        ready = sorted(free, key=self._many.__contains__)[: self._most - len(self._busy)]
        if not ready:
            return
        # Taken out before reading: a wake-up that comes meanwhile puts its chat in again.
        for address in ready:
            del self._due[address]
        try:
            letters = await self._store.next_letters(ready)
        except StoreError:
            self._due.update(dict.fromkeys(ready))
            raise
        self._many -= set(ready) - {letter.address for letter in letters}
        for letter in letters:
            # Back in, at the end of the queue: everybody's turn comes.
            self._due[letter.address] = None
            self._start(letter)

    def _start(self, letter: Letter) -> None:
        address, now = letter.address, _now()
        # A waiting time from before a restart counts as well.
        left = (moment(letter.next_at) - self._clock()).total_seconds() if letter.next_at else 0
        if left > 0 and self._pace.ready_at(address) == 0:
            self._pace.asked_to_wait(address, now + left, now)
        # Another chat of this round may have begun a time of one try a second.
        if self._pace.ready_at(address) > now:
            return
        self._pace.started(address, now)
        self._busy[address] = asyncio.create_task(self._deliver(letter))

    async def _deliver(self, letter: Letter) -> None:
        try:
            delivery = await self._senders[letter.channel](letter)
        except Exception as error:  # noqa: BLE001  (the edge: a bug in a sender stops one letter)
            why = type(error).__name__
            log.error("sending %s: %s", letter.id, why)
            # Given up in the end, or nothing more would ever reach this chat.
            delivery = Unclear(why) if letter.attempts + 1 < TRIES_AT_A_BUG else Refused(why)
        self._pace.ended(letter.address, _now())
        self._marks.append(self._mark(letter, delivery))
        self._news.set()

    def _mark(self, letter: Letter, delivery: Delivery) -> Mark:
        now = _now()
        if isinstance(delivery, Wait):
            # A number beyond all dates must not leave the chat busy for ever.
            seconds = min(delivery.seconds, LONGEST_WAIT)
            log.warning("letter %s: asked to wait %s s", letter.id, seconds)
            self._pace.asked_to_wait(letter.address, now + seconds, now)
            return self._later(letter, seconds, "asked to wait")
        if isinstance(delivery, Unclear):
            seconds = self._pace.failed(letter.address, letter.attempts, now)
            log.warning("letter %s: %s, again in %s s", letter.id, delivery.why, seconds)
            return self._later(letter, seconds, delivery.why)
        self._pace.arrived(letter.address)
        if isinstance(delivery, Refused):
            log.warning("letter %s given up: %s", letter.id, delivery.why)
            return Mark(letter, "failed", error=delivery.why)
        status: Literal["part", "sent"] = "part" if delivery.more else "sent"
        return Mark(letter, status, message_id=delivery.message_id, at=self._clock())

    def _later(self, letter: Letter, seconds: float, why: str) -> Mark:
        at = self._clock() + timedelta(seconds=seconds)
        return Mark(letter, "later", error=why, next_at=at)

    async def _write_down(self) -> None:
        """Several results in one transaction; only then may their chats go on."""
        marks = self._marks[:]
        if not marks:
            return
        await self._store.mark(marks)
        del self._marks[: len(marks)]
        for mark in marks:
            self._busy.pop(mark.letter.address, None)

    async def _finish(self) -> None:
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=LAST_SENDS)
        try:
            await self._write_down()
        except StoreError as error:
            log.error("%s letters sent could not be marked: %s", len(self._marks), error)


def _now() -> float:
    return asyncio.get_running_loop().time()
