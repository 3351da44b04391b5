"""Live rounds: made, found by code or screen, saved as their host leads them on."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.case.plain import made, plain
from bot.quiz.item import Item
from bot.quiz.round import Round, Settings
from bot.store.batch import dumps
from bot.store.tickets import LETTERS
from bot.store.times import moment, stamp

CODE = 6
COLUMNS = "id, code, screen, host, snapshot, made_at, acted_at, ended_at"


@dataclass(frozen=True, slots=True)
class Live:
    """A round with what stands around it. `screen` opens its projector page."""

    id: str
    code: str
    screen: str
    host: str
    round: Round
    made_at: datetime
    acted_at: datetime
    ended_at: datetime | None = None


def new_code() -> str:
    """Six letters and digits of which none is read for another."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE))


def is_code(text: str) -> bool:
    """Whether a typed word could be the code of a round; forgives case, spaces and dashes."""
    word = tidied(text)
    return len(word) == CODE and set(word) <= set(LETTERS)


def tidied(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def make(
    db: sqlite3.Connection, host: str, settings: Settings, items: Sequence[Item], now: datetime
) -> Live:
    """A new round in its lobby, with its questions as they are now."""
    code = new_code()
    while of_code(db, code):
        code = new_code()
    round = Round(settings, len(items))
    live = Live(uuid4().hex, code, secrets.token_urlsafe(18), host, round, now, now)
    put(db, live, items)
    return live


def put(db: sqlite3.Connection, live: Live, items: Sequence[Item]) -> None:
    """Stores a round with its questions."""
    ended = stamp(live.ended_at) if live.ended_at else None
    db.execute(
        f"INSERT INTO round (title, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            live.round.settings.title,
            live.id,
            live.code,
            live.screen,
            live.host,
            dumps(plain(live.round)),
            stamp(live.made_at),
            stamp(live.acted_at),
            ended,
        ),
    )
    db.executemany(
        "INSERT INTO round_item (round, place, item, item_id) VALUES (?, ?, ?, ?)",
        [(live.id, n, dumps(plain(item)), item.id) for n, item in enumerate(items)],
    )


def save(db: sqlite3.Connection, live: Live) -> None:
    db.execute(
        "UPDATE round SET host = ?, snapshot = ?, acted_at = ?, ended_at = ? WHERE id = ?",
        (
            live.host,
            dumps(plain(live.round)),
            stamp(live.acted_at),
            stamp(live.ended_at) if live.ended_at else None,
            live.id,
        ),
    )


def load(db: sqlite3.Connection, id: str) -> Live | None:
    return _one(db.execute(f"SELECT {COLUMNS} FROM round WHERE id = ?", (id,)))


def of_code(db: sqlite3.Connection, code: str) -> Live | None:
    """The round that is on under this code."""
    return _one(
        db.execute(
            f"SELECT {COLUMNS} FROM round WHERE code = ? AND ended_at IS NULL", (tidied(code),)
        )
    )


def was_code(db: sqlite3.Connection, code: str) -> Live | None:
    """The latest round that had this code and is over."""
    return _one(
        db.execute(
            f"SELECT {COLUMNS} FROM round WHERE code = ? AND ended_at IS NOT NULL"
            " ORDER BY ended_at DESC LIMIT 1",
            (tidied(code),),
        )
    )


def is_any_on(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM round WHERE ended_at IS NULL LIMIT 1").fetchone() is not None


def of_screen(db: sqlite3.Connection, screen: str) -> Live | None:
    """The round whose projector page has this secret."""
    return _one(db.execute(f"SELECT {COLUMNS} FROM round WHERE screen = ?", (screen,)))


def hosted(db: sqlite3.Connection, host: str, most: int = 50) -> list[Live]:
    """Rounds led by `host` ("" = everybody's), newest first."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM round WHERE ?1 = '' OR host = ?1 ORDER BY made_at DESC LIMIT ?2",
        (host, most),
    )
    return [_live(row) for row in rows]


def forget_players(db: sqlite3.Connection, before: datetime) -> None:
    """Of rounds that ended `before`, who played. Whoever let their name be shown keeps it, and
    stays known by their number alone, so that the name can be erased.
    """
    for sql in FORGET:
        db.execute(sql, (stamp(before),))


OLD = "round IN (SELECT id FROM round WHERE ended_at < ?)"
FORGET = (
    f"UPDATE player SET person = NULL, name = '' WHERE named = 0 AND {OLD}"
    " AND (person IS NOT NULL OR name <> '')",
    f"UPDATE player SET chat = '' WHERE chat <> '' AND {OLD}",
    f"DELETE FROM delivered WHERE {OLD}",
    f"DELETE FROM room WHERE {OLD}",
)


def item(db: sqlite3.Connection, id: str, place: int) -> Item:
    """One question of a round. Raises LookupError where there is none."""
    row = db.execute(
        "SELECT item FROM round_item WHERE round = ? AND place = ?", (id, place)
    ).fetchone()
    if row is None:
        raise LookupError(f"the round has no question {place}")
    found: Item = made(Item, json.loads(row[0]))
    return found


def items(db: sqlite3.Connection, id: str) -> list[Item]:
    """All questions of a round, in their order."""
    rows = db.execute("SELECT item FROM round_item WHERE round = ? ORDER BY place", (id,))
    return [made(Item, json.loads(text)) for (text,) in rows]


def _one(cursor: sqlite3.Cursor) -> Live | None:
    row = cursor.fetchone()
    return _live(row) if row else None


def _live(row: tuple[str, ...]) -> Live:
    id, code, screen, host, snapshot, made_at, acted_at, ended_at = row
    return Live(
        id,
        code,
        screen,
        host,
        made(Round, json.loads(snapshot)),
        moment(made_at),
        moment(acted_at),
        moment(ended_at) if ended_at else None,
    )
