"""The guard in front of every page: headers, foreign requests, methods, sizes, and errors.

Numbers in brackets are items of the OWASP ASVS 5.0.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.service.arrivals import place_of
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

MOST_BYTES = 256 * 1024
# Where a file may come along (5.2.1), with room for the form around it.
MOST_UPLOAD = 1_250_000
# Read and thrown away beyond that: a browser hears an answer only once it has sent everything.
THROWN_AWAY = 64 * 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = frozenset({"GET", "HEAD", "POST"})
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": CSP,  # 3.4.3, 3.4.6
    "x-content-type-options": "nosniff",  # 3.4.4
    "referrer-policy": "no-referrer",  # 3.4.5
    "cross-origin-opener-policy": "same-origin",  # 3.4.8
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",  # 14.3.2
}
HSTS = "max-age=63072000; includeSubDomains"  # 3.4.1


class Guard:
    """ASGI middleware; `secure` where the pages are reached by https.

    `uploads`: the addresses at which a file may come along.
    """

    def __init__(self, app: ASGIApp, secure: bool, uploads: re.Pattern[str] | None = None) -> None:
        self._app = app
        self._uploads = uploads
        extra = {"strict-transport-security": HSTS} if secure else {}
        self._headers = {**HEADERS, **extra}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = False

        async def send_guarded(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                message["headers"] = self._with_headers(message.get("headers", []))
            await send(message)

        refused = _refusal(Request(scope))
        roomy = self._uploads is not None and self._uploads.fullmatch(scope["path"]) is not None
        limited = _limited(receive, MOST_UPLOAD, THROWN_AWAY) if roomy else _limited(receive)
        try:
            await (refused or self._app)(scope, limited, send_guarded)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  (the edge where any bug in a page ends)
            answer = _failed(error)
            if not began:
                await answer(scope, receive, send_guarded)

    def _with_headers(self, raw: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        there = {name for name, _ in raw}
        added = [(k.encode(), v.encode()) for k, v in self._headers.items()]
        return [*raw, *((k, v) for k, v in added if k not in there)]


class TooLargeError(Exception):
    """The body of a request is larger than anything we ask for."""


def _limited(receive: Receive, most: int = MOST_BYTES, thrown_away: int = 0) -> Receive:
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken <= most or message["type"] != "http.request":
            return message
        while message.get("more_body") and taken <= most + thrown_away:
            message = await receive()
            taken += len(message.get("body", b""))
        raise TooLargeError

    return limited


def _failed(error: Exception) -> PlainTextResponse:
    """16.5.1: whoever asked learns nothing of how it is built.

    The log has the place alone: the error's text may quote what was typed.
    """
    if isinstance(error, TooLargeError):
        return PlainTextResponse("too large", 413)
    if isinstance(error, StoreError):
        log.error("a page waits for the database: %s", error)
        return PlainTextResponse("cannot be had just now", 503, {"retry-after": "5"})
    log.error("a page failed: %s", place_of(error))
    return PlainTextResponse("something went wrong", 500)


def _refusal(request: Request) -> PlainTextResponse | None:
    """13.4.4: no other methods; 3.5.1: no change asked for by a foreign page."""
    if request.method not in METHODS:
        return PlainTextResponse("not allowed", 405, {"allow": "GET, HEAD, POST"})
    if request.method not in SAFE and not _is_own(request):
        return PlainTextResponse("this came from another page", 403)
    return None


def _is_own(request: Request) -> bool:
    """Whether one of our own pages asked; every browser of the last years says so."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    try:
        named = urlsplit(request.headers.get("origin", "")).netloc
    except ValueError:
        return False
    return bool(named) and named == request.headers.get("host")
