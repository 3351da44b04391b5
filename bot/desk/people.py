"""People and rights: who may use the desk, inviting, and taking a right away."""

from __future__ import annotations

import json

from starlette.responses import RedirectResponse, Response

from bot.desk.house import House, MissingError, Visit
from bot.store import erasing, staffing, tickets
from bot.store.batch import Batch
from bot.store.staffing import ROLES, Staff

NAME_LIMIT = 60


async def people(house: House, visit: Visit) -> Response:
    """Everybody with a right; admins can invite and revoke."""
    return await _page(house, visit)


async def _page(house: House, visit: Visit, status: int = 200, **told: str) -> Response:
    found = await house.read(staffing.everybody)
    asked = await house.read(erasing.requests)
    values = {"told": "", "code": "", "telegram": "", "web": "", "name": ""}
    return house.page(
        visit, "people.html", status, people=found, roles=ROLES, asked=asked, **{**values, **told}
    )


async def invite(house: House, visit: Visit) -> Response:
    """A link that makes whoever opens it first staff, trainer or admin; shown this once."""
    form = await visit.form()
    name, role = " ".join(form.get("name", "").split()), form.get("role", "")
    if not name or len(name) > NAME_LIMIT or role not in ROLES:
        return await _page(house, visit, 422, told="people.name_and_role", name=name[:NAME_LIMIT])

    def work(batch: Batch) -> str:
        who = _admin(batch, visit)
        detail = json.dumps({"name": name, "role": role})
        staffing.note(batch.db, who.person, f"invite_{role}", "", batch.now, name)
        return tickets.make(batch.db, "invite", who.person, batch.now, detail)

    code = await house.service.commit(work)
    known = house.service.addresses
    telegram = f"https://t.me/{known.telegram}?start={code}" if known.telegram else ""
    web = f"{known.web}/continue/{code}"
    return await _page(house, visit, code=code, telegram=telegram, web=web, name=name)


async def revoke(house: House, visit: Visit) -> Response:
    """Takes a right away at once; nobody can take their own, so that an admin always stays."""
    person = (await visit.form()).get("person", "")
    if person == visit.who.person:
        return await _page(house, visit, 409, told="people.not_yourself")

    def work(batch: Batch) -> None:
        who = _admin(batch, visit)
        if staffing.staff(batch.db, person) is None:
            raise MissingError
        staffing.revoke(batch.db, person, who.person, batch.now)

    await house.service.commit(work)
    return RedirectResponse("/desk/people", 303)


def _admin(batch: Batch, visit: Visit) -> Staff:
    """The right is read again where it is used."""
    who = staffing.staff(batch.db, visit.who.person)
    if who is None or who.role != "admin":
        raise MissingError
    return who
