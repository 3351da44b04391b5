"""The record of the desk, read back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.store.staffing import Staff


@dataclass(frozen=True, slots=True)
class Deed:
    """One row: who did what to which team or person. `team` is empty where it is not shown."""

    at: str
    who: str
    action: str
    case_id: str
    team: str
    about: str


def rows(
    db: sqlite3.Connection, _who: Staff, action: str, name: str, most: int, skip: int
) -> list[Deed]:
    """Deeds, newest first. A team that no longer shares is a team without a name."""
    found = db.execute(
        "SELECT a.at, coalesce(nullif(w.name, ''), a.actor), a.action,"
        " coalesce(s.case_id, ''), coalesce(s.name, ''), coalesce(o.name, '')"
        " FROM audit AS a LEFT JOIN staff AS w ON w.person = a.actor"
        " LEFT JOIN summary AS s ON s.case_id = a.about AND s.shared = 1"
        " LEFT JOIN staff AS o ON o.person = a.about"
        # An export has a row for each team, so that the team sees it; here one row tells it.
        " WHERE NOT (a.action = 'export' AND a.about <> '')"
        " AND (:action = '' OR a.action = :action)"
        " AND (:name = '' OR instr(lower(coalesce(w.name, '')), lower(:name)))"
        " ORDER BY a.id DESC LIMIT :most OFFSET :skip",
        {"action": action, "name": name, "most": most, "skip": skip},
    )
    return [Deed(*row) for row in found]


def actions(db: sqlite3.Connection) -> list[str]:
    """The kinds of deed there are rows of."""
    return [row[0] for row in db.execute("SELECT DISTINCT action FROM audit ORDER BY action")]
