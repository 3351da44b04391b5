"""Trainers' own sets of questions; each belongs to one person and is seen by nobody else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.case.plain import made, plain
from bot.quiz.item import Item
from bot.store.batch import dumps
from bot.store.times import moment, stamp


@dataclass(frozen=True, slots=True)
class OwnSet:
    """A set as it is listed; `size`: how many questions it has."""

    id: int
    name: str
    language: str
    made_at: datetime
    size: int


LISTED = """
SELECT s.id, s.name, s.language, s.made_at,
(SELECT count(*) FROM own_item AS i WHERE i.own_set = s.id)
FROM own_set AS s WHERE s.owner = ?1 AND (?2 = 0 OR s.id = ?2) ORDER BY s.id DESC
"""


def of_owner(db: sqlite3.Connection, owner: str) -> list[OwnSet]:
    """All sets of a person, newest first."""
    return [_set(row) for row in db.execute(LISTED, (owner, 0))]


def load(db: sqlite3.Connection, id: int, owner: str) -> OwnSet | None:
    """One set, if it is this person's."""
    row = db.execute(LISTED, (owner, id)).fetchone() if id else None
    return _set(row) if row else None


def make(db: sqlite3.Connection, owner: str, name: str, language: str, now: datetime) -> int:
    """A new, empty set; returns its id."""
    row = db.execute(
        "INSERT INTO own_set (owner, name, language, made_at) VALUES (?, ?, ?, ?) RETURNING id",
        (owner, name, language, stamp(now)),
    ).fetchone()
    return int(row[0])


def items(db: sqlite3.Connection, id: int) -> list[Item]:
    """The questions of a set, in their order."""
    rows = db.execute("SELECT item FROM own_item WHERE own_set = ? ORDER BY place", (id,))
    return [made(Item, json.loads(text)) for (text,) in rows]


def put(db: sqlite3.Connection, id: int, items: Iterable[Item]) -> None:
    """Makes these the questions of a set."""
    db.execute("DELETE FROM own_item WHERE own_set = ?", (id,))
    db.executemany(
        "INSERT INTO own_item (own_set, place, item) VALUES (?, ?, ?)",
        [(id, place, dumps(plain(item))) for place, item in enumerate(items)],
    )


def rename(db: sqlite3.Connection, id: int, name: str) -> None:
    db.execute("UPDATE own_set SET name = ? WHERE id = ?", (name, id))


def drop(db: sqlite3.Connection, id: int) -> None:
    db.execute("DELETE FROM own_item WHERE own_set = ?", (id,))
    db.execute("DELETE FROM own_set WHERE id = ?", (id,))


def _set(row: tuple[int, str, str, str, int]) -> OwnSet:
    id, name, language, made_at, size = row
    return OwnSet(id, name, language, moment(made_at), size)
