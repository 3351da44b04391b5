"""Lists of teams that somebody named to see them again; everybody has their own."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

MOST = 30


@dataclass(frozen=True, slots=True)
class View:
    """`query` holds known filters alone, as the address of the list has them."""

    id: int
    name: str
    query: str


def of(db: sqlite3.Connection, person: str) -> list[View]:
    """The views of `person`, from a to z."""
    rows = db.execute(
        "SELECT id, name, query FROM view WHERE person = ? ORDER BY name COLLATE NOCASE, id",
        (person,),
    )
    return [View(*row) for row in rows]


def keep(db: sqlite3.Connection, person: str, name: str, query: str) -> bool:
    """Keeps a view in the place of one with the same name; False where there are too many."""
    db.execute("DELETE FROM view WHERE person = ? AND name = ?", (person, name))
    if len(of(db, person)) >= MOST:
        return False
    db.execute("INSERT INTO view (person, name, query) VALUES (?, ?, ?)", (person, name, query))
    return True


def drop(db: sqlite3.Connection, person: str, number: str) -> bool:
    """Deletes a view of `person`; False where they have no such one."""
    done = db.execute("DELETE FROM view WHERE id = ? AND person = ?", (number, person))
    return done.rowcount == 1
