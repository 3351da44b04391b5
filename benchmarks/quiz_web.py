"""A live round with 200 phones in browsers: open pages, taps within a second, the projector."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from benchmarks.desk_server import Server, ready, running
from benchmarks.quiz import GOAL_MS, QUESTIONS, WITHIN, ms
from benchmarks.quiz_room import PHONES
from bot.app import now
from bot.mind import mind
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store import replies, staffing
from bot.store.batch import Batch
from bot.store.rounds import Live
from bot.store.store import Store

HOST = "bench:host"
PATIENCE = aiohttp.ClientTimeout(total=600)
HERE = {"sec-fetch-site": "same-origin", "accept-language": "en"}


@dataclass
class Seen:
    """Seconds from a tap to "kept", and from the last tap to a projector that counts all."""

    waits: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Room:
    """The phones and the projector of one round; `desk`: the trainer's browser."""

    live: Live
    phones: list[aiohttp.ClientSession]
    wall: aiohttp.ClientSession
    desk: aiohttp.ClientSession

    async def leads(self, at: str, deed: str) -> None:
        """Presses a button of the remote that stands at `at`."""
        form = {"deed": deed, "at": at}
        async with self.desk.post(f"/desk/quiz/{self.live.id}/lead", data=form) as answer:
            answer.raise_for_status()


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        live, cookie = await _prepared(folder)
        with running(folder, [cookie]) as server:
            await ready(server)
            seen = await _played(server, live)
        _report(seen, await _stored(folder, live))


async def _prepared(folder: Path) -> tuple[Live, str]:
    """A round in its lobby, and the cookie of its host."""
    items = [item for item in mind().insight().bank().items.values() if item.has_one_answer]

    def work(batch: Batch) -> tuple[Live, str]:
        staffing.grant(batch.db, HOST, "Bench", "trainer", "bench", batch.now)
        live = rounds.start(batch, HOST, Settings(), items[:QUESTIONS])
        return live, staffing.sign_in(batch.db, HOST, "bench", batch.now)

    store = Store(folder / "amorce.db")
    await store.open()
    try:
        done, _ = await store.batch(now(), work)
    finally:
        await store.close()
    return done


async def _stored(folder: Path, live: Live) -> int:
    store = Store(folder / "amorce.db")
    await store.open()
    try:
        return len(await store.read(lambda db: replies.every(db, live.id)))
    finally:
        await store.close()


async def _played(server: Server, live: Live) -> Seen:
    browsers = [_browser(server) for _ in range(PHONES + 2)]
    browsers[0].cookie_jar.update_cookies({"amorce-desk": server.cookies[0]})
    room, seen = Room(live, browsers[2:], browsers[1], browsers[0]), Seen()
    try:
        await asyncio.gather(*(_joins(phone, live, n) for n, phone in enumerate(room.phones)))
        async with asyncio.TaskGroup() as group:
            pages = [group.create_task(_looks(phone, live)) for phone in room.phones]
            for place in range(QUESTIONS):
                await _question(room, place, seen)
            for page in pages:
                page.cancel()
    finally:
        for browser in browsers:
            await browser.close()
    return seen


def _browser(server: Server) -> aiohttp.ClientSession:
    jar = aiohttp.CookieJar(unsafe=True)
    return aiohttp.ClientSession(server.url, cookie_jar=jar, headers=HERE, timeout=PATIENCE)


async def _joins(phone: aiohttp.ClientSession, live: Live, n: int) -> None:
    async with phone.post(f"/play/{live.code}/join", data={"name": f"Phone {n}"}) as answer:
        answer.raise_for_status()


async def _looks(phone: aiohttp.ClientSession, live: Live) -> None:
    """An open page: it reads what comes, as each of the 200 does."""
    async for _ in _events(phone, f"/play/{live.code}/live"):
        pass


async def _events(browser: aiohttp.ClientSession, path: str) -> AsyncIterator[dict[str, str]]:
    """The parts of a page as they come."""
    async with browser.get(path) as answer:
        answer.raise_for_status()
        async for line in answer.content:
            if line.startswith(b"data:"):
                yield json.loads(line[5:]).get("parts", {})


async def _question(room: Room, place: int, seen: Seen) -> None:
    await room.leads(f"shown:{place - 1}" if place else "lobby:-1", "next")
    wall = asyncio.create_task(_wall(room))
    # The pages have been told before anybody taps.
    await asyncio.sleep(1.0)
    taps = [_taps(phone, room.live, place) for phone in room.phones]
    seen.waits += await asyncio.gather(*taps)
    last = time.monotonic()
    seen.walls.append(max(0.0, await wall - last))
    await room.leads(f"open:{place}", "show")


async def _wall(room: Room) -> float:
    """When the projector counts all."""
    async for parts in _events(room.wall, f"/screen/{room.live.screen}/live"):
        if f'>{PHONES}<span class="of">' in parts.get("count", ""):
            return time.monotonic()
    raise SystemExit("quiz-web: the projector did not show all answers")


async def _taps(phone: aiohttp.ClientSession, live: Live, place: int) -> float:
    await asyncio.sleep(random.random() * WITHIN)
    began = time.monotonic()
    form = {"place": str(place), "letter": "A", "key": f"{place:016d}"}
    accept = {"accept": "application/json"}
    async with phone.post(f"/play/{live.code}/answer", data=form, headers=accept) as answer:
        assert (await answer.json())["kept"], await answer.text()
    return time.monotonic() - began


def _report(seen: Seen, stored: int) -> None:
    waits, walls, wanted = sorted(seen.waits), sorted(seen.walls), PHONES * QUESTIONS
    print(
        f"quiz-web: {PHONES} open pages tap within {WITHIN} s, {QUESTIONS} questions: kept"
        f" p50 {ms(waits, 0.5):.0f} ms, p95 {ms(waits, 0.95):.0f}, worst {ms(waits, 1):.0f}"
        f" (goal {GOAL_MS} at p95); {stored} of {wanted} stored"
    )
    print(
        f"quiz-web: the projector counts all {ms(walls, 0.5):.0f} ms after the last is kept,"
        f" at worst {ms(walls, 1):.0f} (goal {GOAL_MS})"
    )
    if stored != wanted:
        raise SystemExit("quiz-web: answers were lost or doubled")
