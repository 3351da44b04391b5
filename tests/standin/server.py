"""A stand-in of the Bot API over real HTTP on the loopback, as strict as the real one."""

from __future__ import annotations

import asyncio
import json
import time
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.standin.faults import Fault, Faults
from tests.standin.methods import METHODS, ApiError
from tests.standin.state import Call, State

TOKEN = "100001:" + "A-stand-in_for_the_Bot_API_0123456789"
HASTY = 0.5


class StandIn:
    """`async with StandIn() as api:` then `api.url`, `api.token`, `api.state`, `api.faults`."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        self.token = token
        self.state = State()
        self.faults = Faults()
        # Seconds each call takes on its way, there and back.
        self.distance = 0.0
        # Whether only what was asked for is delivered.
        self.is_choosy = True
        self.port = port
        self._poller: asyncio.Event | None = None
        self._last_poll: tuple[int | None, float] = (None, 0.0)
        self._runner: web.AppRunner | None = None
        self.app = web.Application()
        self.app.router.add_route("*", "/bot{token}/{method}", self._call)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._poller is not None:
            self._poller.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        params = await _params(request)
        chat = str(params.get("chat_id", ""))
        await asyncio.sleep(self.distance / 2)
        self.state.calls.append(Call(method, chat, time.monotonic(), params))
        if request.match_info["token"] != self.token or self.state.revoked:
            return _answer(ApiError(401, "Unauthorized"))
        fault = self.faults.next(method, chat)
        if method.startswith("send"):
            self._watch_patience(chat)
            self.state.watch("sending")
        if fault is not None and fault.kind != "drop_after":
            return await self._fail(request, fault, chat)
        if method == "getupdates":
            return await self._get_updates(request, params, fault)
        try:
            answer = _result(self.state, method, params)
        except ApiError as error:
            return _answer(error)
        if fault is not None:
            return await self._fail(request, fault, chat)
        if method.startswith("send"):
            self.state.watch("sent")
        return await self._write(request, answer, "answered" if chat else "")

    def _watch_patience(self, chat: str) -> None:
        for held in ("", chat):
            early = self.state.not_before.get(held, 0.0) - time.monotonic()
            if early > 0:
                self.state.violations.append(f"retry_after undercut by {early:.2f} s in {chat}")

    async def _fail(self, request: web.Request, fault: Fault, chat: str) -> web.StreamResponse:
        if fault.kind in ("drop_before", "drop_after"):
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return web.Response(status=504)
        if fault.kind == "foreign":
            return web.json_response([])
        if fault.kind == "502":
            return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>")
        if fault.kind == "500":
            return _answer(ApiError(500, "Internal Server Error"))
        seconds = max(1, round(fault.seconds))
        if chat:
            self.state.hold("" if fault.chat == "*" else chat, seconds)
        said = f"Too Many Requests: retry after {seconds}"
        return _answer(ApiError(429, said, {"retry_after": seconds}))

    async def _get_updates(
        self, request: web.Request, params: dict[str, Any], fault: Fault | None
    ) -> web.StreamResponse:
        offset = int(params["offset"]) if params.get("offset") is not None else None
        if offset is not None and offset < 0:
            self.state.violations.append("a negative offset throws updates away")
        if self._poller is not None:
            self._poller.set()
        mine = self._poller = asyncio.Event()
        waiting = self.state.waiting
        if offset is not None and waiting and offset > waiting[0]["update_id"]:
            self.state.watch("confirming")
            self.state.confirm(offset)
        batch = await self._wait(params, offset, mine)
        if mine.is_set():
            return _answer(
                ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one"
                    " bot instance is running",
                )
            )
        self._poller = None
        self._last_poll = (offset, time.monotonic())
        if fault is not None:
            return await self._fail(request, fault, "")
        return await self._write(request, batch, "delivered" if batch else "")

    async def _wait(
        self, params: dict[str, Any], offset: int | None, mine: asyncio.Event
    ) -> list[Any]:
        until = time.monotonic() + min(50.0, float(params.get("timeout", 0)))
        allowed = (params.get("allowed_updates") or []) if self.is_choosy else []
        limit = min(100, int(params.get("limit", 100)))
        before, at = self._last_poll
        if before == offset and time.monotonic() - at < HASTY:
            limit = 1
        while not mine.is_set():
            found = [u for u in self.state.waiting if not allowed or set(allowed) & set(u)]
            left = until - time.monotonic()
            if found or left <= 0:
                return found[:limit]
            news = asyncio.ensure_future(self.state.news.wait())
            ended = asyncio.ensure_future(mine.wait())
            await asyncio.wait({news, ended}, timeout=left, return_when="FIRST_COMPLETED")
            news.cancel()
            ended.cancel()
        return []

    async def _write(self, request: web.Request, result: Any, point: str) -> web.StreamResponse:
        await asyncio.sleep(self.distance / 2)
        body = json.dumps({"ok": True, "result": result}).encode()
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        response.content_length = len(body)
        try:
            await response.prepare(request)
            await response.write(body)
            await response.write_eof()
        except ConnectionError:
            return response
        if point:
            self.state.watch(point)
        return response


def _result(state: State, method: str, params: dict[str, Any]) -> Any:
    if method not in METHODS:
        raise ApiError(404, "Not Found")
    return METHODS[method](state, params)


def _answer(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.said}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


async def _params(request: web.Request) -> dict[str, Any]:
    """Parameters as the server takes them: JSON, a form, or parts with files."""
    if request.content_type == "application/json":
        return {k: _value(v) for k, v in (await request.json()).items()}
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        return {
            name: (part.filename, part.file.read())
            if isinstance(part, web.FileField)
            else _value(part)
            for name, part in form.items()
        }
    return {k: _value(v) for k, v in (await request.post()).items()}


def _value(value: Any) -> Any:
    """Nested values may come as JSON inside a string."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
