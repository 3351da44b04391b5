"""What comes due by itself: set in a turn, and fired once, as a turn."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.store.times import stamp


@dataclass(frozen=True, slots=True)
class Timer:
    """One that is due, and the conversation it is for."""

    id: int
    conversation: str
    kind: str
    about: str


def start(db: sqlite3.Connection, conversation: str, kind: str, about: str, due: datetime) -> None:
    """Sets a timer; the same one twice is one."""
    db.execute(
        "INSERT OR IGNORE INTO timer (conversation, kind, about, due_at) VALUES (?, ?, ?, ?)",
        (conversation, kind, about, stamp(due)),
    )


def cancel(db: sqlite3.Connection, person: str, kind: str) -> None:
    """Takes back what has not fired yet, in all places where `person` writes."""
    db.execute(
        "DELETE FROM timer WHERE kind = ? AND fired_at IS NULL"
        " AND conversation IN (SELECT id FROM conversation WHERE person = ?)",
        (kind, person),
    )


def due(db: sqlite3.Connection, now: datetime, most: int = 100) -> list[Timer]:
    """Timers whose time has come and that were not fired, oldest first."""
    rows = db.execute(
        "SELECT id, conversation, kind, about FROM timer WHERE fired_at IS NULL AND due_at <= ?"
        " ORDER BY due_at LIMIT ?",
        (stamp(now), most),
    )
    return [Timer(*row) for row in rows]


def fire(db: sqlite3.Connection, timer: str, now: datetime) -> None:
    db.execute("UPDATE timer SET fired_at = ? WHERE id = ?", (stamp(now), timer))
