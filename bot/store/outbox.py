"""The outbox as the courier sees it: what is next in a chat, and what became of it."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.case.plain import made
from bot.core.message import Message
from bot.store import replies
from bot.store.batch import Address
from bot.store.times import stamp


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that waits to be sent; `part` of it were sent before, `attempts` failed."""

    id: int
    channel: str
    chat: str
    message: Message
    part: int
    attempts: int
    next_at: str

    @property
    def address(self) -> Address:
        return (self.channel, self.chat)


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a letter: `sent`, `part` (more of it to send), `later` or `failed`.

    `at`: when it arrived, where that matters.
    """

    letter: Letter
    status: Literal["sent", "part", "later", "failed"]
    message_id: str = ""
    error: str = ""
    next_at: datetime | None = None
    at: datetime | None = None


log = logging.getLogger(__name__)

# Held to an index look-up by a test: as a scan it would crawl with a long queue.
NEXT = """
SELECT id, channel, chat, message, part, attempts, next_at FROM outbox
WHERE channel = ? AND chat = ? AND status = 'pending' ORDER BY id LIMIT 1
"""
WAITING = "SELECT DISTINCT channel, chat FROM outbox WHERE status = 'pending'"


def waiting(db: sqlite3.Connection) -> list[Address]:
    """Every chat that has something pending."""
    return [(channel, chat) for channel, chat in db.execute(WAITING)]


def next_letters(db: sqlite3.Connection, chats: Iterable[Address]) -> list[Letter]:
    """The oldest pending letter of each of `chats`."""
    rows = (db.execute(NEXT, address).fetchone() for address in chats)
    return [_letter(row) for row in rows if row is not None]


def _letter(row: tuple[int, str, str, str, int, int, str]) -> Letter:
    number, channel, chat, message, part, attempts, next_at = row
    try:
        text = made(Message, json.loads(message))
    except (ValueError, TypeError, AttributeError):
        # Sent as nothing it is refused and given up; raised, it would end every courier to come.
        log.error("letter %s cannot be read", number)
        text = Message("")
    return Letter(number, channel, chat, text, part, attempts, next_at)


def mark(db: sqlite3.Connection, marks: Iterable[Mark]) -> None:
    """Writes results down. What is sent or given up is emptied: words do not stay."""
    for m in marks:
        number = m.letter.id
        if m.status == "sent" and m.at and m.letter.message.asks:
            _reached(db, m.letter.message.asks, m.at)
        if m.status == "part":
            db.execute("UPDATE outbox SET part = part + 1, attempts = 0 WHERE id = ?", (number,))
        elif m.status == "later":
            db.execute(
                "UPDATE outbox SET attempts = attempts + 1, next_at = ?, last_error = ?"
                " WHERE id = ?",
                (stamp(m.next_at) if m.next_at else "", m.error, number),
            )
        elif not db.execute("DELETE FROM outbox WHERE id = ? AND fleeting = 1", (number,)).rowcount:
            db.execute(
                "UPDATE outbox SET status = ?, message = '', message_id = ?, last_error = ?"
                " WHERE id = ?",
                (m.status, m.message_id, m.error, number),
            )


def _reached(db: sqlite3.Connection, asks: str, at: datetime) -> None:
    """The question of a round reached a player."""
    round, place, player = asks.split(":")
    replies.delivered(db, round, int(place), int(player), at)
