"""What only the made-up world asks of the store: who is there already, and a second founder."""

from __future__ import annotations

import sqlite3

from bot.core.turn import Turn
from bot.store.batch import Batch, person_id
from bot.store.times import stamp


def teams(db: sqlite3.Connection) -> frozenset[str]:
    """The ids of all teams stored."""
    return frozenset(row[0] for row in db.execute("SELECT id FROM team"))


def join(batch: Batch, turn: Turn, team: str) -> None:
    """Makes the person of `turn`, who is stored already, a member of `team`; twice is harmless."""
    batch.db.execute(
        "INSERT OR IGNORE INTO member (person, team, joined_at) VALUES (?, ?, ?)",
        (person_id(turn), team, stamp(turn.at)),
    )
