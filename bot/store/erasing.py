"""Erasing somebody on their request: asked for by staff, done by an admin."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

ASKED, DONE = "erase_asked", "erase"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a team, by their place in it: names are not kept."""

    person: str
    channel: str
    language: str
    joined_at: str


@dataclass(frozen=True, slots=True)
class Request:
    """A wish to erase a member of a team, not carried out yet."""

    case_id: str
    team: str
    member: str
    asked_by: str
    at: str


def members(db: sqlite3.Connection, case_id: str) -> list[Member]:
    """The members of a team in the order they joined."""
    rows = db.execute(
        "SELECT m.person, m.joined_at, p.language FROM member AS m"
        " JOIN person AS p ON p.id = m.person"
        " WHERE m.team = (SELECT team FROM case_file WHERE id = ?) ORDER BY m.joined_at, m.person",
        (case_id,),
    )
    return [Member(who, who.partition(":")[0], spoken, at) for who, at, spoken in rows]


def requests(db: sqlite3.Connection) -> list[Request]:
    """Open wishes, oldest first; a member who is gone has been erased."""
    rows = db.execute(
        "SELECT a.about, s.name, a.detail, coalesce(w.name, ''), a.at FROM audit AS a"
        " JOIN summary AS s ON s.case_id = a.about AND s.shared = 1"
        " JOIN member AS m ON m.person = a.detail"
        " LEFT JOIN staff AS w ON w.person = a.actor"
        " WHERE a.action = ? GROUP BY a.about, a.detail ORDER BY min(a.at)",
        (ASKED,),
    )
    return [Request(*row) for row in rows]
