"""The projector page: whoever has its address sees it, on the wall or on a laptop."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.play.house import House
from bot.channels.play.live import opened
from bot.channels.play.room import sides, square
from bot.channels.play.state import Scene
from bot.channels.play.stream import Seat
from bot.store import rounds

# The wall, the trainer's laptop, the overflow room next door.
MOST_PAGES = 12


async def screen(house: House, request: Request) -> Response:
    """The page with the round as it is now."""
    now = await _scene(house, request)
    sight = house.sights.screen(now)
    spoken = sides(now, house.templates)
    where = f"{house.site.url}/play"
    return house.page(
        request,
        "screen.html",
        chosen=spoken[0].lang,
        live=now.live,
        sides=spoken,
        square=square(f"{where}/{now.live.code}"),
        address=where.partition("://")[2],
        telegram=house.service.addresses.telegram,
        parts=sight.html(),
        mark=sight.mark,
        stage=now.stage,
        waits=not sight.is_last,
    )


async def live(house: House, request: Request) -> Response:
    """The stream of what changes on the projector page."""
    now = await _scene(house, request)
    return opened(house, request, Seat(now.live.id, 0, house.sights.screen), MOST_PAGES)


async def _scene(house: House, request: Request) -> Scene:
    secret = request.path_params["screen"]
    found = await house.store.read(lambda db: rounds.of_screen(db, secret))
    now = await house.watches.scene(found.id) if found else None
    if now is None:
        raise HTTPException(404)
    return now
