"""What needs a person at the desk besides stuck teams: talks held, questions, turns set aside."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.store import exchange, listing, scope
from bot.store.listing import Row
from bot.store.staffing import Staff


@dataclass(frozen=True, slots=True)
class Asked:
    """A question nobody could answer, and how many asked it. `text` is empty where none of
    those who asked share their summary: then it is only counted."""

    language: str
    plain: str
    text: str
    times: int
    last: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A turn that could not be served: where and why, never what was written."""

    id: int
    channel: str
    error: str
    at: str


def held(db: sqlite3.Connection, who: Staff, now: datetime) -> list[tuple[Row, bool]]:
    """The teams whose conversation `who` has taken over and not given back, those that wait for
    an answer first; with each whether it waits."""
    ids = db.execute(
        "SELECT DISTINCT case_id FROM conversation WHERE owner = ? AND case_id IS NOT NULL",
        (who.person,),
    )
    rows = (listing.team(db, who, case_id, now) for (case_id,) in ids.fetchall())
    found = [(row, exchange.waits(db, row.case_id, who.person)) for row in rows if row is not None]
    return sorted(found, key=lambda pair: not pair[1])


def late(db: sqlite3.Connection, who: Staff) -> frozenset[str]:
    """Cases whose wish to talk to somebody was not met within two working days."""
    rows = db.execute(
        "SELECT t.about FROM timer AS t JOIN summary AS s ON s.case_id = t.about"
        f" WHERE t.kind = 'help_waits' AND t.fired_at IS NOT NULL AND {scope.where(who)}",
        {"viewer": who.person},
    )
    return frozenset(row[0] for row in rows)


def questions(db: sqlite3.Connection, who: Staff, most: int, skip: int = 0) -> list[Asked]:
    """Open questions, those asked most often first."""
    rows = db.execute(
        "SELECT q.language, q.plain,"
        f" coalesce(max(CASE WHEN {scope.where(who)} THEN q.text END), ''),"
        " count(*), max(q.at) FROM question AS q JOIN summary AS s ON s.case_id = q.case_id"
        " WHERE q.settled_at IS NULL GROUP BY q.language, q.plain"
        " ORDER BY count(*) DESC, max(q.at) DESC LIMIT :most OFFSET :skip",
        {"viewer": who.person, "most": most, "skip": skip},
    )
    return [Asked(*row) for row in rows]


def is_shown(db: sqlite3.Connection, who: Staff, language: str, text: str) -> bool:
    """Whether a sharing team asked this, so that `who` may deal with it."""
    found = db.execute(
        "SELECT 1 FROM question AS q JOIN summary AS s ON s.case_id = q.case_id"
        f" WHERE q.settled_at IS NULL AND q.language = :language AND q.text = :text"
        f" AND {scope.where(who)} LIMIT 1",
        {"viewer": who.person, "language": language, "text": text},
    )
    return found.fetchone() is not None


def aside(db: sqlite3.Connection, most: int) -> list[Aside]:
    """The newest turns that were set aside."""
    rows = db.execute(
        "SELECT id, channel, error, at FROM set_aside ORDER BY id DESC LIMIT ?", (most,)
    )
    return [Aside(*row) for row in rows]
