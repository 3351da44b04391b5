"""Pages are written in pieces: talks go first, and no half page is ever sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.web.unhurried import A_WHILE, Unhurried


def slow(said: list[str], many: int) -> Iterator[str]:
    """Pieces each of which takes so long that others should go before the next."""
    for n in range(many):
        ends = time.monotonic() + A_WHILE * 1.5
        while time.monotonic() < ends:
            pass
        said.append("piece")
        yield f"<p>{n}</p>"


async def asked(response: Response) -> httpx.Response:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://amorce.test") as browser:
        return await browser.get("/")


async def test_others_get_their_turn_while_a_long_page_is_written() -> None:
    said: list[str] = []

    async def another() -> None:
        while said.count("piece") < 4:
            said.append("other")
            await asyncio.sleep(0)

    page, _ = await asyncio.gather(asked(Unhurried(slow(said, 4), 200)), another())
    assert page.text == "<p>0</p><p>1</p><p>2</p><p>3</p>"
    first, last = said.index("piece"), len(said) - said[::-1].index("piece")
    assert "other" in said[first:last]


async def test_the_page_says_its_length_and_keeps_its_headers() -> None:
    response = Unhurried(iter(("é", "\ud800")), 404)
    response.headers["x-kept"] = "yes"
    page = await asked(response)
    assert (page.status_code, page.text, page.headers["x-kept"]) == (404, "é?", "yes")
    assert page.headers["content-length"] == "3"
    assert page.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_page_that_cannot_be_finished_is_never_begun() -> None:
    def broken() -> Iterator[str]:
        yield "<p>half"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        await asked(Unhurried(broken(), 200))
