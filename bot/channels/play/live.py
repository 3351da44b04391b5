"""Opens the streams of both pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.channels.play.house import House
from bot.channels.play.player import found
from bot.channels.play.stream import Seat, stream

MOST_PAGES = 4


async def live(house: House, request: Request) -> Response:
    """The stream of a player's page; 204 for who is no player."""
    here = await found(house, *await house.known(request, request.path_params["code"]))
    if here is None:
        return Response(status_code=204)
    player = here.player
    see = house.sights.player(player.id, player.person)
    return opened(house, request, Seat(here.now.live.id, player.id, see), MOST_PAGES)


def opened(house: House, request: Request, seat: Seat, most: int) -> Response:
    """A stream, unless whoever asks has enough of them."""
    if house.watches.is_crowded(seat.round, seat.player, most):
        return Response(status_code=429, headers={"retry-after": "30"})
    if request.method == "HEAD":
        # Nothing would ever come, and the page would stay open for nothing.
        return Response(media_type="text/event-stream")
    mark = request.headers.get("last-event-id") or request.query_params.get("mark", "")
    return StreamingResponse(
        stream(house.watches, seat, mark[:40]),
        media_type="text/event-stream",
        headers={"x-accel-buffering": "no"},
    )
