"""Puts the web pages together: chat page, play page, desk, and the guard before them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.play import routes as play_routes
from bot.channels.play.house import house as play_house
from bot.channels.web import routes as chat_routes
from bot.channels.web.chat import Chat
from bot.channels.web.hub import Hub
from bot.check.looks import preview
from bot.desk import routes as desk_routes
from bot.desk.house import House
from bot.mind import Mind
from bot.service.desk import Desk
from bot.service.service import Service
from bot.store import questions
from bot.store.store import Store
from bot.web.server import application
from bot.web.site import Site
from bot.web.words import HERE, Page, Templates

FOLDERS = (
    HERE / "templates",
    chat_routes.TEMPLATES,
    play_routes.TEMPLATES,
    desk_routes.TEMPLATES,
)


async def pages(
    amorce: Mind,
    store: Store,
    service: Service,
    url: str,
    secret: bytes,
    clock: Callable[[], datetime],
) -> tuple[Starlette, Hub]:
    """The web application, and the hub that wakes its open pages."""
    templates = Templates(amorce.renderer, amorce.library, FOLDERS)
    site, hub = Site(url, secret), Hub()
    chat = Chat(store, service, templates, site, hub, clock)
    house = _house(amorce, service, templates, site, clock)
    for taught in await store.look(questions.all_taught):
        amorce.taught(taught)

    def missing(request: Request, _error: Exception) -> Response:
        language = templates.language(request)
        return templates.page(Page("missing.html", language, {}, 404))

    play = play_house(store, service, templates, site, hub, clock)
    routes = chat_routes.routes(chat) + play_routes.routes(play) + desk_routes.routes(house)
    return application(routes, site.secure, missing, desk_routes.UPLOADS), hub


def _house(
    amorce: Mind,
    service: Service,
    templates: Templates,
    site: Site,
    clock: Callable[[], datetime],
) -> House:
    return House(
        service.store,
        service,
        Desk(service),
        templates,
        amorce.renderer,
        amorce.library,
        site,
        clock,
        amorce.taught,
        preview(amorce.library.kb),
    )
