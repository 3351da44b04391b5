"""Lists of teams as staff filter, sort and page through them; only of teams they may see."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.knowledge.text import plain
from bot.store import scope
from bot.store.staffing import Staff
from bot.store.times import stamp

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One team. Times as stamped; `stuck`: (reason, since) that hold now, most urgent first."""

    case_id: str
    name: str
    phase: str
    form: str
    sectors: tuple[str, ...]
    language: str
    begun_at: str
    last_at: str
    step: str
    step_due: str
    slipped: int
    stuck: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    keepers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter; empty fields want nothing in particular. `stuck`, `mine`: only such teams.

    `form` "none" wants teams without one. `sort`: a key of SORTS.
    """

    text: str = ""
    phase: str = ""
    sector: str = ""
    form: str = ""
    language: str = ""
    label: str = ""
    stuck: bool = False
    mine: bool = False
    sort: str = "last"


# Most urgent first, as `bot.case.stuck` finds them.
REASONS = (
    *("help_asked", "conflict_told", "coordinator_gone", "step_slipped_twice", "money_ends"),
    *("waiting_for_other", "goal_reopened", "one_organisation_answers", "all_ideas", "silent"),
)
_RANKS = " ".join(f"WHEN '{reason}' THEN {rank}" for rank, reason in enumerate(REASONS))
# The most urgent reason that holds now, and since when: "00" and a time sort before "01".
URGENT = (
    f"(SELECT min(printf('%02d', CASE json_extract(r.value, '$[0]') {_RANKS} ELSE 50 END)"
    " || json_extract(r.value, '$[1]')) FROM json_each(s.stuck) AS r"
    " WHERE json_extract(r.value, '$[1]') <= :now)"
)
# Newest and most urgent first; names from a to z. The id makes every order the same each time.
SORTS: Mapping[str, str] = {
    "last": "s.last_at DESC, s.case_id",
    "quiet": "s.last_at, s.case_id",
    "name": "s.name COLLATE NOCASE, s.case_id",
    "phase": "s.phase, s.name COLLATE NOCASE, s.case_id",
    "due": "s.step_due IS NULL, s.step_due, s.case_id",
    "begun": "s.begun_at DESC, s.case_id",
    "urgent": f"coalesce({URGENT}, '99'), s.case_id",
}
CONDITIONS: Mapping[str, str] = {
    "phase": "s.phase = :phase",
    "sector": "instr(',' || s.sectors || ',', ',' || :sector || ',')",
    "form": "s.form = CASE :form WHEN 'none' THEN '' ELSE :form END",
    "language": "s.language = :language",
    "label": "EXISTS (SELECT 1 FROM label AS l WHERE l.case_id = s.case_id AND l.label = :label)",
    "text": "instr(s.sought, :text)",
    "stuck": "s.stuck_from <= :now",
    "mine": "EXISTS (SELECT 1 FROM assignment AS own"
    " WHERE own.case_id = s.case_id AND own.person = :viewer)",
}
COLUMNS = (
    "s.case_id, s.name, s.phase, s.form, s.sectors, s.language, s.begun_at, s.last_at, s.step,"
    " coalesce(s.step_due, ''), s.slipped, s.stuck,"
    " (SELECT json_group_array(l.label) FROM label AS l WHERE l.case_id = s.case_id),"
    " (SELECT json_group_array(w.name) FROM assignment AS a JOIN staff AS w"
    " ON w.person = a.person AND w.revoked_at IS NULL WHERE a.case_id = s.case_id)"
)


def teams(
    db: sqlite3.Connection,
    who: Staff,
    wanted: Wanted,
    now: datetime,
    most: int = PAGE,
    skip: int = 0,
) -> list[Row]:
    """At most `most` teams after the first `skip`."""
    return list(each(db, who, wanted, now, most, skip))


def each(
    db: sqlite3.Connection,
    who: Staff,
    wanted: Wanted,
    now: datetime,
    most: int = -1,
    skip: int = 0,
) -> Iterator[Row]:
    """The teams one by one, for what must not hold them all at once."""
    order = SORTS.get(wanted.sort, SORTS["last"])
    values = _values(who, wanted, now)
    # Which teams first, then what is told of them: else every team passed over would cost as much.
    found = f"SELECT s.case_id {_from(who, wanted)} ORDER BY {order} LIMIT :most OFFSET :skip"
    sql = f"SELECT {COLUMNS} FROM summary AS s WHERE s.case_id IN ({found}) ORDER BY {order}"
    for row in db.execute(sql, {**values, "most": most, "skip": skip}):
        yield _row(row, stamp(now))


def count(db: sqlite3.Connection, who: Staff, wanted: Wanted, now: datetime) -> int:
    """How many teams there are of the kind wanted."""
    sql = f"SELECT count(*) {_from(who, wanted)}"
    return int(db.execute(sql, _values(who, wanted, now)).fetchone()[0])


def phases(db: sqlite3.Connection, who: Staff) -> list[tuple[str, int]]:
    """How many teams are in each phase, of those `who` may see by name anyway."""
    sql = f"SELECT s.phase, count(*) FROM summary AS s WHERE {scope.where(who)}"
    return db.execute(f"{sql} GROUP BY s.phase ORDER BY s.phase", {"viewer": who.person}).fetchall()


def team(db: sqlite3.Connection, who: Staff, case_id: str, now: datetime) -> Row | None:
    """One team, if `who` may see it."""
    sql = f"SELECT {COLUMNS} FROM summary AS s WHERE s.case_id = :case AND {scope.where(who)}"
    row = db.execute(sql, {"case": case_id, "viewer": who.person}).fetchone()
    return _row(row, stamp(now)) if row else None


def labels(db: sqlite3.Connection, who: Staff) -> list[str]:
    """Every label on a team that `who` may see, from a to z."""
    # Each label once from its index, then one team for it; not the label of every team.
    sql = (
        "SELECT k.label FROM (SELECT DISTINCT label FROM label) AS k WHERE EXISTS ("
        "SELECT 1 FROM label AS l CROSS JOIN summary AS s ON s.case_id = l.case_id"
        f" WHERE l.label = k.label AND {scope.where(who)}) ORDER BY k.label COLLATE NOCASE"
    )
    return [row[0] for row in db.execute(sql, {"viewer": who.person})]


def _from(who: Staff, wanted: Wanted) -> str:
    asked = [sql for name, sql in CONDITIONS.items() if getattr(wanted, name)]
    return f"FROM summary AS s WHERE {' AND '.join([scope.where(who), *asked])}"


def _values(who: Staff, wanted: Wanted, now: datetime) -> dict[str, Any]:
    names = ("phase", "sector", "form", "language", "label")
    asked = {name: getattr(wanted, name) for name in names}
    return {**asked, "text": plain(wanted.text), "viewer": who.person, "now": stamp(now)}


def _row(row: tuple[Any, ...], now: str) -> Row:
    found = [(reason, since) for reason, since in json.loads(row[11]) if since <= now]
    sectors = tuple(row[4].split(",")) if row[4] else ()
    labels = tuple(sorted(json.loads(row[12]), key=str.casefold))
    keepers = tuple(sorted(json.loads(row[13]), key=str.casefold))
    values = (*row[:4], sectors, *row[5:11], tuple(found), labels, keepers)
    return Row(*values)
