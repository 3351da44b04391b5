"""Taps acknowledged right after the commit, on a lane of their own, as best we can."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.request import Request
from bot.channels.telegram.split import plain

log = logging.getLogger(__name__)

# A tap older than this is not waited for any more by the person's app.
TOO_LATE = 30.0
LONGEST = 200
WAIT = 10.0


class Taps:
    """Many in flight at once; a failure is nobody's failure but its own.

    `request` is theirs alone: no message on its way makes a tap wait.
    """

    def __init__(self, bot: Bot, request: Request) -> None:
        self._bot = bot
        self._request = request
        self._tasks: set[asyncio.Task[None]] = set()

    def acknowledge(self, tap: str, html: str = "") -> None:
        """Stops the button's clock; shows `html` as plain text over the chat, if any."""
        task = asyncio.create_task(self._answer(tap, plain(html)[:LONGEST]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, tap: str, text: str) -> None:
        said = {"text": text} if text else {}
        url = f"{self._bot.base_url}/answerCallbackQuery"
        try:
            async with asyncio.timeout(TOO_LATE):
                await self._request.raw(url, WAIT, callback_query_id=tap, **said)
        except (TelegramError, TimeoutError) as error:
            log.info("a tap could not be acknowledged: %s", type(error).__name__)

    async def finish(self, seconds: float) -> None:
        """Waits a little for what is under way, then lets it go."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
