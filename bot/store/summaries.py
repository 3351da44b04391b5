"""The row a team has in the lists of the desk, written in the same commit as its case."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.case.overview import Overview
from bot.case.stuck import Stuck
from bot.store.times import stamp


def members(db: sqlite3.Connection, case_id: str) -> int:
    """How many people share the case."""
    row = db.execute(MEMBERS, (case_id,)).fetchone()
    return int(row[0])


def last_at(db: sqlite3.Connection, case_id: str) -> str:
    """The team's last sign of life as stamped; empty where it has no row yet."""
    row = db.execute("SELECT last_at FROM summary WHERE case_id = ?", (case_id,)).fetchone()
    return str(row[0]) if row else ""


def write(
    db: sqlite3.Connection, case_id: str, seen: Overview, language: str, last: str, now: datetime
) -> None:
    """Writes the whole row, and notes since when the team is in its phase."""
    db.execute(
        WRITE,
        {
            "case_id": case_id,
            "shared": seen.shared,
            "name": seen.name,
            "phase": seen.phase,
            "form": seen.form,
            "sectors": ",".join(seen.sectors),
            "language": language,
            "now": stamp(now),
            "last": last,
            "step": seen.step,
            "due": seen.step_due.isoformat() if seen.step_due else None,
            "slipped": seen.slipped,
            "asked": seen.asked,
            "sought": seen.sought,
            "tips": "".join(f"{tip}={said}," for tip, said in seen.tips),
            "read": seen.read,
            **_stuck(seen.stuck),
        },
    )
    db.execute(STAY, {"case_id": case_id, "phase": seen.phase, "at": stamp(now)})


def alive(db: sqlite3.Connection, case_id: str, last: str, stuck: Sequence[Stuck]) -> None:
    """Notes a sign of life that changed nothing in the case."""
    db.execute(ALIVE, {"case_id": case_id, "last": last, **_stuck(stuck)})


def _stuck(found: Sequence[Stuck]) -> dict[str, str | None]:
    reasons = [[each.reason, stamp(each.since)] for each in found]
    return {
        "stuck": json.dumps(reasons, separators=(",", ":")),
        "stuck_from": min((since for _, since in reasons), default=None),
    }


MEMBERS = """
SELECT count(*) FROM member WHERE team = (SELECT team FROM case_file WHERE id = ?)
"""
WRITE = """
INSERT INTO summary (case_id, shared, name, phase, form, sectors, language, begun_at, last_at,
    step, step_due, slipped, asked, stuck, stuck_from, sought, tips, read)
VALUES (:case_id, :shared, :name, :phase, :form, :sectors, :language, :now, :last,
    :step, :due, :slipped, :asked, :stuck, :stuck_from, :sought, :tips, :read)
ON CONFLICT (case_id) DO UPDATE SET shared = excluded.shared, name = excluded.name,
    phase = excluded.phase, form = excluded.form, sectors = excluded.sectors,
    language = excluded.language, last_at = excluded.last_at, step = excluded.step,
    step_due = excluded.step_due, slipped = excluded.slipped, asked = excluded.asked,
    stuck = excluded.stuck, stuck_from = excluded.stuck_from, sought = excluded.sought,
    tips = excluded.tips, read = excluded.read
"""
STAY = """
INSERT INTO stay (case_id, phase, at) SELECT :case_id, :phase, :at WHERE :phase IS NOT (
    SELECT phase FROM stay WHERE case_id = :case_id ORDER BY id DESC LIMIT 1)
"""
ALIVE = """
UPDATE summary SET last_at = :last, stuck = :stuck, stuck_from = :stuck_from
WHERE case_id = :case_id
"""
