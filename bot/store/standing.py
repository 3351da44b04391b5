"""Where a conversation stands: its language, its present question, and whether it is kept."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """`asked`: the number of the present question; `case_id`: empty before there is one."""

    language: str
    asked: int
    agreed: bool
    case_id: str


def standing(db: sqlite3.Connection, conversation: str, person: str) -> Standing:
    """How things stand for `person` in `conversation`; all empty for a newcomer."""
    row = db.execute(
        "SELECT json_extract(c.session, '$.language'), c.question_nonce, c.case_id,"
        " EXISTS (SELECT 1 FROM consent WHERE person = ?2 AND withdrawn_at IS NULL)"
        " FROM (SELECT ?1 AS id) AS k LEFT JOIN conversation AS c ON c.id = k.id",
        (conversation, person),
    ).fetchone()
    return Standing(row[0] or "", row[1] or 0, bool(row[3]), row[2] or "")
