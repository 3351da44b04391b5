"""What staff does in the chat: the team last looked at there, and notes kept and taken back."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.store import staffing
from bot.store.times import stamp

# The word in the record by which a look in the chat is known from one at the desk.
HERE = "chat"


def look(db: sqlite3.Connection, person: str, case_id: str, now: datetime) -> None:
    """Records that `person` read about the team in the chat."""
    staffing.note(db, person, "read", case_id, now, HERE)


def looked_at(db: sqlite3.Connection, person: str, since: datetime) -> str:
    """The team `person` last looked at in the chat; empty where that was before `since`."""
    row = db.execute(LOOKED_AT, (person, HERE, stamp(since))).fetchone()
    return str(row[0]) if row else ""


def keep(db: sqlite3.Connection, case_id: str, author: str, text: str, now: datetime) -> int:
    """Keeps a private note; returns its number."""
    sql = "INSERT INTO note (case_id, author, at, text) VALUES (?, ?, ?, ?) RETURNING id"
    row = db.execute(sql, (case_id, author, stamp(now), text)).fetchone()
    staffing.note(db, author, "note", case_id, now, HERE)
    return int(row[0])


def author_of(db: sqlite3.Connection, number: int, at: int) -> tuple[str, str]:
    """(author, case) of the note kept at `at` (seconds since 1970); empty where it is gone.

    By its time as well: the number of a note that was taken back may be given again.
    """
    row = db.execute(AUTHOR, (number, str(at))).fetchone()
    return (row[0], row[1]) if row else ("", "")


def take_back(
    db: sqlite3.Connection, number: int, author: str, case_id: str, now: datetime
) -> None:
    """Deletes a note of one's own; that it was there stays in the record."""
    db.execute("DELETE FROM note WHERE id = ? AND author = ?", (number, author))
    staffing.note(db, author, "note", case_id, now, "taken_back")


def founds(db: sqlite3.Connection, person: str) -> bool:
    """Whether `person` is a founder in several teams and may want to choose among them."""
    row = db.execute("SELECT count(*) FROM member WHERE person = ?", (person,)).fetchone()
    return int(row[0]) > 1


LOOKED_AT = """
SELECT about FROM audit WHERE actor = ? AND action = 'read' AND detail = ? AND at > ?
ORDER BY id DESC LIMIT 1
"""
AUTHOR = "SELECT author, case_id FROM note WHERE id = ? AND strftime('%s', at) = ?"
