"""A live round with 200 phones: every tap kept before it is acknowledged, within a second."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks import quiz_peer
from benchmarks.quiz_room import PHONES
from bot.app import now
from bot.channels.courier import Courier
from bot.channels.telegram.run import Telegram, serve
from bot.channels.web.hub import Hub
from bot.mind import mind
from bot.quiz.round import Settings
from bot.service import rounds
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store import replies, staffing
from bot.store import rounds as kept
from bot.store.batch import Address, Batch
from bot.store.rounds import Live
from bot.store.store import Store

SECRET, HOST, QUESTIONS, WITHIN = b"k" * 32, "telegram:1", 10, 0.9
GOAL_MS = 1000


@dataclass
class Seen:
    """What the questions of one run took, in seconds, and what was wrong."""

    waits: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    unstored: int = 0
    unsaid: int = 0


class Phones:
    """The room of phones in the other process."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self.url = url

    async def ask(self, path: str, **values: Any) -> dict[str, Any]:
        async with self._session.post(f"{self.url}/room/{path}", json=values) as response:
            response.raise_for_status()
            return dict(await response.json())

    async def look(self, path: str) -> dict[str, Any]:
        async with self._session.get(f"{self.url}/room/{path}") as response:
            response.raise_for_status()
            return dict(await response.json())


async def main() -> None:
    # As the app does.
    sys.setswitchinterval(0.0005)
    room = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.quiz_room"), stdout=asyncio.subprocess.PIPE
    )
    assert room.stdout is not None
    url, token = (await room.stdout.readline()).decode().split()
    try:
        timeout = aiohttp.ClientTimeout(total=300)
        with tempfile.TemporaryDirectory() as folder:
            async with aiohttp.ClientSession(timeout=timeout) as session:
                phones = Phones(session, url)
                ours = await _ours(phones, token, Path(folder) / "bench.db")
                for name, concurrent in (("as it comes", False), ("updates side by side", True)):
                    found = await quiz_peer.run(phones.ask, url, token, WITHIN, concurrent)
                    _beside(name, found, ours)
    finally:
        room.terminate()
        await room.wait()


async def _ours(phones: Phones, token: str, path: Path) -> list[float]:
    """The whole round; returns the waits of all taps."""
    async with _bot(phones.url, token, path) as (service, hub):
        live = await service.commit(_started)
        await phones.ask("say", text=f"/join {live.code}")
        await phones.look("shown?count=1")
        await phones.look("counted")
        seen, cpu = Seen(), 0.0
        for place in range(QUESTIONS):
            await service.commit(lambda batch: _lead(batch, service, live.id, "next"))
            await phones.look(f"shown?count={2 * place + 2}")
            began = time.process_time()
            await _question(service, hub, phones, live.id, place, path, seen)
            cpu += time.process_time() - began
            await service.commit(lambda batch: _lead(batch, service, live.id, "show"))
        every = await service.store.read(lambda db: replies.every(db, live.id))
        counted = await phones.look("counted")
        _report(seen, len(every), counted, cpu)
        return sorted(seen.waits)


@contextlib.asynccontextmanager
async def _bot(url: str, token: str, path: Path) -> AsyncIterator[tuple[Service, Hub]]:
    ready, store, hub = mind(), Store(path), Hub()
    await store.open()
    try:
        voice, insight = ready.voice(Addresses()), ready.insight()
        # As the app does at its start.
        insight.bank()
        service = Service(store, ready.step, voice, clock=now, secret=SECRET, insight=insight)
        telegram = Telegram(token, url, SECRET, lambda _: "", now)
        courier = Courier(store, {"telegram": telegram.send}, now)

        def posted(chats: set[Address]) -> None:
            courier.wake(chats)
            hub.wake(chats)

        service.posted = posted  # type: ignore[assignment]
        stop = asyncio.Event()
        running = asyncio.create_task(serve(telegram, service, courier, stop))
        yield service, hub
        stop.set()
        await running
    finally:
        await store.close()


def _started(batch: Batch) -> Live:
    staffing.grant(batch.db, HOST, "Bench", "trainer", "bench", batch.now)
    items = [item for item in mind().insight().bank().items.values() if item.has_one_answer]
    return rounds.start(batch, HOST, Settings(), items[:QUESTIONS])


def _lead(batch: Batch, service: Service, id: str, deed: str) -> None:
    live = kept.load(batch.db, id)
    assert live is not None
    rounds.lead(batch, service.voice, live, HOST, deed)


async def _question(
    service: Service, hub: Hub, phones: Phones, id: str, place: int, path: Path, seen: Seen
) -> None:
    """All tap within a second while a page of the round looks at the split."""
    page = asyncio.create_task(_page(service.store, hub, id, place))
    tapped = await phones.ask("tap", label="A", within=WITHIN, database=str(path), place=place)
    seen.waits += tapped["waits"]
    seen.pages.append(await page - tapped["last"])
    seen.unstored += tapped["unstored"]
    seen.unsaid += PHONES - tapped["said"]


async def _page(store: Store, hub: Hub, id: str, place: int) -> float:
    """When an open page has read the answers of all."""
    with hub.listening(id) as woken:
        while True:
            await woken.wait()
            woken.clear()
            split = await store.look(lambda db: replies.split(db, id, place))
            if sum(split.values()) == PHONES:
                return time.monotonic()


def _report(seen: Seen, stored: int, counted: dict[str, Any], cpu: float) -> None:
    wanted, calls = PHONES * QUESTIONS, counted["calls"]
    waits = sorted(seen.waits)
    print(
        f"quiz: {PHONES} phones tap within {WITHIN} s, {QUESTIONS} questions, 80 ms a call:"
        f" acknowledged p50 {ms(waits, 0.5):.0f} ms, p95 {ms(waits, 0.95):.0f},"
        f" worst {ms(waits, 1):.0f} (goal {GOAL_MS} at p95)"
    )
    answered = calls.get("answercallbackquery", 0)
    print(
        f"quiz: {stored} of {wanted} answers stored, {seen.unstored} acknowledged before they"
        f" were; {answered} acknowledgements, {seen.unsaid} without words"
    )
    pages = sorted(seen.pages)
    print(
        f"quiz: a page shows all {PHONES} answers {ms(pages, 0.5):.0f} ms after the last tap,"
        f" at worst {ms(pages, 1):.0f} (goal {GOAL_MS})"
    )
    print(
        f"quiz: at most {counted['busiest']} messages within any second (limit 30),"
        f" {calls.get('editmessagetext', 0)} edits; {cpu / wanted * 1000:.2f} ms CPU a tap"
    )

    if seen.unstored or stored != wanted:
        raise SystemExit("quiz: answers were lost, doubled or acknowledged before they were stored")


def _beside(name: str, found: list[float], ours: list[float]) -> None:
    waits = sorted(found)
    ratio = ms(waits, 0.95) / ms(ours, 0.95)
    print(
        f"quiz: a plain PTB Application, {name}, answer and edit, nothing stored:"
        f" p50 {ms(waits, 0.5):.0f} ms, p95 {ms(waits, 0.95):.0f}: {ratio:.1f} times ours"
    )


def ms(waits: list[float], share: float) -> float:
    """The wait in sorted `waits` that this share of them stays below, in milliseconds."""
    return waits[min(len(waits) - 1, int(len(waits) * share))] * 1000
