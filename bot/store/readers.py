"""Who read a team's file: what the team itself may know of the record."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the programme, and when they read last."""

    name: str
    at: str


def of(db: sqlite3.Connection, case_id: str, most: int) -> list[Reader]:
    """The last readers of a case, each once, newest first."""
    rows = db.execute(
        "SELECT coalesce(s.name, ''), max(a.at) FROM audit AS a"
        " LEFT JOIN staff AS s ON s.person = a.actor"
        " WHERE a.about = ? AND a.action IN ('read', 'export', 'transcript')"
        " GROUP BY a.actor ORDER BY 2 DESC LIMIT ?",
        (case_id, most),
    )
    return [Reader(*row) for row in rows]
