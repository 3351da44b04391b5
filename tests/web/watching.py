"""The streams of a round's pages, read from the app itself: nothing is buffered in between."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.desk.world import World
from tests.web.asking import Stream, listening


class Look:
    """What one open page of a round is sent."""

    def __init__(self, stream: Stream) -> None:
        self.status = stream.status
        self._stream = stream

    async def next(self) -> dict[str, Any]:
        """The next event; comments and the first line about retries are passed over."""
        while True:
            block = await self._stream.block()
            assert block is not None, "the stream has ended"
            lines = dict(line.partition(": ")[::2] for line in block.splitlines())
            if "data" in lines:
                found: dict[str, Any] = json.loads(lines["data"])
                return found

    async def ended(self) -> bool:
        """Whether nothing more comes but the end."""
        return await self._stream.block() is None


@asynccontextmanager
async def looking(
    here: World, cookies: httpx.Cookies, path: str, query: str = ""
) -> AsyncIterator[Look]:
    async with listening(here, cookies, query, path=path) as stream:
        yield Look(stream)
