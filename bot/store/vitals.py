"""How the service is: what waits, what was set aside, how much room there is."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.store.times import moment

# What waits longer than this, or less room than this, needs somebody.
SLOW_SECONDS, LITTLE_ROOM = 60, 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Vitals:
    """Seconds, bytes and counts; `oldest_unsent` and `since_last` None where there is none."""

    unsent: int
    oldest_unsent: float | None
    set_aside: int
    since_last: float | None
    database: int
    free: int
    memory: int

    @property
    def is_well(self) -> bool:
        return (self.oldest_unsent or 0) <= SLOW_SECONDS and self.free >= LITTLE_ROOM


def vitals(db: sqlite3.Connection, path: Path, now: datetime) -> Vitals:
    """Read at this moment."""
    unsent, oldest = db.execute(
        # A terminal shows its letters when somebody sits there; made-up teams have nobody.
        "SELECT count(*), min(created_at) FROM outbox WHERE status = 'pending'"
        " AND channel NOT IN ('seed', 'terminal')"
    ).fetchone()
    aside = db.execute("SELECT count(*) FROM set_aside").fetchone()[0]
    last = db.execute("SELECT last_received_at FROM meta").fetchone()[0]
    return Vitals(
        unsent=unsent,
        oldest_unsent=_ago(oldest, now),
        set_aside=aside,
        since_last=_ago(last, now),
        database=path.stat().st_size,
        free=shutil.disk_usage(path.parent).free,
        memory=_memory(),
    )


def can_write(db: sqlite3.Connection) -> None:
    """A commit that changes nothing; StoreError where none can be made."""
    db.execute("UPDATE meta SET epoch = epoch")


def _ago(at: str | None, now: datetime) -> float | None:
    return max(0.0, (now - moment(at)).total_seconds()) if at else None


def _memory() -> int:
    """What the process occupies; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
