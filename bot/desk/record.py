"""The record: who read, exported, changed, erased what."""

from __future__ import annotations

from starlette.responses import Response

from bot.desk.house import House, Visit
from bot.store import recorded

PAGE = 60
# Deeds that have words; `knowledge/dialogs/record.yaml` has one for each.
NAMED = frozenset(
    {"read", "transcript", "export", "note", "label", "assign", "take_over", "give_back", "write"}
    | {"grant_trainer", "grant_staff", "grant_admin", "revoke", "sign_in", "sign_out", "teach"}
    | {"invite_trainer", "invite_staff", "invite_admin", "erase_asked", "erase"}
)


async def record(house: House, visit: Visit) -> Response:
    """The newest first; by action or by person."""
    page = visit.number("page", 1)
    action, name = visit.asked("action"), visit.asked("name")
    rows = await house.read(
        lambda db: recorded.rows(db, visit.who, action, name, PAGE + 1, PAGE * (page - 1))
    )
    actions = await house.read(recorded.actions)
    return house.page(
        visit,
        "record.html",
        rows=rows[:PAGE],
        actions=actions,
        named=NAMED,
        action=action,
        name=name,
        page=page,
        more=len(rows) > PAGE,
    )
