"""Health: whether the service can do its work; a public yes or no, and the figures for staff."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.desk.house import House, Visit
from bot.store.errors import StoreError
from bot.store.vitals import Vitals, can_write, vitals

ASKED_EVERY = timedelta(seconds=5)


async def health(house: House, visit: Visit) -> Response:
    """The figures, with what they mean."""
    return house.page(visit, "health.html", found=await _vitals(house))


async def _vitals(house: House) -> Vitals:
    path, now = house.store.path, house.clock()
    return await house.read(lambda db: vitals(db, path, now))


def public(house: House) -> Callable[[Request], Awaitable[Response]]:
    """`/health` for those who watch over the machine: ready or not, nothing else."""

    known: list[tuple[datetime, bool]] = []

    async def answer(_request: Request) -> Response:
        now = house.clock()
        # Asked in a storm, it must not become one commit a question.
        if not known or now - known[-1][0] > ASKED_EVERY:
            known[:] = [(now, await is_ready())]
        ready = known[-1][1]
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    async def is_ready() -> bool:
        try:
            await house.store.write(lambda db: can_write(db))
            return (await _vitals(house)).is_well
        except StoreError:
            return False

    return answer
