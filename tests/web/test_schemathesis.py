"""The described addresses, asked with made-up values over real HTTP: as described, no errors."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.web.server import listen, serve
from tests.desk.world import world
from tests.web.asking import doors
from tests.web.test_guard import filled

DESCRIBED = Path(__file__).parents[2] / "docs" / "api.yaml"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
described = schemathesis.openapi.from_path(DESCRIBED)


@dataclass
class Served:
    """A running server, and the cookie of an admin who is signed in there."""

    url: str = ""
    cookie: str = ""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    found, ready = Served(), threading.Event()
    stopping: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def run() -> None:
        stop, sock = asyncio.Event(), listen("127.0.0.1", 0)
        stopping.append((asyncio.get_running_loop(), stop))
        async with world(tmp_path_factory.mktemp("served")) as here:
            code = await here.right("admin", "Ada", "telegram:1")
            await here.founder("ruth").founds("Lagoon", "Clean water by 2030")
            found.url = f"http://127.0.0.1:{sock.getsockname()[1]}"
            found.cookie = code
            serving = asyncio.create_task(serve(here.app, sock, stop))
            ready.set()
            await serving

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    ready.wait(30)
    own = {"sec-fetch-site": "same-origin"}
    try:
        done = httpx.post(f"{found.url}/desk/enter", data={"code": found.cookie}, headers=own)
        found.cookie = f"amorce-desk={done.cookies['amorce-desk']}"
        yield found
    finally:
        loop, stop = stopping[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join()


@described.parametrize()
@settings(
    max_examples=3,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_what_is_described_answers_as_described(case: schemathesis.Case, served: Served) -> None:
    headers = {"cookie": served.cookie, "sec-fetch-site": "same-origin"}
    case.call_and_validate(
        base_url=served.url, headers=headers, checks=CHECKS, allow_redirects=False, timeout=20
    )


async def test_every_page_to_be_read_is_described(here) -> None:  # type: ignore[no-untyped-def]
    paths = described.raw_schema["paths"]
    known = {(path, method.upper()) for path, found in paths.items() for method in found}
    # Deeds of the desk are forms of its own pages, and a plain redirect needs no words.
    wanted = {(path, how) for path, how in doors(here.app) if how == "GET" or "desk" not in path}
    left_out = {("/static", "GET"), ("/desk/", "GET"), ("/return", "GET")}
    assert wanted - known == left_out
    assert known - doors(here.app) == set()
    assert filled("/a/{b}") == "/a/1"
