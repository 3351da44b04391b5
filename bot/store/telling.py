"""Teams read piece by piece for an export, each with its case; rights are read with each piece."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.case.file import CaseFile
from bot.knowledge.text import plain
from bot.store import listing, scope, staffing
from bot.store.listing import CONDITIONS, Row, Wanted
from bot.store.staffing import Staff
from bot.store.times import stamp

# So many teams at once: few enough for a page in between, enough to be quick.
PIECE = 50


@dataclass(frozen=True, slots=True)
class Told:
    """One team of an export; `place` is where the next piece goes on."""

    place: int
    row: Row
    case: CaseFile


def piece(
    db: sqlite3.Connection,
    person: str,
    wanted: Wanted,
    now: datetime,
    after: int = 0,
    most: int = PIECE,
) -> list[Told] | None:
    """The next teams of the kind wanted, those that began first first; None without a right.

    In the order of their rows, which no change of a team moves: none is told twice or left out.
    """
    who = staffing.staff(db, person)
    if who is None:
        return None
    sql = (
        f"SELECT s.rowid, s.case_id, f.snapshot {_from(who, wanted)} AND s.rowid > :after"
        " ORDER BY s.rowid LIMIT :most"
    )
    values = {**_values(who, wanted, now), "after": after, "most": most}
    rows = db.execute(sql, values).fetchall()
    return [
        Told(place, row, CaseFile.from_json(json.loads(snapshot)))
        for place, case_id, snapshot in rows
        if (row := listing.team(db, who, case_id, now)) is not None
    ]


def note(db: sqlite3.Connection, who: Staff, wanted: Wanted, now: datetime, what: str) -> None:
    """Writes an export into the record before anything of it is sent.

    One row says what was exported; a team sees in its chat who had its file, so each has a row of
    its own as well, which the record of the desk leaves out.
    """
    teams = listing.count(db, who, wanted, now)
    staffing.note(db, who.person, "export", "", now, f"{what}; {teams}; {used(wanted)}")
    db.execute(
        "INSERT INTO audit (at, actor, action, about, detail)"
        f" SELECT :now, :viewer, 'export', s.case_id, :what {_from(who, wanted)}",
        {**_values(who, wanted, now), "what": what},
    )


def used(wanted: Wanted) -> str:
    """The filter in codes; of words that somebody typed, only that there were some."""
    codes: Sequence[str] = ("phase", "sector", "form", "language")
    found = [f"{name}={value}" for name in codes if (value := getattr(wanted, name))]
    flags = [name for name in ("text", "label", "stuck", "mine") if getattr(wanted, name)]
    return " ".join([*found, *flags]) or "all"


def _from(who: Staff, wanted: Wanted) -> str:
    asked = [sql for name, sql in CONDITIONS.items() if getattr(wanted, name)]
    condition = " AND ".join([scope.where(who), *asked])
    return f"FROM summary AS s JOIN case_file AS f ON f.id = s.case_id WHERE {condition}"


def _values(who: Staff, wanted: Wanted, now: datetime) -> dict[str, Any]:
    names = ("phase", "sector", "form", "language", "label")
    asked = {name: getattr(wanted, name) for name in names}
    return {**asked, "text": plain(wanted.text), "viewer": who.person, "now": stamp(now)}
