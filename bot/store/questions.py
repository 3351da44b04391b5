"""Questions nobody could answer, and what staff said answers them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.knowledge.text import plain
from bot.store.times import stamp


@dataclass(frozen=True, slots=True)
class Taught:
    """A question and the entry that answers it, as staff said."""

    language: str
    question: str
    entry: str


def ask(db: sqlite3.Connection, case_id: str, language: str, text: str, now: datetime) -> None:
    """Keeps a question the search found nothing for."""
    db.execute(
        "INSERT INTO question (case_id, language, text, plain, at) VALUES (?, ?, ?, ?, ?)",
        (case_id, language, text, plain(text), stamp(now)),
    )


def teach(db: sqlite3.Connection, taught: Taught, person: str, now: datetime) -> None:
    """From here on `entry` answers the question; all who asked the same are settled."""
    db.execute(
        "INSERT INTO taught (language, question, entry, person, at) VALUES (?, ?, ?, ?, ?)",
        (taught.language, taught.question, taught.entry, person, stamp(now)),
    )
    db.execute(
        "UPDATE question SET settled_at = ? WHERE language = ? AND plain = ?",
        (stamp(now), taught.language, plain(taught.question)),
    )


def all_taught(db: sqlite3.Connection) -> list[Taught]:
    """Everything taught so far, oldest first: read at start, for the search to know."""
    return [Taught(*row) for row in db.execute("SELECT language, question, entry FROM taught")]
