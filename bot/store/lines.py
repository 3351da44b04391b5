"""What was said in a conversation, line by line, kept for those who agreed to be remembered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.case.plain import made, plain
from bot.core.message import Message
from bot.store.batch import dumps
from bot.store.times import moment, stamp

Author = Literal["founder", "bot", "staff"]


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it was said. `person` wrote it; `shown`: staff may read it, if the team
    added its conversation. A founder's words are plain text, the others simple HTML."""

    author: Author
    message: Message
    at: datetime
    person: str = ""
    shown: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """What the bot said to a chat on the web page, as it lies in the outbox."""

    id: int
    message: Message
    at: datetime


def keep(
    db: sqlite3.Connection, conversation: str, case_id: str | None, lines: Iterable[Line]
) -> None:
    """Appends lines; files are left out, they can be asked for again."""
    db.executemany(
        "INSERT INTO line (conversation, case_id, at, author, person, shown, message)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                conversation,
                case_id,
                stamp(line.at),
                line.author,
                line.person,
                line.shown,
                dumps(plain(replace(line.message, file=None))),
            )
            for line in lines
        ],
    )


def label_of(db: sqlite3.Connection, conversation: str, action: str, nonce: int) -> str:
    """What stood on the button with `action` under question `nonce`; empty if not known."""
    rows = db.execute(
        "SELECT message FROM line WHERE conversation = ? AND author = 'bot'"
        " ORDER BY id DESC LIMIT 12",
        (conversation,),
    )
    for (text,) in rows:
        message: Message = made(Message, json.loads(text))
        if message.nonce == nonce:
            return next((b.label for b in message.buttons if b.action == action), "")
    return ""


def history(db: sqlite3.Connection, conversation: str, most: int, before: int = 0) -> list[Line]:
    """The last `most` lines (older than id `before`, if given), oldest first."""
    rows = db.execute(
        "SELECT author, message, at, person, shown, id FROM line WHERE conversation = ?"
        " AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?",
        (conversation, before, before, most),
    ).fetchall()
    return [_line(row) for row in reversed(rows)]


def shown(db: sqlite3.Connection, case_id: str, most: int, before: int = 0) -> list[Line]:
    """The last lines of a team's conversations; what staff may not read has no words."""
    rows = db.execute(
        "SELECT author, CASE WHEN shown THEN message ELSE '{}' END, at, person, shown, id"
        " FROM line WHERE case_id = ? AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?",
        (case_id, before, before, most),
    ).fetchall()
    return [_line(row) for row in reversed(rows)]


def _line(row: tuple[Author, str, str, str, int, int]) -> Line:
    author, text, at, person, shown, number = row
    data = json.loads(text)
    message = made(Message, {"html": "", **data})
    return Line(author, message, moment(at), person, bool(shown), number)


def fetched(
    db: sqlite3.Connection, chat: str, after: int, most: int = 50
) -> list[tuple[int, Message]]:
    """Letters of a chat on the web page, which fetches its own, with their ids, oldest first."""
    rows = db.execute(FETCHED, (chat, after, most))
    return [(number, made(Message, json.loads(text))) for number, text in rows]


def letters(db: sqlite3.Connection, chat: str, after: str, until: str) -> list[Letter]:
    """The last letters of a chat on the web page made after one time and until another."""
    rows = db.execute(LETTERS, (chat, after, until)).fetchall()
    return [Letter(n, made(Message, json.loads(text)), moment(at)) for n, text, at in rows[::-1]]


def last_letter(db: sqlite3.Connection, chat: str) -> int:
    """The id of the newest letter of a chat on the web page; 0 where there is none."""
    row = db.execute(NEWEST, (chat,)).fetchone()
    return int(row[0] or 0)


# Held to an index look-up by a test, as the courier's own are.
FETCHED = """
SELECT id, message FROM outbox WHERE channel = 'web' AND chat = ? AND id > ? ORDER BY id LIMIT ?
"""
LETTERS = """
SELECT id, message, created_at FROM outbox WHERE channel = 'web' AND chat = ?
AND created_at > ? AND created_at <= ? ORDER BY id DESC LIMIT 200
"""
NEWEST = "SELECT max(id) FROM outbox WHERE channel = 'web' AND chat = ?"
