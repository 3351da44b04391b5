"""One person in several places: who stands for whom, and how two become one."""

from __future__ import annotations

import sqlite3

from bot.store import learning, players, seats
from bot.store.batch import Batch
from bot.store.times import stamp


def person_of(db: sqlite3.Connection, identity: str) -> str:
    """The person a channel's id stands for; itself where nothing else was said."""
    row = db.execute("SELECT person FROM alias WHERE id = ?", (identity,)).fetchone()
    return str(row[0]) if row else identity


def unite(batch: Batch, keep: str, joins: str) -> None:
    """Makes `joins` another id of the person `keep`; nothing of either is lost.

    Where both had a team of their own, the person belongs to both.
    """
    db, at = batch.db, stamp(batch.now)
    db.execute(
        "INSERT OR IGNORE INTO person (id, language, created_at) VALUES (?, '', ?)", (keep, at)
    )
    learning.unite(db, keep, joins, batch.now)
    # Without a team of its own the conversation follows the one there is.
    db.execute(FOLLOW, {"joins": joins})
    # Open pages know the players by the id that goes.
    batch.posted |= {("round", player.round) for player in players.on(db, joins)}
    seats.join_all(db, keep, joins)
    for sql in MOVE:
        db.execute(sql, {"keep": keep, "joins": joins})
    batch.forget()


def pick(batch: Batch, conversation: str, case_id: str) -> None:
    """From here on the conversation is about this team."""
    batch.db.execute("UPDATE conversation SET case_id = ? WHERE id = ?", (case_id, conversation))
    batch.forget()


def has_team(db: sqlite3.Connection, person: str) -> bool:
    """Whether `person` belongs to a team."""
    found = db.execute("SELECT 1 FROM member WHERE person = ? LIMIT 1", (person,))
    return found.fetchone() is not None


FOLLOW = """
UPDATE conversation SET case_id = NULL WHERE person = :joins
AND NOT EXISTS (SELECT 1 FROM member WHERE person = :joins)
"""
MOVE = (
    "UPDATE conversation SET person = :keep WHERE person = :joins",
    "UPDATE line SET person = :keep WHERE person = :joins",
    "UPDATE OR IGNORE member SET person = :keep WHERE person = :joins",
    "DELETE FROM member WHERE person = :joins",
    # An earlier consent of the same text stands; another text is consent of its own.
    "UPDATE OR IGNORE consent SET person = :keep WHERE person = :joins",
    "DELETE FROM consent WHERE person = :joins",
    "UPDATE alias SET person = :keep WHERE person = :joins",
    "INSERT INTO alias (id, person) VALUES (:joins, :keep)",
    "UPDATE OR IGNORE staff SET person = :keep WHERE person = :joins",
    "UPDATE OR IGNORE assignment SET person = :keep WHERE person = :joins",
    "UPDATE note SET author = :keep WHERE author = :joins",
    "UPDATE player SET person = :keep WHERE person = :joins",
    "UPDATE round SET host = :keep WHERE host = :joins",
    "UPDATE own_set SET owner = :keep WHERE owner = :joins",
    "UPDATE view SET person = :keep WHERE person = :joins",
    "UPDATE signin SET person = :keep WHERE person = :joins",
    "UPDATE audit SET actor = :keep WHERE actor = :joins",
    "UPDATE audit SET about = :keep WHERE about = :joins",
    "DELETE FROM ticket WHERE person = :joins",
    "DELETE FROM person WHERE id = :joins",
)
