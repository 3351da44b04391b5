"""One-time codes: made, and spent once; only a hash of each is kept.

Kinds: `link` (go on in another place), `return` (the recovery code), `enter` (sign in to the
desk), `invite` (become staff or trainer), `machine` (printed on the machine; made by nobody here).
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.store.times import stamp

Kind = Literal["link", "return", "enter", "invite", "machine"]

LIFE: dict[Kind, timedelta] = {
    "link": timedelta(hours=1),
    # Somebody who lost a browser may come back after years.
    "return": timedelta(days=3660),
    "enter": timedelta(minutes=15),
    "invite": timedelta(days=7),
    "machine": timedelta(hours=1),
}
# No letter or digit that another could be read for; 20 of 32 are 100 bits.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 20, 5


@dataclass(frozen=True, slots=True)
class Ticket:
    """A code that was spent just now: what for, whose, and what it carries."""

    kind: str
    person: str
    detail: str


def make(db: sqlite3.Connection, kind: Kind, person: str, now: datetime, detail: str = "") -> str:
    """A new code, in groups of five letters; an earlier one of the kind no longer works."""
    if kind != "invite":
        db.execute("DELETE FROM ticket WHERE person = ? AND kind = ?", (person, kind))
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    db.execute(
        "INSERT INTO ticket (hash, kind, person, detail, made_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (hashed(code), kind, person, detail, stamp(now), stamp(now + LIFE[kind])),
    )
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def spend(
    db: sqlite3.Connection, code: str, kinds: tuple[Kind, ...], now: datetime
) -> Ticket | None:
    """The ticket of `code`, spent by this; None where it is unknown, old, spent or another's."""
    return take(db, hashed(code), kinds, now)


def take(
    db: sqlite3.Connection, mark: str, kinds: tuple[Kind, ...], now: datetime
) -> Ticket | None:
    """`spend` by the hash of a code, where the code itself was brought along before."""
    row = db.execute(
        "UPDATE ticket SET used_at = ? WHERE hash = ? AND used_at IS NULL AND expires_at > ?"
        " AND kind IN (SELECT value FROM json_each(?)) RETURNING kind, person, detail",
        (stamp(now), mark, stamp(now), json.dumps(kinds)),
    ).fetchone()
    return Ticket(*row) if row else None


def find(
    db: sqlite3.Connection, code: str, kinds: tuple[Kind, ...], now: datetime
) -> Ticket | None:
    """The ticket of a code that could be spent now, without spending it."""
    row = db.execute(
        "SELECT kind, person, detail FROM ticket WHERE hash = ? AND used_at IS NULL"
        " AND expires_at > ? AND kind IN (SELECT value FROM json_each(?))",
        (hashed(code), stamp(now), json.dumps(kinds)),
    ).fetchone()
    return Ticket(*row) if row else None


def spend_machine(db: sqlite3.Connection, code: str, now: datetime) -> bool:
    """True the first time for a signed code made outside the database."""
    done = db.execute(
        "INSERT OR IGNORE INTO ticket (hash, kind, made_at, expires_at, used_at)"
        " VALUES (?, 'machine', ?, ?, ?)",
        (hashed(code), stamp(now), stamp(now + LIFE["machine"]), stamp(now)),
    )
    return done.rowcount == 1


def hashed(code: str) -> str:
    """How a code is kept. Signed codes keep their spelling; ours forgive how they were typed."""
    plain = code if "." in code else "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
