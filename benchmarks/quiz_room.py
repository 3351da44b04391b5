"""A room of phones as a process of its own: the stand-in, 80 ms away, and who taps when.

Prints its address and token as the first line. Times are of the machine's one steady clock.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

from tests.standin.founder import Founder
from tests.standin.server import StandIn

PHONES, DISTANCE, FIRST = 200, 0.08, 1000
LANGUAGES = ("fr", "en", "de", "es")
STORED = """
SELECT count(*) FROM reply AS r JOIN player AS p ON p.id = r.player
WHERE p.person = ? AND r.place = ?
"""


@dataclass
class Watched(dict[str, str | None]):
    """The taps of the stand-in; notes when each was pressed and acknowledged.

    At each acknowledgement it looks into the bot's database, as whoever doubts would.
    """

    database: str = ""
    place: int = 0
    pressed: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    unstored: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def __setitem__(self, tap: str, said: str | None) -> None:
        super().__setitem__(tap, said)
        if said is None:
            self.pressed[tap] = time.monotonic()
            return
        self.answered[tap] = time.monotonic()
        self.unstored += bool(self.database) and not self._is_stored(tap)
        if len(self.answered) == len(self.pressed):
            self.done.set()

    def _is_stored(self, tap: str) -> bool:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as db:
            person = f"telegram:{tap.partition('-')[0]}"
            return bool(db.execute(STORED, (person, self.place)).fetchone()[0])


class Room:
    """What the benchmark asks of the phones, over plain HTTP."""

    def __init__(self, api: StandIn) -> None:
        self.api = api
        self.phones = [
            Founder(api, FIRST + n, LANGUAGES[n % len(LANGUAGES)]) for n in range(PHONES)
        ]

    async def say(self, request: web.Request) -> web.Response:
        """Every phone sends the same words."""
        text = (await request.json())["text"]
        for phone in self.phones:
            phone.say(text)
        return web.json_response({})

    async def shown(self, request: web.Request) -> web.Response:
        """Waits until every phone has so many messages."""
        wanted = int(request.query["count"])
        state = self.api.state
        while len(state.sent) < wanted * PHONES:
            await state.news.wait()
        found = Counter(message.chat for message in state.sent)
        assert all(found[phone.chat] == wanted for phone in self.phones), found
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        """Every phone taps within a second; answered once each tap is acknowledged."""
        asked = await request.json()
        self.api.state.taps = taps = Watched()
        taps.database, taps.place = asked.get("database", ""), asked.get("place", 0)
        began = time.monotonic()
        for n, phone in enumerate(self.phones):
            await asyncio.sleep(max(0.0, began + n * asked["within"] / PHONES - time.monotonic()))
            if label := asked.get("label"):
                phone.tap(label)
            else:
                phone.press("kept")
        async with asyncio.timeout(120):
            await taps.done.wait()
        waits = [taps.answered[tap] - at for tap, at in taps.pressed.items()]
        told = {
            "waits": waits,
            "last": max(taps.pressed.values()),
            "unstored": taps.unstored,
            "said": sum(bool(said) for said in taps.values()),
        }
        return web.json_response(told)

    async def counted(self, _request: web.Request) -> web.Response:
        """Calls by method since the last look, and the most messages within any one second."""
        calls: dict[str, int] = {}
        for call in self.api.state.calls:
            calls[call.method] = calls.get(call.method, 0) + 1
        times = [c.at for c in self.api.state.calls if c.method.startswith("send")]
        busiest = max(
            (n - bisect_left(times, at - 1.0) + 1 for n, at in enumerate(times)), default=0
        )
        self.api.state.calls.clear()
        return web.json_response({"calls": calls, "busiest": busiest})


def open_to(api: StandIn) -> None:
    room = Room(api)
    api.app.router.add_post("/room/say", room.say)
    api.app.router.add_post("/room/tap", room.tap)
    api.app.router.add_get("/room/shown", room.shown)
    api.app.router.add_get("/room/counted", room.counted)


async def main() -> None:
    api = StandIn()
    api.distance = DISTANCE
    open_to(api)
    async with api:
        sys.stdout.write(f"{api.url} {api.token}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
