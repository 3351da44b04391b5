"""When somebody of the programme looked at a team, and what happened there since.

Whoever calls has asked `scope` first whether the team may be seen.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store import chatted, staffing
from bot.store.times import moment, stamp

# Within this time one looks at a team once, however often the page is opened.
VISIT = timedelta(minutes=15)
# A team that talks for years; older happenings than these are told by the case itself.
MOST_EVENTS = 4000
KINDS = (
    *("SlotFilled", "SlotCleared", "SignalGiven", "SignalCleared", "StepChosen", "StepClosed"),
    *("ReadingConfirmed", "ReadingOverruled", "TipMarked", "TeamNamed", "SharingChosen"),
    *("TranscriptChosen", "HandoverBegan", "HandoverEnded", "SaidToStaff"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """`since`: the look before this visit, None on a first one; `noted`: this one is recorded."""

    since: datetime | None
    noted: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a team: `kind` is the name of its class, `data` its fields as JSON has them."""

    at: datetime
    kind: str
    data: dict[str, Any]


def visit(db: sqlite3.Connection, person: str, case_id: str, now: datetime) -> Visit:
    """Where `person` stands with a team, by the record of who read it."""
    read = _last(db, person, case_id, "read")
    row = db.execute(
        "SELECT at FROM looked WHERE person = ? AND case_id = ?", (person, case_id)
    ).fetchone()
    if read is None or now - read >= VISIT:
        return Visit(read, noted=False)
    former = moment(row[0]) if row else None
    return Visit(former if former and former < read else None, noted=True)


def looked(db: sqlite3.Connection, person: str, case_id: str, now: datetime) -> None:
    """Records that the page was shown; once a visit.

    `looked` holds the visit before this one, so that a page opened again within the visit still
    tells what changed. What came in the middle of a visit is told twice rather than never.
    """
    here = visit(db, person, case_id, now)
    if here.noted:
        return
    staffing.note(db, person, "read", case_id, now)
    db.execute(
        "INSERT INTO looked (person, case_id, at) VALUES (?, ?, ?)"
        " ON CONFLICT (person, case_id) DO UPDATE SET at = excluded.at",
        (person, case_id, stamp(here.since or now)),
    )


def transcript_read(db: sqlite3.Connection, person: str, case_id: str, now: datetime) -> None:
    """Records that the conversation was opened; once a visit."""
    last = _last(db, person, case_id, "transcript")
    if last is None or now - last >= VISIT:
        staffing.note(db, person, "transcript", case_id, now)


def _last(db: sqlite3.Connection, person: str, case_id: str, action: str) -> datetime | None:
    row = db.execute(
        # A look in the chat shows no changes, so it is none that changes are counted from.
        "SELECT max(at) FROM audit WHERE about = ? AND action = ? AND actor = ? AND detail <> ?",
        (case_id, action, person, chatted.HERE),
    ).fetchone()
    return moment(row[0]) if row[0] else None


def happened(db: sqlite3.Connection, case_id: str) -> list[Happened]:
    """What happened to a team that a change can be told from, oldest first."""
    rows = db.execute(
        "SELECT at, kind, data FROM event WHERE case_id = ?"
        " AND kind IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?",
        (case_id, json.dumps(KINDS), MOST_EVENTS),
    ).fetchall()
    return [Happened(moment(at), kind, json.loads(data)) for at, kind, data in reversed(rows)]


def joined(db: sqlite3.Connection, case_id: str, since: datetime) -> int:
    """How many people joined the team after its first one, since then."""
    row = db.execute(
        "SELECT count(*) FROM member WHERE team = (SELECT team FROM case_file WHERE id = ?1)"
        " AND joined_at > ?2 AND joined_at > (SELECT min(m.joined_at) FROM member AS m"
        " WHERE m.team = member.team)",
        (case_id, stamp(since)),
    ).fetchone()
    return int(row[0])


def stays(db: sqlite3.Connection, case_id: str) -> list[tuple[str, datetime]]:
    """(step, since when), oldest first."""
    rows = db.execute("SELECT phase, at FROM stay WHERE case_id = ? ORDER BY id", (case_id,))
    return [(phase, moment(at)) for phase, at in rows]
