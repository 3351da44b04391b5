"""What staff keep beside a team: private notes, labels, and whom the team is assigned to.

Whoever calls has asked `scope` first whether the team may be seen.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.store.staffing import Staff
from bot.store.times import moment, stamp


@dataclass(frozen=True, slots=True)
class Note:
    """`name` of its author, empty where nobody knows it any more."""

    id: int
    author: str
    name: str
    at: datetime
    text: str


def notes(db: sqlite3.Connection, case_id: str) -> list[Note]:
    """The notes on a team, newest first."""
    rows = db.execute(
        "SELECT n.id, n.author, coalesce(s.name, ''), n.at, n.text FROM note AS n"
        " LEFT JOIN staff AS s ON s.person = n.author WHERE n.case_id = ? ORDER BY n.id DESC",
        (case_id,),
    )
    return [Note(n, author, name, moment(at), text) for n, author, name, at, text in rows]


def add_note(db: sqlite3.Connection, case_id: str, author: str, text: str, now: datetime) -> None:
    db.execute(
        "INSERT INTO note (case_id, author, at, text) VALUES (?, ?, ?, ?)",
        (case_id, author, stamp(now), text),
    )


def remove_note(db: sqlite3.Connection, case_id: str, number: str, author: str) -> bool:
    """Removes a note of `author`; False where there is no such one, or another wrote it."""
    done = db.execute(
        "DELETE FROM note WHERE case_id = ? AND author = ? AND CAST(id AS TEXT) = ?",
        (case_id, author, number),
    )
    return done.rowcount == 1


def labels(db: sqlite3.Connection, case_id: str) -> list[str]:
    rows = db.execute("SELECT label FROM label WHERE case_id = ?", (case_id,))
    return sorted((row[0] for row in rows), key=str.casefold)


def add_label(db: sqlite3.Connection, case_id: str, label: str) -> None:
    """The same label twice is one."""
    db.execute("INSERT OR IGNORE INTO label (case_id, label) VALUES (?, ?)", (case_id, label))


def remove_label(db: sqlite3.Connection, case_id: str, label: str) -> bool:
    done = db.execute("DELETE FROM label WHERE case_id = ? AND label = ?", (case_id, label))
    return done.rowcount == 1


def assigned(db: sqlite3.Connection, case_id: str) -> list[Staff]:
    """Whom a team is assigned to, by name."""
    rows = db.execute(
        "SELECT s.person, s.name, s.role, s.language FROM assignment AS a JOIN staff AS s"
        " ON s.person = a.person WHERE a.case_id = ? AND s.revoked_at IS NULL"
        " ORDER BY s.name COLLATE NOCASE, s.person",
        (case_id,),
    )
    return [Staff(*row) for row in rows]


def assign(db: sqlite3.Connection, case_id: str, person: str) -> None:
    """To the same person twice is once."""
    db.execute(
        "INSERT OR IGNORE INTO assignment (case_id, person) VALUES (?, ?)", (case_id, person)
    )


def unassign(db: sqlite3.Connection, case_id: str, person: str) -> bool:
    done = db.execute("DELETE FROM assignment WHERE case_id = ? AND person = ?", (case_id, person))
    return done.rowcount == 1


def names(db: sqlite3.Connection) -> dict[str, str]:
    """Everybody who ever held a right, by id: the past keeps its names."""
    return dict(db.execute("SELECT person, name FROM staff").fetchall())
