"""The whole way over HTTP: founders' messages in, replies out, against the stand-in."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from bot.app import now
from bot.channels.courier import Courier
from bot.channels.telegram.run import Telegram, serve
from bot.mind import mind
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store.store import Store

FOUNDERS, WORDS = 50, 20
SECRET = b"k" * 32


async def main() -> None:
    """The stand-in is a process of its own: its CPU is not counted as ours."""
    api = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.standin", stdout=asyncio.subprocess.PIPE
    )
    assert api.stdout is not None
    url, token = (await api.stdout.readline()).decode().split()
    try:
        with tempfile.TemporaryDirectory() as folder:
            await _talk(url, token, Path(folder))
    finally:
        api.terminate()
        await api.wait()


async def _talk(url: str, token: str, folder: Path) -> None:
    ready = mind()
    store = Store(folder / "bench.db")
    await store.open()
    try:
        voice, insight = ready.voice(Addresses()), ready.insight()
        service = Service(store, ready.step, voice, clock=now, secret=SECRET, insight=insight)
        telegram = Telegram(token, url, SECRET, lambda _: "", now)
        courier = Courier(store, {"telegram": telegram.send}, now)
        service.posted = courier.wake
        stop = asyncio.Event()
        running = asyncio.create_task(serve(telegram, service, courier, stop))
        async with aiohttp.ClientSession() as session:
            await _idle(session, url)
            await _burst(session, url, store)
        stop.set()
        await running
    finally:
        await store.close()


async def _idle(session: aiohttp.ClientSession, url: str) -> None:
    waits = []
    for n in range(60):
        began = time.perf_counter()
        await _say(session, url, 1, f"bonjour {n}")
        # The stand-in is another process: there is no event to wait for.
        while len(await _messages(session, url, 1)) <= n:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        waits.append(time.perf_counter() - began)
    waits = sorted(waits[10:])
    p50, p95 = waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.95)] * 1000
    print(f"chat: update to reply, one at a time: p50 {p50:.1f} ms, p95 {p95:.1f} ms")


async def _burst(session: aiohttp.ClientSession, url: str, store: Store) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    for n in range(WORDS):
        await asyncio.gather(*[_say(session, url, 10 + f, f"mot {n}") for f in range(FOUNDERS)])
    wanted = FOUNDERS * WORDS
    sent = 0
    while not sent:
        await asyncio.sleep(0.1)
        sent = await store.read(
            lambda db: db.execute(
                "SELECT (SELECT count(*) FROM outbox WHERE status = 'sent') *"
                " ((SELECT count(*) FROM seen) >= ?) *"
                " (NOT EXISTS (SELECT 1 FROM outbox WHERE status = 'pending'))",
                (wanted,),
            ).fetchone()[0]
        )
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(
        f"chat: burst of {wanted} updates of {FOUNDERS} founders: {wanted / wall:.0f} turns/s,"
        f" {sent / wall:.0f} messages/s, at most"
        f" {cpu / wanted * 1000:.2f} ms CPU of ours a turn (the feeding counted in)"
    )


async def _say(session: aiohttp.ClientSession, url: str, who: int, text: str) -> None:
    async with session.post(f"{url}/founder/{who}/say", json={"text": text}) as response:
        await response.read()


async def _messages(session: aiohttp.ClientSession, url: str, who: int) -> list[object]:
    async with session.get(f"{url}/founder/{who}/messages") as response:
        found: list[object] = json.loads(await response.read())
        return found
