"""What staff and founder wrote to each other since staff took the conversation over.

These words were written to the programme, so staff may read them whether or not the team
shares its conversation with Amorce.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.store.lines import Author
from bot.store.times import moment

MOST = 40


@dataclass(frozen=True, slots=True)
class Written:
    """A founder's words are plain text, those of staff simple HTML."""

    author: Author
    text: str
    at: datetime


def since_taken(db: sqlite3.Connection, case_id: str) -> list[Written]:
    """The last words of both sides, oldest first; nothing while Amorce has the talk."""
    began = db.execute(BEGAN, (case_id,)).fetchone()
    if began is None:
        return []
    theirs = db.execute(THEIRS, (case_id, began[0], MOST)).fetchall()
    ours = db.execute(OURS, (case_id, began[1], MOST)).fetchall()
    found = [_written("staff", row, "html") for row in reversed(ours)]
    found += [_written("founder", row, "text") for row in reversed(theirs)]
    return sorted(found, key=lambda written: written.at)[-MOST:]


def _written(author: Author, row: tuple[str, str], field: str) -> Written:
    return Written(author, json.loads(row[0])[field], moment(row[1]))


# Taken over twice without giving back in between is one handover.
BEGAN = """
SELECT id, at FROM event WHERE case_id = ?1 AND kind = 'HandoverBegan' AND id > coalesce(
    (SELECT max(id) FROM event WHERE case_id = ?1 AND kind = 'HandoverEnded'), 0)
ORDER BY id LIMIT 1
"""
THEIRS = """
SELECT data, at FROM event WHERE case_id = ? AND kind = 'SaidToStaff' AND id > ?
ORDER BY id DESC LIMIT ?
"""
OURS = """
SELECT message, at FROM line WHERE case_id = ? AND author = 'staff' AND at >= ?
ORDER BY id DESC LIMIT ?
"""
