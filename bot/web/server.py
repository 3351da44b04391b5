"""The web server inside our own event loop: opened, served until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.errors import BotError
from bot.web.guard import Guard
from bot.web.words import STATIC

LAST_ANSWERS = 3
YEAR = "public, max-age=31536000, immutable"


class PortError(BotError):
    """The address to listen on cannot be had; the text says what to do."""


class Assets(StaticFiles):
    """Files of ours under names that change with their content: kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200 and scope["query_string"]:
            response.headers["cache-control"] = YEAR
        return response


def application(
    routes: Sequence[BaseRoute],
    secure: bool,
    missing: Callable[..., Any],
    uploads: re.Pattern[str] | None = None,
) -> Starlette:
    """All pages behind the guard; `missing(request, error)` answers where there is none.

    `uploads`: the addresses at which a file may come along.
    """
    app = Starlette(
        routes=[*routes, Mount("/static", Assets(directory=STATIC))],
        middleware=[
            Middleware(Guard, secure=secure, uploads=uploads),
            Middleware(GZipMiddleware, minimum_size=600),
        ],
        exception_handlers={404: missing, 405: missing},
    )
    # A redirect to the address with a slash would tell strangers which pages there are.
    app.router.redirect_slashes = False
    return app


class Server(uvicorn.Server):
    """Leaves signals to the app, which stops everything in order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; PortError where the address is taken or not ours."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        sock = socket.create_server((host, port), family=family, backlog=128)
        # What it accepts inherits this; without it a page of two pieces waits 40 ms for its second.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is used by another program" if taken else f"cannot be used ({error.strerror})"
        raise PortError(
            f"{host}:{port} {why}; choose another with AMORCE_PORT, 0 takes any free one."
        ) from None


async def serve(app: Starlette, sock: socket.socket, stop: asyncio.Event) -> None:
    """Answers until `stop`; then answers under way get a few seconds."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=LAST_ANSWERS,
    )
    server = Server(config)

    async def ended() -> None:
        await stop.wait()
        server.should_exit = True

    waiting = asyncio.create_task(ended())
    try:
        await server.serve(sockets=[sock])
    finally:
        waiting.cancel()


def address(request: Request) -> str:
    """Who asks, for limits; behind a proxy on this machine, whom the proxy names."""
    return request.client.host if request.client else ""
