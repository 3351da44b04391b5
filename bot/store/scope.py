"""Which teams somebody may see: those that share, and for a trainer those assigned to them."""

from __future__ import annotations

import sqlite3

from bot.store.staffing import Staff

# For every query over `summary AS s`; the one named value is the person.
SHARED = "s.shared = 1"
ASSIGNED = (
    "s.shared = 1 AND EXISTS (SELECT 1 FROM assignment AS mine"
    " WHERE mine.case_id = s.case_id AND mine.person = :viewer)"
)


def where(who: Staff) -> str:
    """The condition that leaves only what `who` may see; bind `viewer` to their id."""
    return SHARED if who.sees_all else ASSIGNED


def sees(db: sqlite3.Connection, who: Staff, case_id: str) -> bool:
    """Whether `who` may see this team now."""
    sql = SEES_ALL if who.sees_all else SEES_ASSIGNED
    return db.execute(sql, {"case": case_id, "viewer": who.person}).fetchone() is not None


SEES_ALL = f"SELECT 1 FROM summary AS s WHERE s.case_id = :case AND {SHARED}"
SEES_ASSIGNED = f"SELECT 1 FROM summary AS s WHERE s.case_id = :case AND {ASSIGNED}"
