"""Ways in and out of the chat page: go on from elsewhere, come back by a code, leave."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.chat import Chat
from bot.core.turn import Command, Turn
from bot.service.arriving import KINDS
from bot.store import faces, standing, tickets
from bot.store.batch import Batch
from bot.store.errors import StoreError
from bot.web.forms import fields
from bot.web.limits import Limit, Limiter
from bot.web.server import address
from bot.web.site import COOKIE, REMEMBERED, Visitor, newcomer, visitor
from bot.web.words import Page

# A code has 100 bits; the limit only spares the machine.
TRIES = Limit(10, 600.0)


@dataclass(frozen=True, slots=True)
class Doors:
    """The requests around codes; `chat` is the page they lead to."""

    chat: Chat
    tries: Limiter = field(default_factory=lambda: Limiter(TRIES, time.monotonic))

    async def knock(self, request: Request) -> Response:
        """The page that a link from elsewhere leads to; only its button spends the code."""
        return self._page(request, request.path_params.get("code", ""), "")

    async def enter(self, request: Request) -> Response:
        """Spends the code: this browser becomes another place of the same person."""
        code = (await fields(request)).get("code", "")[:100]
        known = visitor(self.chat.site, request)
        who = known or newcomer(self.chat.site)
        # Asked first: a failed try must not begin a talk about it, and only those count.
        if not await self._opens(code):
            if not self.tries.allows(known.id if known else address(request)):
                return self._page(request, code, "slow_down", 429)
            return self._page(request, code, "wrong_code", 422)
        turn = Turn(
            f"{who.id}:{uuid4().hex}",
            "web",
            who.id,
            who.id,
            self.chat.clock(),
            Command("start", code),
            self.chat.templates.language(request),
        )
        try:
            await self.chat.service.run([turn])
        except StoreError:
            return self._page(request, code, "cannot_save", 503)
        return self._home(who)

    async def _opens(self, code: str) -> bool:
        now = self.chat.clock()
        return await self.chat.store.read(lambda db: tickets.find(db, code, KINDS, now) is not None)

    async def code(self, request: Request) -> Response:
        """A new recovery code, shown this once; an earlier one no longer works."""
        who = visitor(self.chat.site, request)
        if who is None:
            return RedirectResponse("/", 303)

        def work(batch: Batch) -> tuple[str, str]:
            person = faces.person_of(batch.db, f"web:{who.id}")
            here = standing.standing(batch.db, who.conversation, person)
            if not here.agreed:
                return "", here.language
            return tickets.make(batch.db, "return", person, batch.now), here.language

        code, language = await self.chat.service.commit(work)
        spoken = self.chat.templates.language(request, language)
        return self.chat.templates.page(Page("code.html", spoken, {"code": code}))

    async def leave(self, _request: Request) -> Response:
        """Forgets this browser; what was told stays, for those who have a code."""
        response = RedirectResponse("/", 303)
        self.chat.site.take(response, COOKIE)
        return response

    def _page(self, request: Request, code: str, told: str, status: int = 200) -> Response:
        language = self.chat.templates.language(request)
        values = {"code": code, "told": told}
        return self.chat.templates.page(Page("return.html", language, values, status))

    def _home(self, who: Visitor) -> Response:
        response = RedirectResponse("/#end", 303)
        self.chat.site.give(response, COOKIE, who.cookie, REMEMBERED)
        return response
