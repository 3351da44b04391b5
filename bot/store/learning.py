"""What a person practised, one row each: read with their world, kept when it changed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import datetime

from bot.case.learning import Learning, Learnt
from bot.case.plain import made, plain
from bot.store.times import stamp

NOTHING = Learning()


def read(cards: str | None, every: int | None) -> Learning:
    """The row's columns as they are worked with; most people have none."""
    if not cards:
        return NOTHING
    learning: Learning = made(Learning, json.loads(cards))
    return replace(learning, every=every or 0)


def keep(db: sqlite3.Connection, person: str, learning: Learning, now: datetime) -> None:
    cards = plain(replace(learning, every=0))
    text = json.dumps(cards, separators=(",", ":"))
    db.execute(KEEP, (person, text, learning.every, stamp(now)))


def unite(db: sqlite3.Connection, keeps: str, joins: str, now: datetime) -> None:
    """One person's two rows become one: of each question the later answer counts."""
    first, second = (read(*row) for row in (_row(db, keeps), _row(db, joins)))
    db.execute("DELETE FROM learning WHERE person = ?", (joins,))
    if second == NOTHING:
        return
    items = dict(first.items)
    for item, learnt in second.items.items():
        items[item] = _later(items.get(item), learnt)
    every = first.every or second.every
    offered = first.offered or second.offered
    keep(db, keeps, replace(first, items=items, every=every, offered=offered), now)


def _later(one: Learnt | None, other: Learnt) -> Learnt:
    return one if one and one.last_review >= other.last_review else other


def _row(db: sqlite3.Connection, person: str) -> tuple[str | None, int | None]:
    row = db.execute("SELECT cards, every FROM learning WHERE person = ?", (person,)).fetchone()
    return row or (None, None)


KEEP = """
INSERT INTO learning (person, cards, every, updated_at) VALUES (?, ?, ?, ?)
ON CONFLICT (person) DO UPDATE SET cards = excluded.cards, every = excluded.every,
    updated_at = excluded.updated_at
"""
