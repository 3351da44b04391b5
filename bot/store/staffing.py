"""Who may use the desk: rights, sign-ins, and the record of what was read and done there."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.store.times import moment, stamp

Role = Literal["trainer", "staff", "admin"]
ROLES: tuple[Role, ...] = ("trainer", "staff", "admin")
UNNAMED = "Admin"  # whom the settings or the machine made admin, until a name is given

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
# Writing down each request would make every page a commit.
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody with a right; `person` is the id they are known by in the channels."""

    person: str
    name: str
    role: Role
    language: str = ""

    @property
    def sees_all(self) -> bool:
        """Whether teams need not be assigned to be seen."""
        return self.role != "trainer"

    @property
    def signature(self) -> str:
        """The name as it goes under a paper; empty until one was given."""
        return "" if self.name == UNNAMED else self.name


@dataclass(frozen=True, slots=True)
class Signin:
    """One open sign-in: `hash` names it without letting anybody in."""

    hash: str
    browser: str
    made_at: datetime
    seen_at: datetime


def grant(
    db: sqlite3.Connection, person: str, name: str, role: Role, by: str, now: datetime
) -> None:
    """Gives `person` a right, or another one than before."""
    db.execute(
        "INSERT INTO staff (person, name, role, granted_by, granted_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person) DO UPDATE SET name = excluded.name, role = excluded.role,"
        " granted_by = excluded.granted_by, granted_at = excluded.granted_at, revoked_at = NULL",
        (person, name, role, by, stamp(now)),
    )
    note(db, by, f"grant_{role}", person, now, name)


def revoke(db: sqlite3.Connection, person: str, by: str, now: datetime) -> None:
    """Takes the right away; the next request of every sign-in is refused."""
    db.execute("UPDATE staff SET revoked_at = ? WHERE person = ?", (stamp(now), person))
    db.execute("DELETE FROM signin WHERE person = ?", (person,))
    db.execute("DELETE FROM assignment WHERE person = ?", (person,))
    # Nobody else would answer there.
    db.execute("UPDATE conversation SET owner = 'bot' WHERE owner = ?", (person,))
    note(db, by, "revoke", person, now)


def staff(db: sqlite3.Connection, person: str) -> Staff | None:
    """The right `person` holds now, if any."""
    row = db.execute(
        "SELECT person, name, role, language FROM staff WHERE person = ? AND revoked_at IS NULL",
        (person,),
    ).fetchone()
    return Staff(*row) if row else None


def everybody(db: sqlite3.Connection) -> list[Staff]:
    """All who hold a right, by name."""
    rows = db.execute(
        "SELECT person, name, role, language FROM staff WHERE revoked_at IS NULL"
        " ORDER BY name COLLATE NOCASE, person"
    )
    return [Staff(*row) for row in rows]


def sign_in(db: sqlite3.Connection, person: str, browser: str, now: datetime) -> str:
    """A new sign-in; returns the secret for the cookie, kept here only as a hash."""
    secret = secrets.token_urlsafe(32)
    db.execute(
        "INSERT INTO signin (hash, person, browser, made_at, seen_at) VALUES (?, ?, ?, ?, ?)",
        (hashed(secret), person, browser, stamp(now), stamp(now)),
    )
    note(db, person, "sign_in", person, now)
    return secret


def signed_in(db: sqlite3.Connection, secret: str, now: datetime) -> tuple[Staff, Signin] | None:
    """Whose sign-in `secret` opens; None after half an hour idle, twelve in all, or revoked."""
    row = db.execute(
        "SELECT hash, browser, made_at, seen_at, person FROM signin WHERE hash = ?",
        (hashed(secret),),
    ).fetchone()
    if row is None:
        return None
    found = Signin(row[0], row[1], moment(row[2]), moment(row[3]))
    if now - found.seen_at > IDLE or now - found.made_at > LONGEST:
        return None
    who = staff(db, row[4])
    return (who, found) if who else None


def is_over(db: sqlite3.Connection, secret: str, now: datetime) -> bool:
    """Whether `secret` opens no more what it opened once."""
    row = db.execute("SELECT 1 FROM signin WHERE hash = ?", (hashed(secret),)).fetchone()
    return row is not None and signed_in(db, secret, now) is None


def forget(db: sqlite3.Connection, secret: str) -> None:
    """Deletes a sign-in that is over, so that a clock put back does not revive it."""
    db.execute("DELETE FROM signin WHERE hash = ?", (hashed(secret),))


def speak(db: sqlite3.Connection, person: str, language: str) -> None:
    db.execute("UPDATE staff SET language = ? WHERE person = ?", (language, person))


def rename(db: sqlite3.Connection, person: str, name: str) -> None:
    db.execute("UPDATE staff SET name = ? WHERE person = ?", (name, person))


def seen(db: sqlite3.Connection, sign: str, now: datetime) -> None:
    db.execute("UPDATE signin SET seen_at = ? WHERE hash = ?", (stamp(now), sign))


def sign_ins(db: sqlite3.Connection, person: str, now: datetime) -> list[Signin]:
    """The open sign-ins of `person`, newest first."""
    rows = db.execute(
        "SELECT hash, browser, made_at, seen_at FROM signin WHERE person = ? AND seen_at > ?"
        " AND made_at > ? ORDER BY made_at DESC",
        (person, stamp(now - IDLE), stamp(now - LONGEST)),
    )
    return [Signin(h, browser, moment(made), moment(at)) for h, browser, made, at in rows]


def sign_out(db: sqlite3.Connection, person: str, sign: str, now: datetime) -> None:
    """Ends one sign-in of `person`; `sign` is its hash."""
    db.execute("DELETE FROM signin WHERE hash = ? AND person = ?", (sign, person))
    note(db, person, "sign_out", person, now)


def note(
    db: sqlite3.Connection, actor: str, action: str, about: str, now: datetime, detail: str = ""
) -> None:
    """Writes into the record who did what to whom or to which case; ids only, never words."""
    db.execute(
        "INSERT INTO audit (at, actor, action, about, detail) VALUES (?, ?, ?, ?, ?)",
        (stamp(now), actor, action, about, detail),
    )


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
