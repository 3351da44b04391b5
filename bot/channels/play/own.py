"""What players settle for themselves: their language, their consent, their certificate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.play import entrance
from bot.channels.play.house import House
from bot.channels.play.state import of_code
from bot.documents.certificate import Certificate, certificate_pdf
from bot.quiz import names
from bot.service import round_results
from bot.store import faces, players, rounds, staffing
from bot.store.batch import Batch
from bot.store.db import Db
from bot.store.players import Player
from bot.web.forms import fields

LONGEST_NAME = 80


async def language(house: House, request: Request) -> Response:
    """From now on the round is told in another language."""
    wanted = (await fields(request)).get("language", "")
    if wanted not in house.templates.spoken:
        return RedirectResponse(f"/play/{request.path_params['code']}", 303)
    return await _changed(house, request, lambda b, p: players.speak(b.db, p.id, wanted))


async def agree(house: House, request: Request) -> Response:
    """Whether the trainer may see the results of this player by name."""
    named = (await fields(request)).get("named", "") == "yes"
    return await _changed(house, request, lambda b, p: players.agree(b.db, p.id, named))


async def _changed(
    house: House, request: Request, change: Callable[[Batch, Player], None]
) -> Response:
    """Changes what belongs to whoever asks, and wakes their other pages."""
    code, who = request.path_params["code"], house.visitor(request)

    def work(batch: Batch) -> str:
        live = of_code(batch.db, code)
        person = faces.person_of(batch.db, f"web:{who.id}")
        player = players.of_person(batch.db, live.id, person) if live else None
        if live is None or player is None:
            return ""
        change(batch, player)
        batch.posted.add(("round", live.id))
        return live.code

    done = await house.service.commit(work)
    if not done:
        return entrance.wrong(house, request, code)
    return RedirectResponse(f"/play/{done}", 303)


@dataclass(frozen=True, slots=True)
class Earned:
    """What a certificate says but for the name, and the name its player played under."""

    paper: Certificate
    language: str


async def certificate(house: House, request: Request) -> Response:
    """Asks for the name to print; the one they played under may be none for a wall."""
    found = await _earned(house, request)
    return house.page(
        request, "play_certificate.html", chosen=found.language, paper=found.paper, told=""
    )


async def printed(house: House, request: Request) -> Response:
    """The certificate as PDF; the name is printed and not kept."""
    found = await _earned(house, request)
    name = names.seen((await fields(request)).get("name", ""), LONGEST_NAME)
    if not name or not house.limits.papers.allows(request.path_params["seat"]):
        return _asking(house, request, found, "play.slow_down" if name else "play.no_name")
    paper = replace(found.paper, name=name)
    say = partial(house.templates.say, found.language)
    made = await asyncio.to_thread(certificate_pdf, paper, found.language, say)
    headers = {"content-disposition": 'attachment; filename="certificate.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


def _asking(house: House, request: Request, found: Earned, told: str = "") -> Response:
    status = {"play.no_name": 422, "play.slow_down": 429}.get(told, 200)
    values = {"paper": found.paper, "told": told}
    return house.page(request, "play_certificate.html", status, found.language, **values)


async def _earned(house: House, request: Request) -> Earned:
    """For a player who was there for a question of a round that is over; else there is no page."""
    round, seat = request.path_params["round"], request.path_params["seat"]

    def work(db: Db) -> Earned | None:
        live = rounds.load(db, round)
        player = players.of_seat(db, round, seat) if live and live.ended_at else None
        if live is None or player is None:
            return None
        there = round_results.score(Batch(db, live.made_at), live, player)["there"]
        host = staffing.staff(db, live.host)
        paper = Certificate(
            player.name if live.round.settings.names else "",
            live.round.settings.title,
            live.made_at.date(),
            there if isinstance(there, int) else 0,
            host.signature if host else "",
        )
        return Earned(paper, player.language)

    found = await house.store.read(work)
    if found is None or not found.paper.questions:
        raise HTTPException(404)
    return found
