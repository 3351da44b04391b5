"""A whole Amorce over a real database, asked as a browser asks; nothing of ours is replaced."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from bot.channels.web.hub import Hub
from bot.core.turn import Cause, Command, Tap, Text, Turn
from bot.mind import Mind, mind
from bot.pages import pages
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store import staffing, tickets
from bot.store.staffing import Role
from bot.store.store import Store

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
SECRET = b"s" * 32
URL = "http://amorce.test"


@cache
def the_mind() -> Mind:
    return mind()


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **spans: float) -> None:
        self.now += timedelta(**spans)


@dataclass
class Founder:
    """Somebody who talks in a channel no test carries letters of; buttons are tapped by action."""

    service: Service
    clock: Clock
    name: str
    language: str = "en"
    channel: str = "telegram"
    turns: int = 0

    async def does(self, cause: Cause | str) -> None:
        """One turn; a text where `cause` is a str, a command where it begins with a slash."""
        if isinstance(cause, str) and cause.startswith("/"):
            name, _, argument = cause[1:].partition(" ")
            cause = Command(name, argument)
        made = Text(cause) if isinstance(cause, str) else cause
        self.turns += 1
        key = f"{self.name}-{self.turns}"
        await self.service.run(
            [Turn(key, self.channel, self.name, self.name, self.clock(), made, self.language, key)]
        )

    async def taps(self, action: str, nonce: int | None = None) -> None:
        """Presses a button of the present question."""
        asked = nonce if nonce is not None else await self.asked()
        await self.does(Tap(action, asked))

    async def asked(self) -> int:
        from bot.store import standing

        where, who = self.conversation, self.person
        found = await self.service.store.read(lambda db: standing.standing(db, where, who))
        return found.asked

    @property
    def person(self) -> str:
        return f"{self.channel}:{self.name}"

    @property
    def conversation(self) -> str:
        return f"{self.channel}:{self.name}:{self.name}"

    async def case(self) -> str:
        from bot.store import standing

        where, who = self.conversation, self.person
        found = await self.service.store.read(lambda db: standing.standing(db, where, who))
        return found.case_id

    async def founds(self, name: str, goal: str, share: bool = True) -> str:
        """Agrees, answers a few questions, names the team, shares or not; returns the case id."""
        await self.does("/start")
        await self.taps("yes")
        await self.taps("need:partners")
        await self.does(f"The wells of {name} make children ill.")
        await self.taps("set:crisis")
        case = await self.case()
        await self.service.commit(lambda batch: told(batch, case, name, goal, share))
        return case


@dataclass
class World:
    """What a test works with: the app, its parts, and people."""

    app: Starlette
    store: Store
    service: Service
    mind: Mind
    hub: Hub
    clock: Clock
    founders: dict[str, Founder] = field(default_factory=dict)

    def founder(self, name: str, language: str = "en", channel: str = "telegram") -> Founder:
        return self.founders.setdefault(
            name, Founder(self.service, self.clock, name, language, channel)
        )

    def browser(self, language: str = "en") -> httpx.AsyncClient:
        """A browser with its own cookies; it says that its requests are its own."""
        headers = {"accept-language": language, "sec-fetch-site": "same-origin"}
        transport = httpx.ASGITransport(app=self.app)
        return httpx.AsyncClient(transport=transport, base_url=URL, headers=headers)

    async def staff(self, role: Role, name: str = "") -> httpx.AsyncClient:
        """A browser of somebody with this right, signed in by a one-time link."""
        person = f"telegram:{name or role}"
        code = await self.right(role, name or role.title(), person)
        browser = self.browser()
        done = await browser.post("/desk/enter", data={"code": code})
        assert done.status_code == 303, done.text
        return browser

    async def right(self, role: Role, name: str, person: str) -> str:
        """Gives a right and returns a code to sign in with."""

        def work(batch: object) -> str:
            db, now = batch.db, batch.now  # type: ignore[attr-defined]
            staffing.grant(db, person, name, role, "test", now)
            return tickets.make(db, "enter", person, now)

        return await self.service.commit(work)


@asynccontextmanager
async def world(folder: Path, url: str = URL) -> AsyncIterator[World]:
    """A world in `folder`, empty but for the knowledge base."""
    clock, brain = Clock(), the_mind()
    store = Store(folder / "amorce.db")
    await store.open()
    try:
        voice = brain.voice(Addresses(web=url))
        service = Service(
            store, brain.step, voice, clock=clock, secret=SECRET, insight=brain.insight()
        )
        app, hub = await pages(brain, store, service, url, SECRET, clock)
        service.posted = hub.wake
        yield World(app, store, service, brain, hub, clock)
    finally:
        await store.close()


def told(batch, case_id: str, name: str, goal: str, share: bool) -> None:  # type: ignore[no-untyped-def]
    """Fills a case as if more questions had been answered."""
    from dataclasses import replace

    from bot.case.file import Actor, Answer
    from bot.store import cases, summaries
    from bot.store.times import stamp

    found = cases.load(batch.db, case_id)
    assert found is not None
    at = batch.now
    actors = (Actor("Town of Kanoa", "public", "in_talks"), Actor("Fishers", "civil_society"))
    case = replace(
        found[0],
        name=name,
        shared=share,
        transcript=share,
        actors=actors,
    ).with_answer("goal", Answer(goal, "told", at, "7"))
    cases.change(batch, case_id, case)
    batch.db.execute("UPDATE team SET name = ? WHERE id = ?", (name, case_id))
    seen = the_mind().overview(case, at, 1)
    summaries.write(batch.db, case_id, seen, "en", stamp(at), at)


def visible(html: str) -> str:
    """The words of a page without its tags."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def new_key() -> str:
    return uuid4().hex
