"""What every page of the desk stands on: the store, deeds, words, and who may see what."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from bot.core.library import Library
from bot.desk.looks import Preview, blind
from bot.render import Renderer
from bot.service.desk import Desk
from bot.service.service import Service
from bot.store.db import Db
from bot.store.questions import Taught
from bot.store.staffing import ROLES, Role, Signin, Staff
from bot.store.store import Store
from bot.web.forms import fields
from bot.web.limits import Limit, Limiter
from bot.web.site import Site
from bot.web.words import Page, Templates

T = TypeVar("T")

EVERYBODY: frozenset[Role] = frozenset(ROLES)
STAFF: frozenset[Role] = frozenset({"staff", "admin"})
ADMIN: frozenset[Role] = frozenset({"admin"})

# What the desk's own bar leads to: name, address, for whom.
PAGES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("today", "/desk", EVERYBODY),
    ("teams", "/desk/teams", EVERYBODY),
    ("questions", "/desk/questions", STAFF),
    ("programme", "/desk/programme", EVERYBODY),
    ("quiz", "/desk/quiz", EVERYBODY),
    ("content", "/desk/content", EVERYBODY),
    ("people", "/desk/people", STAFF),
    ("audit", "/desk/audit", STAFF),
    ("health", "/desk/health", STAFF),
)

# Far above what a person clicks; a script that reads out the desk meets it.
REQUESTS = Limit(240, 60.0)
TRIES = Limit(20, 600.0)


@dataclass(frozen=True, slots=True)
class House:
    """Made once by the app and handed to every handler."""

    store: Store
    service: Service
    desk: Desk
    templates: Templates
    renderer: Renderer
    library: Library
    site: Site
    clock: Callable[[], datetime]
    teach: Callable[[Taught], None]
    preview: Preview = blind
    requests: Limiter = field(default_factory=lambda: Limiter(REQUESTS, time.monotonic))
    tries: Limiter = field(default_factory=lambda: Limiter(TRIES, time.monotonic))

    async def read(self, body: Callable[[Db], T]) -> T:
        """`body(db)` on the connection of the desk, beside the talks."""
        return await self.store.look(body)

    async def aside(self, work: Callable[[], T]) -> T:
        """`work()` on another thread: what takes a while to put together lets talks go first."""
        return await asyncio.to_thread(work)

    def page(self, visit: Visit, template: str, /, status: int = 200, **values: Any) -> Response:
        """A page in the language of who reads it; `who` and `here` are known in it."""
        common: Mapping[str, Any] = {
            "who": visit.who,
            "pages": PAGES,
            "day": partial(self.day, visit.language),
            "moment": partial(self.moment, visit.language),
            "title": lambda name: self.renderer.plain(self.library.title(name), visit.language),
            "here": visit.request.url.path,
            "partial": visit.partial,
            "now": visit.now,
        }
        return self.templates.page(Page(template, visit.language, {**common, **values}, status))

    def day(self, language: str, at: str | date) -> str:
        """A day in words; stamped times are cut to their day. Empty for nothing."""
        if not at:
            return ""
        found = date.fromisoformat(at[:10]) if isinstance(at, str) else at
        return self.templates.say(language, "desk.day", day=found)

    def moment(self, language: str, at: datetime) -> str:
        """A day and the time of day, in UTC."""
        return f"{self.day(language, at.date())}, {at:%H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody signed in. `partial`: htmx asks for a part of the page."""

    request: Request
    who: Staff
    signin: Signin
    language: str
    now: datetime

    @property
    def partial(self) -> bool:
        return self.request.headers.get("hx-request") == "true"

    def asked(self, name: str) -> str:
        """A value of the address, short and without a break; empty where it is not given."""
        return " ".join(self.request.query_params.get(name, "").split())[:200]

    def number(self, name: str, otherwise: int) -> int:
        """A whole number of the address from 1 on; `otherwise` for anything else."""
        text = self.asked(name)
        fits = text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) > 0
        return int(text) if fits else otherwise

    async def form(self) -> dict[str, str]:
        """The fields of a posted form, as they were typed."""
        return await fields(self.request)


class MissingError(Exception):
    """There is no such thing, or none for this person: both look the same."""


Handler = Callable[[House, Visit], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Door:
    """One address of the desk: the method, who may, and what answers."""

    path: str
    method: str
    roles: frozenset[Role]
    handler: Handler
