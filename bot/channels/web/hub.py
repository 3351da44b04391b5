"""Wakes the open pages of a chat when something new lies in the outbox for it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from bot.store.batch import Address

# A browser opens one a tab; more than this is somebody's script.
MOST_A_CHAT, MOST_IN_ALL = 6, 5000
# Proxies cut what is silent for a minute.
ALIVE = 20.0


class Hub:
    """Give `wake` to the service, beside the courier's."""

    def __init__(self) -> None:
        self._pages: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._open = 0
        self.closing = False

    def wake(self, chats: Collection[Address]) -> None:
        for channel, chat in chats:
            # A round wakes the pages of all who play it and the projector, under its own id.
            if channel in ("web", "round"):
                for page in self._pages.get(chat, ()):
                    page.set()

    def is_crowded(self, chat: str) -> bool:
        """Whether no further page of this chat is kept up with."""
        return len(self._pages.get(chat, ())) >= MOST_A_CHAT or self._open >= MOST_IN_ALL

    @contextmanager
    def listening(self, chat: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is news."""
        page = asyncio.Event()
        self._pages[chat].add(page)
        self._open += 1
        try:
            yield page
        finally:
            self._open -= 1
            self._pages[chat].discard(page)
            if not self._pages[chat]:
                del self._pages[chat]

    def close(self) -> None:
        """Lets every open page go, so that a stop waits for none of them."""
        self.closing = True
        for pages in self._pages.values():
            for page in pages:
                page.set()


async def woken(news: asyncio.Event) -> bool:
    """True once there is news; False where it is time to say that the line is still open."""
    try:
        async with asyncio.timeout(ALIVE):
            await news.wait()
    except TimeoutError:
        return False
    return True
