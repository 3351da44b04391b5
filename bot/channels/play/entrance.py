"""Ways into a round: type its code, join under a name, come back with a seat."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.play.house import House
from bot.service import rounds
from bot.service.rounds import RoundError
from bot.store import faces
from bot.store.batch import Batch
from bot.store.errors import StoreError
from bot.store.players import Player, Who
from bot.store.rounds import Live, tidied
from bot.web.forms import fields

STATUS = {
    "round.no_code": 404,
    "round.over": 410,
    "round.full": 409,
    "round.no_seat": 422,
    "round.seat_moved": 200,
    "play.slow_down": 429,
    "play.cannot_save": 503,
}


async def ask(house: House, request: Request) -> Response:
    """The page that asks for the code; it comes with a cookie, so that wrong tries count apart."""
    page = house.page(request, "play.html", chosen=_chosen(request), code="", told="")
    return house.remembered(page, house.visitor(request))


async def enter(house: House, request: Request) -> Response:
    """From a typed code to the address of its round."""
    form = await fields(request)
    code = tidied(form.get("code", "")[:40])
    live, _ = await house.known(request, code)
    if live is None:
        return wrong(house, request, code, form.get("language", ""))
    language = form.get("language", "")
    spoken = f"?language={language}" if language in house.templates.spoken else ""
    return RedirectResponse(f"/play/{live.code}{spoken}", 303)


def wrong(house: House, request: Request, code: str, chosen: str = "") -> Response:
    """No round has this code; only such tries are counted."""
    why = "round.no_code" if house.may_guess(request) else "play.slow_down"
    values = {"code": code[:40], "told": why}
    return house.page(request, "play.html", STATUS[why], chosen, **values)


def door(house: House, request: Request, live: Live, why: str = "", chosen: str = "") -> Response:
    """The page that asks how somebody wants to be called; or says why they cannot come in."""
    why = why or ("round.over" if live.ended_at else "")
    chosen = chosen or _chosen(request)
    values = {"live": live, "told": why}
    page = house.page(request, "play_join.html", STATUS.get(why, 200), chosen, **values)
    return house.remembered(page, house.visitor(request))


async def join(house: House, request: Request) -> Response:
    """Makes somebody a player, or gives them back the seat they had."""
    form, code = await fields(request), request.path_params["code"]
    live, _ = await house.known(request, code)
    chosen = house.templates.language(request, form.get("language", ""))
    if live is None:
        return wrong(house, request, code, chosen)
    seat = form.get("seat", "")[:40]
    if "seat" in form and not (tidied(seat) and house.may_sit(request)):
        why = "play.slow_down" if tidied(seat) else "round.no_seat"
        return door(house, request, live, why, chosen)
    return await _joined(house, request, live, form, chosen)


async def _joined(
    house: House, request: Request, live: Live, form: Mapping[str, str], language: str
) -> Response:
    who = house.visitor(request)

    def work(batch: Batch) -> Player:
        person = faces.person_of(batch.db, f"web:{who.id}")
        asking = Who(person, "web", "", language, form.get("name", "")[:200])
        found = rounds.of_code(batch, live.code)
        return rounds.join(batch, found, asking, form.get("seat", "")[:40])[0]

    try:
        await house.service.commit(work)
    except RoundError as refused:
        return door(house, request, live, refused.why, language)
    except StoreError:
        return door(house, request, live, "play.cannot_save", language)
    return house.remembered(RedirectResponse(f"/play/{live.code}", 303), who)


def _chosen(request: Request) -> str:
    return request.query_params.get("language", "")[:10]
