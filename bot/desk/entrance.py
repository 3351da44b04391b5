"""Signing in by a one-time link, staying signed in, signing out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.house import House, Visit
from bot.store import staffing, tickets
from bot.store.batch import Batch
from bot.web.forms import fields
from bot.web.server import address
from bot.web.site import Site
from bot.web.words import Page

COOKIE = "amorce-desk"
MACHINE = "machine:admin"
HOUR = 3600
ROUND = re.compile("[0-9a-f]{32}")


def machine_link(site: Site, nonce: str) -> str:
    """A link that signs in whoever reads the terminal of the machine, once, within an hour."""
    return f"{site.url}/desk/enter/{_signer(site).dumps(nonce)}"


def _signer(site: Site) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(site.secret, salt="machine")


@dataclass(frozen=True, slots=True)
class Entrance:
    """The pages in front of the desk; everything else asks `visit` first."""

    house: House

    async def visit(self, request: Request) -> Visit | None:
        """Who asks, by the cookie; None where nobody is signed in (any more)."""
        secret = request.cookies.get(self.house.site.cookie(COOKIE), "")
        if not secret:
            return None
        now = self.house.clock()
        found = await self.house.read(lambda db: staffing.signed_in(db, secret, now))
        if found is None:
            await self._forget(secret)
            return None
        who, signin = found
        if now - signin.seen_at > staffing.NOTED_EVERY:
            await self.house.store.write(lambda db: staffing.seen(db, signin.hash, now))
        language = self.house.templates.language(request, who.language)
        return Visit(request, who, signin, language, now)

    async def _forget(self, secret: str) -> None:
        now = self.house.clock()
        if await self.house.read(lambda db: staffing.is_over(db, secret, now)):
            await self.house.store.write(lambda db: staffing.forget(db, secret))

    def refuse(self, request: Request) -> Response:
        """Nobody is signed in: says how one gets in, whatever was asked for."""
        return self._page(request, "", "", 401)

    async def knock(self, request: Request) -> Response:
        """The page of a sign-in link; link previews open it too, so it spends nothing."""
        return self._page(request, request.path_params["code"], "")

    async def enter(self, request: Request) -> Response:
        """Spends the link and begins a new sign-in, whatever cookie came along (7.2.4)."""
        form = await fields(request)
        code, round = form.get("code", "")[:300], form.get("round", "")
        browser = request.headers.get("user-agent", "")[:120]
        before = request.cookies.get(self.house.site.cookie(COOKIE), "")

        def work(batch: Batch) -> str:
            person = self._person(batch, code)
            if not person:
                return ""
            self._end(batch, before)
            return staffing.sign_in(batch.db, person, browser, batch.now)

        # Only wrong codes count: who holds a right one is let in, whoever else is trying here.
        secret = await self.house.service.commit(work) if await self._opens(code) else ""
        if not secret and not self.house.tries.allows(address(request)):
            return self._page(request, "", "slow_down", 429)
        if not secret:
            return self._page(request, "", "link_spent", 422)
        # The link on a remote's page leads to that round and to nowhere else.
        there = f"/desk/quiz/{round}" if ROUND.fullmatch(round) else "/desk"
        response = RedirectResponse(there, 303)
        self.house.site.give(response, COOKIE, secret, None)
        return response

    async def _opens(self, code: str) -> bool:
        """Whether a code is worth a commit; asking for nothing must not cost a write."""
        if "." in code:
            return self._is_ours(code)
        now = self.house.clock()
        return await self.house.read(lambda db: tickets.find(db, code, ("enter",), now) is not None)

    def _end(self, batch: Batch, secret: str) -> None:
        """What this browser was signed in with before ends with the new sign-in (7.2.4)."""
        found = staffing.signed_in(batch.db, secret, batch.now)
        if found is not None:
            who, signin = found
            staffing.sign_out(batch.db, who.person, signin.hash, batch.now)

    def _person(self, batch: Batch, code: str) -> str:
        """Whose link it was; whoever holds the machine is an admin."""
        if "." in code:
            return self._from_machine(batch, code)
        ticket = tickets.spend(batch.db, code, ("enter",), batch.now)
        if ticket is None or staffing.staff(batch.db, ticket.person) is None:
            return ""
        return ticket.person

    def _from_machine(self, batch: Batch, code: str) -> str:
        if not self._is_ours(code) or not tickets.spend_machine(batch.db, code, batch.now):
            return ""
        if staffing.staff(batch.db, MACHINE) is None:
            staffing.grant(batch.db, MACHINE, staffing.UNNAMED, "admin", MACHINE, batch.now)
        return MACHINE

    def _is_ours(self, code: str) -> bool:
        """Whether we made this code for the machine within the last hour."""
        try:
            _signer(self.house.site).loads(code, max_age=HOUR)
        except BadSignature:
            return False
        return True

    async def leave(self, visit: Visit) -> Response:
        """Ends this sign-in, or the one of one's own that the form names."""
        sign = (await visit.form()).get("sign", "") or visit.signin.hash
        person, now = visit.who.person, self.house.clock()
        await self.house.store.write(lambda db: staffing.sign_out(db, person, sign, now))
        if sign != visit.signin.hash:
            return RedirectResponse("/desk/me", 303)
        response = RedirectResponse("/desk", 303)
        self.house.site.take(response, COOKIE)
        return response

    def _page(self, request: Request, code: str, told: str, status: int = 200) -> Response:
        language = self.house.templates.language(request)
        known = self.house.service.addresses
        round = request.query_params.get("round", "")[:100]
        values = {"code": code, "told": told, "telegram": known.telegram, "round": round}
        return self.house.templates.page(Page("enter.html", language, values, status))
