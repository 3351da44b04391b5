"""The remote on one's own phone: a code to scan that signs in there, once."""

from __future__ import annotations

import segno
from starlette.responses import Response

from bot.desk.house import House, MissingError, Visit
from bot.store import rounds, tickets
from bot.store.batch import Batch
from bot.store.rounds import Live


async def phone(house: House, visit: Visit) -> Response:
    """A one-time link of whoever leads the round, as QR; shown this once."""
    id = visit.request.path_params["round"]

    def work(batch: Batch) -> tuple[Live, str]:
        live = rounds.load(batch.db, id)
        if live is None or live.host != visit.who.person:
            raise MissingError
        return live, tickets.make(batch.db, "enter", visit.who.person, batch.now)

    live, code = await house.service.commit(work)
    known = house.service.addresses
    web = known.web
    link = f"{web}/desk/enter/{code}?round={live.id}"
    return house.page(
        visit,
        "quiz_phone.html",
        live=live,
        link=link,
        web=web,
        unreachable=known.web_is_here,
        qr=segno.make(link, error="m").svg_data_uri(scale=4, border=4, light="white"),
        minutes=int(tickets.LIFE["enter"].total_seconds()) // 60,
    )
