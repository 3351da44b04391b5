"""Erasing a member of a team who asked for it: staff ask, an admin does it after a second look."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.desk.house import House, MissingError, Visit
from bot.store import erasing, listing, scope, staffing
from bot.store.batch import Batch
from bot.store.erasing import Member

# No team has more members than this has digits; Python refuses to read endless numbers.
DIGITS = 6

# Channels that have a name people know.
CHANNELS = ("telegram", "web", "terminal")


async def look(house: House, visit: Visit) -> Response:
    """The members of a team, and what erasing one of them means."""
    return await _page(house, visit)


async def _page(house: House, visit: Visit, status: int = 200, told: str = "") -> Response:
    case_id = visit.request.path_params["case_id"]
    row = await house.read(lambda db: listing.team(db, visit.who, case_id, visit.now))
    if row is None:
        raise MissingError
    members = await house.read(lambda db: erasing.members(db, case_id))
    said = house.templates.say
    channels = {each: said(visit.language, f"content.channel_{each}") for each in CHANNELS}
    return house.page(
        visit, "erasure.html", status, row=row, members=members, told=told, channels=channels
    )


async def erase(house: House, visit: Visit) -> Response:
    """Notes the wish (staff), or erases (admin, who typed the word that is asked for)."""
    case_id, form = visit.request.path_params["case_id"], await visit.form()
    word = house.templates.say(visit.language, "erasure.word")
    sure = form.get("sure", "").strip().casefold() == word.casefold()
    if visit.who.role == "admin" and not sure:
        return await _page(house, visit, 422, told="erasure.not_sure")

    def work(batch: Batch) -> str:
        who = staffing.staff(batch.db, visit.who.person)
        if who is None or not who.sees_all or not scope.sees(batch.db, who, case_id):
            raise MissingError
        member = _member(erasing.members(batch.db, case_id), form.get("member", ""))
        # Made an admin a moment ago, one has not confirmed anything yet.
        if who.role != "admin" or not sure:
            asked = (who.person, erasing.ASKED, case_id)
            staffing.note(batch.db, *asked, batch.now, member.person)
            return ""
        staffing.note(batch.db, who.person, erasing.DONE, "", batch.now)
        return member.person

    person = await house.service.commit(work)
    if person:
        await house.service.erase(person)
    return RedirectResponse("/desk/people", 303)


def _member(members: list[Member], number: str) -> Member:
    """By place in the list, so that no page needs an id of a person."""
    if not number.isdecimal() or len(number) > DIGITS or int(number) >= len(members):
        raise MissingError
    return members[int(number)]
