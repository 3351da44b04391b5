"""Teams: the list with its filter, saved views, and labels for several teams at once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import ceil

from starlette.responses import RedirectResponse, Response

from bot.desk import filters
from bot.desk.filters import wanted_of
from bot.desk.house import House, MissingError, Visit
from bot.desk.terms import terms
from bot.service.desk import RefusedError
from bot.store import listing, notebook, scope, staffing, views
from bot.store.batch import Batch
from bot.store.listing import PAGE, Row, Wanted
from bot.store.staffing import Staff
from bot.store.views import View
from bot.web.forms import pairs

LONGEST_NAME = 60
# The boxes of one page, its hidden list, and what stands beside them.
MOST_FIELDS = 2 * PAGE + 20
ORDER = ("last", "quiet", "name", "phase", "due", "begun", "urgent")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the list; `teams`: how many there are of the kind wanted, `some`: at all."""

    rows: list[Row]
    teams: int
    some: bool
    page: int
    labels: list[str]
    views: list[View]

    @property
    def pages(self) -> int:
        return max(1, ceil(self.teams / PAGE))

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1


async def teams(house: House, visit: Visit) -> Response:
    """The list; where only the filter changed, its rows alone."""
    wanted = wanted_of(house, visit)
    found = await _found(house, visit, wanted)
    steps = await house.read(lambda db: listing.phases(db, visit.who))
    part = visit.partial and "hx-history-restore-request" not in visit.request.headers
    response = house.page(
        visit,
        "teams_rows.html" if part else "teams.html",
        found=found,
        steps=steps,
        wanted=wanted,
        terms=terms(house.library, house.renderer, visit.language),
        order=ORDER,
        query=filters.query(wanted),
        query_of=lambda page: filters.query(wanted, page),
    )
    # The address of what is shown, so that it can be kept; each typed letter is no step back.
    response.headers["hx-replace-url"] = _address(filters.query(wanted, found.page))
    return response


async def _found(house: House, visit: Visit, wanted: Wanted) -> Found:
    who, now = visit.who, visit.now
    teams, every, labels, own = await house.read(
        lambda db: (
            listing.count(db, who, wanted, now),
            listing.count(db, who, Wanted(), now),
            listing.labels(db, who),
            views.of(db, who.person),
        )
    )
    # A page that has gone, because teams have, is answered with the last one there is.
    page = max(1, min(visit.number("page", 1), ceil(teams / PAGE)))
    skip = (page - 1) * PAGE
    rows = await house.read(lambda db: listing.teams(db, who, wanted, now, PAGE, skip))
    return Found(rows, teams, every > 0, page, labels, own)


async def save_view(house: House, visit: Visit) -> Response:
    """Keeps the filter of the address under a name, for whoever asks."""
    wanted, name = wanted_of(house, visit), _name((await visit.form()).get("name", ""))

    def work(batch: Batch) -> None:
        who = _still(batch, visit)
        asked = filters.query(filters.kept(wanted, listing.labels(batch.db, who)))
        if not name or not views.keep(batch.db, who.person, name, asked):
            raise RefusedError("teams_list.no_view")

    await house.service.commit(work)
    return _back(wanted)


async def drop_view(house: House, visit: Visit) -> Response:
    """Deletes a view of one's own."""
    number = (await visit.form()).get("view", "")

    def work(batch: Batch) -> None:
        if not views.drop(batch.db, _still(batch, visit).person, number):
            raise MissingError

    await house.service.commit(work)
    return _back(wanted_of(house, visit))


async def label(house: House, visit: Visit) -> Response:
    """Puts a label on the teams ticked, or takes it off; teams not seen are passed over."""
    found = await pairs(visit.request, MOST_FIELDS)
    form = dict(found)
    name, deed = _name(form.get("label", "")), form.get("deed", "")
    ids = {value for field, value in found if field == ("shown" if form.get("all") else "team")}
    if not name or not ids or deed not in ("add", "remove"):
        raise RefusedError("teams_list.no_label")

    def work(batch: Batch) -> None:
        who = _still(batch, visit)
        seen = [each for each in sorted(ids) if scope.sees(batch.db, who, each)]
        if not seen:
            raise MissingError
        for case_id in seen:
            _label(batch, who, case_id, name, deed)

    await house.service.commit(work)
    return _back(wanted_of(house, visit), visit.number("page", 1))


def _label(batch: Batch, who: Staff, case_id: str, name: str, deed: str) -> None:
    if deed == "add":
        notebook.add_label(batch.db, case_id, name)
    elif not notebook.remove_label(batch.db, case_id, name):
        return
    staffing.note(batch.db, who.person, "label", case_id, batch.now, deed)


def _still(batch: Batch, visit: Visit) -> Staff:
    """The right is read again where it is used."""
    who = staffing.staff(batch.db, visit.who.person)
    if who is None:
        raise MissingError
    return who


def _name(typed: str) -> str:
    """A name as it is kept: one line, one spelling of each letter; empty where it is too long."""
    shown = "".join(sign if sign.isprintable() else " " for sign in typed)
    name = " ".join(unicodedata.normalize("NFC", shown).split())
    return name if len(name) <= LONGEST_NAME else ""


def _back(wanted: Wanted, page: int = 1) -> Response:
    return RedirectResponse(_address(filters.query(wanted, page)), 303)


def _address(query: str) -> str:
    return f"/desk/teams?{query}" if query else "/desk/teams"
