"""The addresses of a round on the web; a test asks for each of them with every role."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.channels.play import entrance, live, own, player, projector
from bot.channels.play.house import House

TEMPLATES = Path(__file__).parent / "templates"
Handler = Callable[[House, Request], Awaitable[Response]]
DOORS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/play", entrance.ask),
    ("POST", "/play", entrance.enter),
    ("GET", "/play/{code}", player.home),
    ("GET", "/play/{code}/live", live.live),
    ("POST", "/play/{code}/join", entrance.join),
    ("POST", "/play/{code}/answer", player.answer),
    ("POST", "/play/{code}/language", own.language),
    ("POST", "/play/{code}/agree", own.agree),
    ("GET", "/quiz/certificate/{round}/{seat}", own.certificate),
    ("POST", "/quiz/certificate/{round}/{seat}", own.printed),
    ("GET", "/screen/{screen}", projector.screen),
    ("GET", "/screen/{screen}/live", projector.live),
)


def routes(house: House) -> list[BaseRoute]:
    """Every address, each with its handler."""
    return [Route(path, _asked(house, handler), methods=[how]) for how, path, handler in DOORS]


def _asked(house: House, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    return partial(handler, house)
