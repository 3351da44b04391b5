"""Which teams have to do with a tip, for those who are about to change its words."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.store import figures, scope
from bot.store.figures import Count
from bot.store.staffing import Staff


@dataclass(frozen=True, slots=True)
class Touched:
    """`mark`: what the team said of the tip, or empty; `chosen`: its next step grew from it."""

    case_id: str
    name: str
    mark: str
    chosen: bool


def touched(db: sqlite3.Connection, who: Staff, tip: str) -> list[Touched]:
    """Teams that `who` may see and that marked `tip` or took their next step from it, by name."""
    sql = f"{TEAMS} AND {scope.where(who)} ORDER BY s.name COLLATE NOCASE, s.case_id"
    rows = db.execute(sql, {**_values(tip), "viewer": who.person})
    return [_touched(case_id, name, marks, tip) for case_id, name, marks in rows]


def everywhere(db: sqlite3.Connection, tip: str) -> Count:
    """About how many teams of the whole programme these are."""
    return figures.rounded(len(db.execute(f"{TEAMS} AND {scope.SHARED}", _values(tip)).fetchall()))


def _touched(case_id: str, name: str, marks: str, tip: str) -> Touched:
    said = [mark.partition("=")[2] for mark in marks.split(",") if mark.startswith(f"{tip}=")]
    mark = next((each for each in said if each != "chosen"), "")
    return Touched(case_id, name, mark, "chosen" in said)


def _values(tip: str) -> dict[str, str]:
    """Ids are made of letters, digits, dots and lines; whatever else there is finds nothing."""
    return {"mark": f",{tip}="}


TEAMS = """
SELECT s.case_id, s.name, s.tips FROM summary AS s WHERE instr(',' || s.tips, :mark)"""
