"""The exported files: teams and their answers as CSV and XLSX, in pieces, with flat memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.responses import Response, StreamingResponse

from bot.desk import sheets
from bot.desk.cells import Cell, csv_piece
from bot.desk.filters import wanted_of
from bot.desk.house import House, Visit
from bot.desk.sheets import Rows, Wording
from bot.desk.terms import terms
from bot.desk.workbook import blocks, written
from bot.service.desk import RefusedError
from bot.store import staffing, telling
from bot.store.batch import Batch
from bot.store.listing import Wanted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8; header=present"
# Without it spreadsheets take the file for an older encoding.
MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of export."""

    name: str
    columns: Sequence[str]
    rows: Rows


TEAMS = Sheet("teams", sheets.TEAMS, sheets.team_rows)
ANSWERS = Sheet("answers", sheets.ANSWERS, sheets.answer_rows)


async def teams_csv(house: House, visit: Visit) -> Response:
    return await _csv(house, visit, TEAMS)


async def teams_xlsx(house: House, visit: Visit) -> Response:
    return await _xlsx(house, visit, TEAMS)


async def answers_csv(house: House, visit: Visit) -> Response:
    return await _csv(house, visit, ANSWERS)


async def answers_xlsx(house: House, visit: Visit) -> Response:
    return await _xlsx(house, visit, ANSWERS)


async def _csv(house: House, visit: Visit, sheet: Sheet) -> Response:
    wanted = wanted_of(house, visit)
    await _noted(house, visit, wanted, f"{sheet.name}.csv")
    heads = _heads(house, visit, sheet)

    async def pieces() -> AsyncIterator[str]:
        yield MARK + csv_piece([heads])
        async for rows in _pieces(house, visit, wanted, sheet):
            yield await asyncio.to_thread(csv_piece, rows)

    return StreamingResponse(pieces(), media_type=CSV, headers=_named(visit, sheet, "csv"))


async def _xlsx(house: House, visit: Visit, sheet: Sheet) -> Response:
    """Written before the answer begins: a file that cannot be finished is never half sent."""
    wanted = wanted_of(house, visit)
    await _noted(house, visit, wanted, f"{sheet.name}.xlsx")
    title = house.templates.say(visit.language, f"teams_list.sheet_{sheet.name}")
    heads = _heads(house, visit, sheet)
    out = await written(title, heads, _pieces(house, visit, wanted, sheet))
    return StreamingResponse(blocks(out), media_type=XLSX, headers=_named(visit, sheet, "xlsx"))


async def _noted(house: House, visit: Visit, wanted: Wanted, what: str) -> None:
    def work(batch: Batch) -> None:
        who = staffing.staff(batch.db, visit.who.person)
        if who is None:
            raise RefusedError
        telling.note(batch.db, who, wanted, batch.now, what)

    await house.service.commit(work)


async def _pieces(
    house: House, visit: Visit, wanted: Wanted, sheet: Sheet
) -> AsyncIterator[list[Sequence[Cell]]]:
    """The rows, a few teams at a time; between two pieces others have the database.

    Whoever loses their right meanwhile gets no further piece, and a file that breaks off.
    """
    wording, person, after = _wording(house, visit), visit.who.person, 0
    while True:
        read = partial(telling.piece, person=person, wanted=wanted, now=visit.now, after=after)
        told = await house.read(read)
        if told is None:
            raise RefusedError
        if not told:
            return
        yield [row for team in told for row in sheet.rows(team, wording)]
        after = told[-1].place


def _heads(house: House, visit: Visit, sheet: Sheet) -> list[str]:
    return [house.templates.say(visit.language, f"teams_list.col_{name}") for name in sheet.columns]


def _wording(house: House, visit: Visit) -> Wording:
    say = partial(house.templates.say, visit.language)
    return Wording(
        terms(house.library, house.renderer, visit.language),
        house.library.kb.rules.private_keys,
        {given: say(f"choice.was_{given}") for given in ("skipped", "unknown")},
        say("choice.nobody_yet"),
        say("teams_list.withheld"),
    )


def _named(visit: Visit, sheet: Sheet, ending: str) -> dict[str, str]:
    name = f"amorce-{sheet.name}-{visit.now:%Y-%m-%d}.{ending}"
    return {"content-disposition": f'attachment; filename="{name}"'}
