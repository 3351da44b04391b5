"""All that the requests of both pages need, and what they have in common."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.play.reached import Reached
from bot.channels.play.sights import Sights
from bot.channels.play.state import of_code
from bot.channels.play.watch import Watches
from bot.channels.web.hub import Hub
from bot.service.service import Service
from bot.store import faces
from bot.store.db import Db
from bot.store.rounds import Live
from bot.store.store import Store
from bot.web.limits import Limit, Limiter
from bot.web.server import address
from bot.web.site import COOKIE, REMEMBERED, Site, Visitor, newcomer, visitor
from bot.web.words import Page, Templates

# Only wrong codes count; of seats each try does, for a seat is somebody's points. A room full of
# phones has one address.
CODES, CODES_A_PLACE = Limit(10, 600.0), Limit(100, 600.0)
SEATS, SEATS_A_PLACE = Limit(10, 600.0), Limit(60, 600.0)
TAPS = Limit(60, 30.0)
PAPERS = Limit(6, 60.0)
HIDDEN = {"x-robots-tag": "noindex"}


class Limits:
    """What somebody may try in a while: wrong codes, seats, taps, papers."""

    def __init__(self) -> None:
        self.codes, self.codes_a_place = _limiter(CODES), _limiter(CODES_A_PLACE)
        self.seats, self.seats_a_place = _limiter(SEATS), _limiter(SEATS_A_PLACE)
        self.taps, self.papers = _limiter(TAPS), _limiter(PAPERS)


def _limiter(limit: Limit) -> Limiter:
    return Limiter(limit, time.monotonic)


@dataclass(frozen=True, slots=True)
class House:
    """Made once by `bot.pages`."""

    store: Store
    service: Service
    templates: Templates
    site: Site
    clock: Callable[[], datetime]
    watches: Watches
    reached: Reached
    sights: Sights
    limits: Limits = field(default_factory=Limits)

    async def known(self, request: Request, code: str) -> tuple[Live | None, str]:
        """The round under a code, on or over, and the person who asks ("" = nobody we know)."""
        who = visitor(self.site, request)

        def work(db: Db) -> tuple[Live | None, str]:
            return of_code(db, code), faces.person_of(db, f"web:{who.id}") if who else ""

        return await self.store.read(work)

    def may_guess(self, request: Request) -> bool:
        """Takes one of the wrong codes somebody may try."""
        return self._allows(request, self.limits.codes, self.limits.codes_a_place)

    def may_sit(self, request: Request) -> bool:
        """Takes one of the seats somebody may try."""
        return self._allows(request, self.limits.seats, self.limits.seats_a_place)

    def _allows(self, request: Request, people: Limiter, places: Limiter) -> bool:
        known = visitor(self.site, request)
        person = known is None or people.allows(known.id)
        return places.allows(address(request)) and person

    def page(
        self, request: Request, template: str, status: int = 200, chosen: str = "", **values: Any
    ) -> Response:
        """A page in the language chosen, else in the browser's; no search engine keeps it."""
        language = self.templates.language(request, chosen)
        values["tongues"] = self.templates.spoken
        page = self.templates.page(Page(template, language, values, status))
        page.headers.update(HIDDEN)
        return page

    def remembered(self, response: Response, who: Visitor) -> Response:
        self.site.give(response, COOKIE, who.cookie, REMEMBERED)
        return response

    def visitor(self, request: Request) -> Visitor:
        return visitor(self.site, request) or newcomer(self.site)


def house(
    store: Store,
    service: Service,
    templates: Templates,
    site: Site,
    hub: Hub,
    clock: Callable[[], datetime],
) -> House:
    reached = Reached(service, clock)
    watches, sights = Watches(store, hub, clock), Sights(templates, clock, reached)
    return House(store, service, templates, site, clock, watches, reached, sights)
