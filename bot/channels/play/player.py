"""A player's page: where the round stands, their answers, their result."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.channels.play import entrance
from bot.channels.play.house import House
from bot.channels.play.state import Choice, Scene
from bot.quiz.item import LETTERS
from bot.service import rounds
from bot.service.rounds import RoundError
from bot.store import faces, players, replies
from bot.store.batch import Batch
from bot.store.errors import StoreError
from bot.store.players import Player
from bot.store.rounds import Live
from bot.web.forms import fields

KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
PLACE = re.compile(r"[0-9]{1,4}")
# Why a tap was not taken, as a status; all else does not fit the moment.
STATUS = {
    "round.no_code": 404,
    "round.no_such_letter": 422,
    "play.slow_down": 429,
    "play.cannot_save": 503,
}
# The parts of the page that a tap changes.
OWN = ("status", "now")
AGAIN = {"play.slow_down": "3", "play.cannot_save": "3"}


async def home(house: House, request: Request) -> Response:
    """The round for its players; the door for everybody else."""
    code = request.path_params["code"]
    live, person = await house.known(request, code)
    if live is None:
        return entrance.wrong(house, request, code)
    here = await found(house, live, person)
    if here:
        return _page(house, request, here)
    # Its own page sends a phone here that played until just now; a stranger has no cookie yet.
    has_lost = "moved" in request.query_params and person and not live.ended_at
    return entrance.door(house, request, live, "round.seat_moved" if has_lost else "")


@dataclass(frozen=True, slots=True)
class Here:
    """A player and the round as it is now."""

    now: Scene
    player: Player


async def found(house: House, live: Live | None, person: str) -> Here | None:
    """`person` in a round; None for whoever does not play there."""
    now = await house.watches.scene(live.id) if live and person else None
    player = now.player_of(person) if now else None
    return Here(now, player) if now and player else None


def _page(house: House, request: Request, here: Here, told: str = "") -> Response:
    now, player = here.now, here.player
    if now.stage == "open":
        house.reached.note(now.live, player.id)
    sight = house.sights.of_player(now, player)
    values = {"live": now.live, "parts": sight.html(), "mark": sight.mark, "told": told}
    status = STATUS.get(told, 409) if told else 200
    values["waits"] = not sight.is_last
    return house.page(request, "play_round.html", status, player.language, **values)


@dataclass(frozen=True, slots=True)
class Tapped:
    """What became of a tap; `choice`: what is chosen now."""

    live: Live
    player: Player
    place: int
    choice: Choice


async def answer(house: House, request: Request) -> Response:
    """One tap. Answered with 200 or 303 only once it is stored; the same key twice is once."""
    form, who = await fields(request), house.visitor(request)
    key, place, letter = (form.get(name, "") for name in ("key", "place", "letter"))
    sound = PLACE.fullmatch(place) and len(letter) == 1 and letter in LETTERS
    if not sound or (key and not KEY.fullmatch(key)):
        return await _not_kept(house, request, "round.no_such_letter")
    if not house.limits.taps.allows(who.id):
        return await _not_kept(house, request, "play.slow_down")

    def work(batch: Batch) -> Tapped:
        live = rounds.of_code(batch, request.path_params["code"])
        player = players.of_person(batch.db, live.id, faces.person_of(batch.db, f"web:{who.id}"))
        if player is None:
            raise RoundError("round.no_code")
        # The same tap sent again, its answer was lost: it must not take itself back.
        if not key or batch.is_new("play", f"{player.id}:{key}"):
            house.reached.write(batch, live, player.id)
            rounds.answer(batch, live, player, int(place), LETTERS.index(letter))
        choice = replies.choice(batch.db, live.id, int(place), player.id) or ()
        return Tapped(live, player, int(place), choice)

    try:
        return await _kept(house, request, await house.service.commit(work))
    except RoundError as refused:
        return await _not_kept(house, request, refused.why)
    except StoreError:
        return await _not_kept(house, request, "play.cannot_save")


async def _kept(house: House, request: Request, tapped: Tapped) -> Response:
    if not _scripted(request):
        return RedirectResponse(f"/play/{tapped.live.code}", 303)
    now = house.watches.answered(tapped.live.id, tapped.player.id, tapped.place, tapped.choice)
    now = now or await house.watches.scene(tapped.live.id)
    seen = house.sights.player(tapped.player.id, tapped.player.person)(now) if now else None
    return JSONResponse({"kept": True, "parts": seen.written(OWN) if seen else {}})


async def _not_kept(house: House, request: Request, why: str) -> Response:
    """Why it was not taken: for the script of the page, or on the page itself."""
    code = request.path_params["code"]
    here = await found(house, *await house.known(request, code))
    if here is None and not _scripted(request):
        return entrance.wrong(house, request, code)
    if here and not _scripted(request):
        response = _page(house, request, here, why)
    else:
        response = _refused(house, request, here, why)
    if why in AGAIN:
        response.headers["retry-after"] = AGAIN[why]
    return response


def _refused(house: House, request: Request, here: Here | None, why: str) -> Response:
    language = house.templates.language(request, here.player.language if here else "")
    data: dict[str, object] = {
        "kept": False,
        "why": why.partition(".")[2],
        "text": house.templates.say(language, why),
    }
    if here:
        data["parts"] = house.sights.of_player(here.now, here.player).written(OWN)
    return JSONResponse(data, STATUS.get(why, 409))


def _scripted(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
