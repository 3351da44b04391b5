"""The desk at 10,000 teams with a million events: pages, memory, exports, the chat meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import re
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import cycle
from pathlib import Path

import httpx

from benchmarks.desk_server import Server, ready, running, signed_in, sow

ROUNDS = 20
PAGE_MS, MEMORY_MIB, SLOWER = 200, 200, 2.0
# Below what one browser and one place may say in a minute.
VISITORS, TURNS = 5, 18
# What fills the open places of an address.
FILLED = {"case_id": "seed-c", "entry": "p3.red_lines"}
# Addresses of the same page that ask more of the database than its plain one.
MORE = {
    "/desk/teams": (
        "?text=lagune",
        "?sort=urgent&stuck=1",
        "?sort=name&page=150",
        "?sector=public",
    ),
    "/desk/programme": ("?label=North",),
}
FILES = (".csv", ".xlsx")


async def main(folder: Path | None = None) -> None:
    """With `folder` the sown teams are kept there and used again."""
    with contextlib.ExitStack() as stack:
        where = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        where.mkdir(parents=True, exist_ok=True)
        sow(where)
        cookies = await signed_in(where)
        server = stack.enter_context(running(where, cookies))
        await ready(server)
        print(f"desk: {server.memory():.0f} MiB once started, knowledge and search loaded")
        await _pages(server)
        await _chat_beside(server)
        for path in _files():
            await _export(server, path)


def _addresses() -> list[str]:
    """Every page of the desk that only shows; files are measured apart."""
    from bot.desk.routes import DOORS

    paths = [door.path for door in DOORS if door.method == "GET"]
    filled = [re.sub(r"\{(\w+)\}", lambda m: FILLED.get(m[1], ""), path) for path in paths]
    pages = [path for path in filled if path and not path.endswith(FILES)]
    return [path + more for path in pages for more in ("", *MORE.get(path, ()))]


def _files() -> list[str]:
    from bot.desk.routes import DOORS

    return [d.path for d in DOORS if d.path.endswith(FILES) and "{" not in d.path]


async def _pages(server: Server) -> None:
    server.forget_highest()
    slow = []
    for path, cookie in zip(_addresses(), cycle(server.cookies), strict=False):
        async with server.browser(cookie) as browser:
            first, cpu = await _timed(browser, path), server.cpu()
            times = sorted([await _timed(browser, path) for _ in range(ROUNDS)])
            cpu = (server.cpu() - cpu) / ROUNDS
        median, worst = times[len(times) // 2], times[-1]
        print(
            f"desk: {median:6.1f} ms median, {worst:6.1f} worst, {first:6.1f} first,"
            f" {cpu:6.1f} of CPU  {path}"
        )
        if max(worst, first) > PAGE_MS:
            slow.append(path)
    told = f"over {PAGE_MS} ms: {', '.join(slow)}" if slow else f"none over {PAGE_MS} ms"
    highest = server.memory("VmHWM")
    print(f"desk: pages {told}; memory at most {highest:.0f} MiB (goal {MEMORY_MIB})")


async def _timed(browser: httpx.AsyncClient, path: str) -> float:
    began = time.perf_counter()
    (await browser.get(path)).raise_for_status()
    return (time.perf_counter() - began) * 1000


async def _export(server: Server, path: str) -> None:
    """One whole file; how much memory it took beyond what was there."""
    server.forget_highest()
    before, size, began = server.memory(), 0, time.perf_counter()
    async with (
        server.browser(server.cookies[-1]) as browser,
        browser.stream("GET", path, headers={"accept-encoding": "identity"}) as response,
    ):
        async for piece in response.aiter_raw():
            size += len(piece)
    grown = server.memory("VmHWM") - before
    took = time.perf_counter() - began
    print(
        f"desk: {path} {size / 2**20:.1f} MiB in {took:.1f} s, memory {before:.0f}"
        f" {grown:+.0f} MiB at most"
    )


async def _chat_beside(server: Server) -> None:
    """How long founders wait, alone and beside people at the desk: ratios of one run."""
    async with _founders(server) as alone:
        calm = await _talk(alone)
    async with _founders(server) as beside:
        with _desk_at_work(server):
            await asyncio.sleep(1.0)
            busy = await _talk(beside)
    print(f"desk: chat turns alone: p50 {calm[0]:.1f} ms, p95 {calm[1]:.1f} ms")
    print(f"desk: while pages and an export are made: p50 {busy[0]:.1f} ms, p95 {busy[1]:.1f} ms")
    ratio = busy[1] / calm[1]
    print(f"desk: {busy[0] / calm[0]:.1f} times at p50, {ratio:.1f} at p95 (goal {SLOWER:.0f})")


@contextlib.asynccontextmanager
async def _founders(server: Server) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Some who have agreed to be remembered and told their problem."""
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for _ in range(VISITORS):
            browser = await stack.enter_async_context(server.browser())
            await _say(browser, kind="start")
            page = (await browser.get("/")).text
            nonce = re.findall(r'name="nonce" value="(\d+)"', page)[-1]
            await _say(browser, kind="tap", action="yes", nonce=nonce)
            found.append(browser)
        yield found


async def _talk(founders: Sequence[httpx.AsyncClient]) -> tuple[float, float]:
    """p50 and p95 of turns, each from the word said to its commit."""
    waits = []
    for n in range(TURNS):
        for browser in founders:
            began = time.perf_counter()
            await _say(browser, kind="text", text="/menu" if n % 2 else "/review")
            waits.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.02)
    waits.sort()
    return waits[len(waits) // 2], waits[int(len(waits) * 0.95)]


async def _say(browser: httpx.AsyncClient, **fields: str) -> None:
    response = await browser.post("/say", data=fields, headers={"accept": "application/json"})
    response.raise_for_status()


@contextlib.contextmanager
def _desk_at_work(server: Server) -> Iterator[None]:
    """Pages one after the other and an export again and again, asked for by processes apart."""
    spawn = multiprocessing.get_context("spawn")
    files = [path for path in _files() if path.endswith(".csv")][:1]
    work = [spawn.Process(target=_ask_on, args=(server, each)) for each in (_addresses(), files)]
    for process in work:
        process.start()
    # The processes load this module first.
    time.sleep(4.0)
    try:
        yield
    finally:
        for process in work:
            process.terminate()
            process.join()


def _ask_on(server: Server, paths: Sequence[str]) -> None:
    asyncio.run(_ask_on_and_on(server, paths))


async def _ask_on_and_on(server: Server, paths: Sequence[str]) -> None:
    for path, cookie in zip(cycle(paths), cycle(server.cookies), strict=False):
        async with (
            server.browser(cookie) as browser,
            browser.stream("GET", path) as response,
        ):
            async for _ in response.aiter_raw():
                pass
