"""What staff and founder wrote to each other whenever staff had the conversation.

These words were written to the programme, so whoever had the talk may read them whether or not
the team shares its conversation with Amorce.
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


def written(db: sqlite3.Connection, case_id: str, reader: str) -> list[Written]:
    """The last words of both sides, of this handover and of those before, oldest first.

    What the founder wrote was for whoever had the talk: others read the programme's words alone.
    """
    had = db.execute(HAD, (case_id, reader)).fetchone()
    theirs = db.execute(THEIRS, (case_id, MOST)).fetchall() if had else []
    ours = db.execute(OURS, (case_id, MOST)).fetchall()
    found = [_written("staff", row, "html") for row in reversed(ours)]
    found += [_written("founder", row, "text") for row in reversed(theirs)]
    return sorted(found, key=lambda each: each.at)[-MOST:]


def waits(db: sqlite3.Connection, case_id: str, holder: str) -> bool:
    """Whether the last word in a conversation that `holder` has is the founder's."""
    said = written(db, case_id, holder)
    return bool(said) and said[-1].author == "founder"


def _written(author: Author, row: tuple[str, str], field: str) -> Written:
    return Written(author, json.loads(row[0])[field], moment(row[1]))


HAD = """
SELECT 1 FROM event WHERE case_id = ? AND kind = 'HandoverBegan'
AND json_extract(data, '$.person') = ? LIMIT 1
"""
THEIRS = """
SELECT data, at FROM event WHERE case_id = ? AND kind = 'SaidToStaff'
ORDER BY id DESC LIMIT ?
"""
OURS = """
SELECT message, at FROM line WHERE case_id = ? AND author = 'staff'
ORDER BY id DESC LIMIT ?
"""
