"""The chat page's requests: the page itself, what a founder says, the stream, a file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from bot.channels.web.history import Talk, talk
from bot.channels.web.hub import Hub
from bot.channels.web.stream import stream
from bot.core.turn import Cause, Command, Tap, Text, Turn
from bot.service.service import Service
from bot.store import lines
from bot.store.errors import StoreError
from bot.store.store import Store
from bot.web.forms import fields
from bot.web.limits import Limit, Limiter
from bot.web.server import address
from bot.web.site import COOKIE, REMEMBERED, Site, Visitor, newcomer, visitor
from bot.web.words import Page, Templates

KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
COMMAND = re.compile(r"/([a-z_]{1,32})(?:\s+(.*))?", re.DOTALL)
LONGEST_TEXT = 16_000
A_PERSON, A_PLACE = Limit(30, 60.0), Limit(240, 60.0)


@dataclass(frozen=True, slots=True)
class Chat:
    """All that the chat page's requests need."""

    store: Store
    service: Service
    templates: Templates
    site: Site
    hub: Hub
    clock: Callable[[], datetime]
    people: Limiter = field(default_factory=lambda: Limiter(A_PERSON, time.monotonic))
    places: Limiter = field(default_factory=lambda: Limiter(A_PLACE, time.monotonic))

    async def home(self, request: Request) -> Response:
        """The page with what was said so far; a newcomer gets a cookie."""
        who = visitor(self.site, request) or newcomer(self.site)
        before = _number(request.query_params.get("before", ""))
        found = await self.store.read(lambda db: talk(db, who, before))
        return self._remember(self._page(request, found), who)

    def _page(
        self, request: Request, found: Talk, status: int = 200, told: str = "", draft: str = ""
    ) -> Response:
        language = self.templates.language(request, found.language)
        values = {
            "talk": found,
            "telegram": self.service.addresses.telegram,
            "longest": LONGEST_TEXT,
            "told": told,
            "draft": draft,
        }
        return self.templates.page(Page("chat.html", language, values, status))

    async def say(self, request: Request) -> Response:
        """One turn; answered only after its commit. Twice with the same key is once."""
        known = visitor(self.site, request)
        who = known or newcomer(self.site)
        form = await fields(request)
        said, key = _said(form), form.get("key", "") or uuid4().hex
        if said is None or not KEY.fullmatch(key):
            return await self._told(request, who, "unclear", 422)
        if not self._has_time(request, who):
            return await self._told(request, who, "slow_down", 429, 10)
        language = self.templates.language(request)
        turn = Turn(f"{who.id}:{key}", "web", who.id, who.id, self.clock(), said, language, key)
        try:
            await self.service.run([turn])
        except StoreError:
            return await self._told(request, who, "cannot_save", 503, 5)
        done = JSONResponse({"kept": True})
        kept = done if _scripted(request) else RedirectResponse("/#end", 303)
        return self._remember(kept, who)

    def _has_time(self, request: Request, who: Visitor) -> bool:
        return self.people.allows(who.id) and self.places.allows(address(request))

    async def _told(
        self, request: Request, who: Visitor, what: str, status: int, again: int = 0
    ) -> Response:
        """Why it was not taken; without a script the words typed come back with the page."""
        if _scripted(request):
            response: Response = JSONResponse({"kept": False, "why": what}, status)
        else:
            found = await self.store.read(lambda db: talk(db, who, 0))
            draft = (await fields(request)).get("text", "")
            response = self._page(request, found, status, what, draft)
        if again:
            response.headers["retry-after"] = str(again)
        return response

    async def events(self, request: Request) -> Response:
        """The stream, from the last event the page has seen."""
        who = visitor(self.site, request)
        if who is None:
            return Response(status_code=204)
        last = request.headers.get("last-event-id") or request.query_params.get("after", "")
        after = _number(last)
        if self.hub.is_crowded(who.id):
            return Response(status_code=429, headers={"retry-after": "30"})
        if request.method == "HEAD":
            # Nothing would ever come, and the page would stay open for nothing.
            return Response(media_type="text/event-stream")
        return StreamingResponse(
            stream(self.store, self.hub, who.id, after),
            media_type="text/event-stream",
            headers={"x-accel-buffering": "no"},
        )

    async def file(self, request: Request) -> Response:
        """A file that came with a message of one's own talk."""
        who, number = visitor(self.site, request), _number(request.path_params["number"])
        if who is None or not number:
            raise HTTPException(404)
        found = await self.store.read(lambda db: lines.fetched(db, who.id, number - 1, 1))
        if not found or found[0][0] != number or found[0][1].file is None:
            raise HTTPException(404)
        file = found[0][1].file
        name = re.sub(r"[^A-Za-z0-9._-]", "_", file.name)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        # Our files are JSON: there an escape stands for half a sign.
        content = file.text.encode("utf-8", "backslashreplace")
        return Response(content, media_type="application/octet-stream", headers=headers)

    def _remember(self, response: Response, who: Visitor) -> Response:
        self.site.give(response, COOKIE, who.cookie, REMEMBERED)
        return response


def _scripted(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _said(form: Mapping[str, str]) -> Cause | None:
    """What a form says; None where it says nothing a page of ours would."""
    kind, text = form.get("kind", ""), form.get("text", "").strip()
    if kind == "tap":
        nonce, action = form.get("nonce", ""), form.get("action", "")
        fits = nonce.isascii() and nonce.isdigit() and len(nonce) < 12 and 0 < len(action) <= 64
        return Tap(action, int(nonce)) if fits else None
    if kind == "start":
        return Command("start")
    if kind != "text" or not text or len(text) > LONGEST_TEXT:
        return None
    command = COMMAND.fullmatch(text)
    return Command(command[1], command[2] or "") if command else Text(text)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
