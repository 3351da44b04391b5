"""Asking the web pages as browsers do: with cookies, by form, and as a page that stays open."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from tests.desk.world import URL, World, new_key

JSON = {"accept": "application/json"}


def browser(app: Starlette, url: str = URL, **headers: str) -> httpx.AsyncClient:
    """A browser; `headers` with _ for -, on top of what a page of ours would send."""
    sent = {"sec-fetch-site": "same-origin", "accept-language": "en"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url=url, headers=sent)


def doors(app: Starlette) -> set[tuple[str, str]]:
    """Every (path, method) the app answers; files of ours under one name."""
    found = set()
    for route in app.routes:
        if isinstance(route, Mount):
            found.add((route.path, "GET"))
        elif isinstance(route, Route):
            found |= {(route.path, method) for method in route.methods or ()}
    return {(path, method) for path, method in found if method != "HEAD"}


@dataclass
class Tab:
    """One founder's browser on the chat page."""

    browser: httpx.AsyncClient

    async def page(self) -> str:
        answer = await self.browser.get("/")
        assert answer.status_code == 200
        return answer.text

    async def asked(self) -> int:
        """The number of the question whose buttons are on the page."""
        found = re.findall(r'data-nonce="(\d+)"', await self.page())
        return int(found[-1]) if found else 0

    async def says(self, text: str, key: str = "") -> httpx.Response:
        fields = {"kind": "text", "text": text, "key": key or new_key()}
        return await self.browser.post("/say", data=fields, headers=JSON)

    async def taps(self, action: str, nonce: int | None = None) -> httpx.Response:
        number = await self.asked() if nonce is None else nonce
        fields = {"kind": "tap", "action": action, "nonce": str(number), "key": new_key()}
        return await self.browser.post("/say", data=fields, headers=JSON)

    async def begins(self) -> None:
        await self.page()
        done = await self.browser.post("/say", data={"kind": "start"}, headers=JSON)
        assert done.status_code == 200

    async def agrees(self) -> None:
        """From the first word to the first question of a team's own file."""
        await self.begins()
        assert (await self.taps("yes")).status_code == 200
        assert (await self.taps("need:partners")).status_code == 200


def tab(here: World) -> Tab:
    return Tab(here.browser())


@dataclass(frozen=True, slots=True)
class Heard:
    """One event of a stream."""

    id: int
    html: str
    nonce: int
    file: dict[str, str] | None = None


class Stream:
    """A page that stays open, read from the app itself: nothing is buffered in between."""

    def __init__(self, status: int, headers: dict[str, str], got: asyncio.Queue[bytes]) -> None:
        self.status = status
        self.headers = headers
        self._got = got
        self._rest = ""

    async def block(self) -> str | None:
        """What comes next, whatever it is; None once the stream has ended."""
        while "\n\n" not in self._rest:
            chunk = await self._got.get()
            if not chunk:
                return None
            self._rest += chunk.decode()
        block, _, self._rest = self._rest.partition("\n\n")
        return block

    async def next(self) -> Heard:
        """The next event; comments and the first line about retries are passed over."""
        while True:
            block = await self.block()
            assert block is not None, "the stream has ended"
            lines = dict(line.partition(": ")[::2] for line in block.splitlines())
            if "data" in lines:
                data = json.loads(lines["data"])
                number, file = int(lines["id"]), data.get("file")
                return Heard(number, data["html"], data["nonce"], file)


@asynccontextmanager
async def listening(
    here: World, cookies: httpx.Cookies, query: str = "", path: str = "/events", **headers: str
) -> AsyncIterator[Stream]:
    """The stream of whoever holds `cookies`, until the block ends: then the page is closed."""
    gone, got = asyncio.Event(), asyncio.Queue[bytes]()
    began: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        for message in asked:
            return message
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            began.set_result(message)
        elif body := message.get("body"):
            got.put_nowait(body)
        elif not message.get("more_body"):
            got.put_nowait(b"")

    named = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    running = asyncio.create_task(here.app(_scope(path, query, named), receive, send))
    try:
        first = await began
        raw = {name.decode(): value.decode() for name, value in first["headers"]}
        yield Stream(first["status"], raw, got)
    finally:
        gone.set()
        await running


def _scope(path: str, query: str, headers: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("amorce.test", 80),
    }
