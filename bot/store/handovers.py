"""Which conversation staff has, and the one a team is best reached in."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.store.batch import Address


@dataclass(frozen=True, slots=True)
class Reached:
    """A conversation of a team: where to write, whose turn it is ("bot" or a staff id), in
    which language."""

    conversation: str
    address: Address
    owner: str
    language: str


def reached(db: sqlite3.Connection, case_id: str) -> Reached | None:
    """The conversation of the case that staff has, else the one with the latest word."""
    row = db.execute(REACHED, (case_id,)).fetchone()
    return Reached(row[0], (row[1], row[2]), row[3], row[4] or "") if row else None


def own(db: sqlite3.Connection, conversation: str, owner: str) -> None:
    db.execute("UPDATE conversation SET owner = ? WHERE id = ?", (owner, conversation))


def owned(db: sqlite3.Connection, case_id: str) -> list[str]:
    """The conversations of a case that staff has."""
    rows = db.execute(
        "SELECT id FROM conversation WHERE case_id = ? AND owner <> 'bot'", (case_id,)
    )
    return [row[0] for row in rows]


# A conversation of a person's other team would be the wrong one: the case must be its own.
REACHED = """
SELECT c.id, c.channel, c.chat, c.owner, json_extract(c.session, '$.language')
FROM conversation AS c JOIN case_file AS f ON f.id = ?1
WHERE (c.case_id = f.id OR (c.case_id IS NULL AND c.person IN (
    SELECT person FROM member WHERE team = f.team)))
ORDER BY c.owner = 'bot', c.updated_at DESC, c.id LIMIT 1
"""
