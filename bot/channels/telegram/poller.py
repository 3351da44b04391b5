"""The long poll: Telegram is the inbox, and nothing is confirmed before it is committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.channels.pace import backoff
from bot.channels.stopping import unless, wait
from bot.channels.telegram.parse import Arrived, Parser
from bot.channels.telegram.sender import seconds_of
from bot.channels.telegram.taps import Taps
from bot.core.turn import Tap, Turn
from bot.errors import BotError
from bot.service import round_rooms
from bot.service.arrivals import Served
from bot.service.service import Service
from bot.store.batch import SILENCE
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

MOST = 100
LONG_POLL = 50
SLOW_COMMIT = 1.0
TRY_DISK = 5.0
TELL_AGAIN = timedelta(minutes=10)

Ask = Callable[[int | None], Awaitable[Any]]
"""offset -> the bare list of updates."""
Tell = Callable[[str, str], Awaitable[None]]
"""(chat, language): says straight away that nothing can be saved just now."""


class TokenRefusedError(BotError):
    """Telegram does not know the token (any more)."""


class Poller:
    """`run` until told to stop. The offset lives here only: kept, it could be from another age."""

    def __init__(
        self,
        ask: Ask,
        service: Service,
        parser: Parser,
        taps: Taps,
        tell: Tell,
        clock: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._service = service
        self._parser = parser
        self._taps = taps
        self._tell = tell
        self._clock = clock
        self._offset: int | None = None
        self._last_at = clock()
        self._failures = 0
        self._told: dict[str, datetime] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Raises TokenRefusedError; every other trouble is waited out."""
        while not stop.is_set():
            polled = await unless(stop, self._poll())
            if polled is None:
                # What this poll may have brought is not confirmed: it will come again.
                return
            updates, rest = polled
            if updates:
                rest = await self._serve(updates, stop)
            if rest:
                await wait(stop, rest)

    async def _poll(self) -> tuple[list[Any], float]:
        """A batch, and the seconds to rest before the next poll."""
        if self._clock() - self._last_at > SILENCE:
            # After a week the ids begin anew, perhaps lower: an old offset would hide them.
            self._offset = None
        try:
            updates = await self._ask(self._offset)
        except InvalidToken:
            raise TokenRefusedError(
                "Telegram does not accept the token; put a valid one from @BotFather into"
                " AMORCE_TELEGRAM_TOKEN."
            ) from None
        except RetryAfter as error:
            return [], seconds_of(error)
        except Conflict:
            log.warning("another program is polling with the same token")
            return [], self._again()
        except TimedOut:
            return [], self._again()
        except TelegramError as error:
            log.warning("polling failed: %s", type(error).__name__)
            return [], self._again()
        self._failures = 0
        return (updates, 0.0) if isinstance(updates, list) else ([], self._again())

    def _again(self) -> float:
        seconds = max(0.5, backoff(self._failures))
        self._failures += 1
        return seconds

    async def _serve(self, updates: Sequence[Any], stop: asyncio.Event) -> float:
        """Serves a batch, and only then moves the offset; returns seconds to rest."""
        known = [u for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
        if not known:
            log.error("Telegram sent %s updates without an id", len(updates))
            return self._again()
        arrived = [self._parser.read(raw) for raw in known]
        try:
            served = await self._commit(arrived)
        except StoreError as error:
            log.error("nothing can be saved: %s", error)
            await unless(stop, self._tell_all(arrived))
            return TRY_DISK
        # The last, not the highest: after a week the ids may have begun anew, lower.
        self._offset = known[-1]["update_id"] + 1
        self._last_at = self._clock()
        self._acknowledge(arrived, served)
        return 0.0

    async def _commit(self, arrived: Sequence[Arrived]) -> list[Served]:
        turns = [a.arrival for a in arrived if a.arrival is not None]
        if not turns:
            return []
        work = asyncio.ensure_future(self._service.run(turns))
        done, _ = await asyncio.wait({work}, timeout=SLOW_COMMIT)
        if not done:
            for tap in {a.tap for a in arrived if a.tap and not _is_of_a_round(a)}:
                self._taps.acknowledge(tap)
        return await work

    def _acknowledge(self, arrived: Sequence[Arrived], served: Sequence[Served]) -> None:
        toasts = {s.key: s.toasts for s in served}
        for one in arrived:
            if one.tap:
                said = toasts.get(one.arrival.key, ()) if one.arrival else ()
                self._taps.acknowledge(one.tap, said[0].html if said else "")

    async def _tell_all(self, arrived: Sequence[Arrived]) -> None:
        """Once in ten minutes a chat hears that its message is safe but must wait."""
        now = self._clock()
        for turn in [a.arrival for a in arrived if a.arrival is not None]:
            told = self._told.get(turn.chat)
            if not turn.chat or (told is not None and now - told < TELL_AGAIN):
                continue
            self._told[turn.chat] = now
            language = await self._service.language(turn.conversation) or turn.language
            await self._tell(turn.chat, language)


def _is_of_a_round(arrived: Arrived) -> bool:
    """A tap whose acknowledgement says that it is kept: never said before it is true."""
    cause = arrived.arrival.cause if isinstance(arrived.arrival, Turn) else None
    return isinstance(cause, Tap) and cause.action.startswith(round_rooms.PREFIX)
