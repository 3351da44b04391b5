"""Today: what needs a person, most urgent first, each with a deed to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from bot.desk.house import House, Visit
from bot.store import attention, listing
from bot.store.attention import Aside, Asked
from bot.store.db import Db
from bot.store.listing import Row, Wanted

MOST = 40


@dataclass(frozen=True, slots=True)
class Morning:
    """What the page shows; `late`: cases whose wish to talk waits for over two working days."""

    stuck: list[Row]
    more: int
    mine: list[tuple[Row, bool]]
    late: frozenset[str]
    questions: list[Asked]
    aside: list[Aside]
    teams: int


async def today(house: House, visit: Visit) -> Response:
    """The first page after signing in."""
    found = await house.read(lambda db: _morning(db, visit))
    return house.page(visit, "today.html", found=found)


def _morning(db: Db, visit: Visit) -> Morning:
    who, now = visit.who, visit.now
    wanted = Wanted(stuck=True, sort="urgent")
    rows = listing.teams(db, who, wanted, now, MOST)
    return Morning(
        stuck=rows,
        more=listing.count(db, who, wanted, now) - len(rows),
        mine=attention.held(db, who, now),
        late=attention.late(db, who),
        questions=attention.questions(db, who, 5),
        aside=attention.aside(db, 5) if who.sees_all else [],
        teams=listing.count(db, who, Wanted(), now),
    )
