"""A team's case by its id, read or changed outside a founder's turn."""

from __future__ import annotations

import json
import sqlite3

from bot.case.file import CaseFile
from bot.store.batch import Batch, dumps
from bot.store.times import stamp


def load(db: sqlite3.Connection, case_id: str) -> tuple[CaseFile, int] | None:
    """The case and its version."""
    row = db.execute("SELECT snapshot, version FROM case_file WHERE id = ?", (case_id,)).fetchone()
    return (CaseFile.from_json(json.loads(row[0])), int(row[1])) if row else None


def change(batch: Batch, case_id: str, case: CaseFile) -> None:
    """Writes the case anew; worlds kept in memory are read again."""
    batch.db.execute(
        "UPDATE case_file SET snapshot = ?, version = version + 1, updated_at = ? WHERE id = ?",
        (dumps(case.to_json()), stamp(batch.now), case_id),
    )
    batch.forget()
