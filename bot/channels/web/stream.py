"""The stream of what the bot says to one page: server-sent events that resume where they broke."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial

from bot.channels.page import piece
from bot.channels.web.hub import Hub, woken
from bot.core.message import Message
from bot.store import lines
from bot.store.store import Store

# Phones sleep, and a stream cannot tell; a fresh one costs little.
LONGEST = 900.0
RETRY_MS = 2000


async def stream(store: Store, hub: Hub, chat: str, after: int) -> AsyncIterator[str]:
    """Events with the letters of `chat` newer than `after`; the id of each is the letter's."""
    yield f"retry: {RETRY_MS}\n\n"
    ends = asyncio.get_running_loop().time() + LONGEST
    with hub.listening(chat) as news:
        while not hub.closing and asyncio.get_running_loop().time() < ends:
            news.clear()
            letters = await store.read(partial(lines.fetched, chat=chat, after=after))
            for number, message in letters:
                after = number
                yield event(number, message)
            if not letters and not await woken(news):
                yield ": still here\n\n"


def event(number: int, message: Message) -> str:
    """One letter as an event; JSON keeps line breaks and half signs out of the wire."""
    who = "staff" if message.by_staff else "bot"
    data: dict[str, object] = {"who": who, "html": piece(message), "nonce": message.nonce}
    if message.file:
        data["file"] = {"name": message.file.name, "address": f"/file/{number}"}
    return f"id: {number}\ndata: {json.dumps(data)}\n\n"
