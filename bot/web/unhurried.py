"""A page written piece by piece, so that talks get their turn while a long one is made."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

# Seconds of writing after which everybody else goes first.
A_WHILE = 0.003


class Unhurried(HTMLResponse):
    """Sent as a whole: a page that cannot be finished is an error and never half a page.

    Half a sign (a lone surrogate) in what people typed is shown as a question mark; it must not
    keep anybody from the page.
    """

    def __init__(self, pieces: Iterator[str], status: int) -> None:
        super().__init__(None, status)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.body = (await _written(self._pieces)).encode("utf-8", "replace")
        self.headers["content-length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


async def _written(pieces: Iterator[str]) -> str:
    made, since = [], time.monotonic()
    for piece in pieces:
        made.append(piece)
        if time.monotonic() - since > A_WHILE:
            await asyncio.sleep(0)
            since = time.monotonic()
    return "".join(made)
