"""Persons, teams and their consent; what is exported of a person, and how all of it is erased."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any

from bot.case.file import CaseFile
from bot.core.session import Consent
from bot.core.turn import Turn
from bot.store.batch import Batch, Place, dumps, person_id
from bot.store.times import stamp


def agree(batch: Batch, turn: Turn, consent: Consent, new_id: str, place: Place) -> Place:
    """Notes the consent; makes the person and, where there is none, a team with its case."""
    db, person, at = batch.db, person_id(turn), stamp(turn.at)
    db.execute(
        "INSERT OR IGNORE INTO person (id, language, created_at) VALUES (?, ?, ?)",
        (person, turn.language, at),
    )
    db.execute(
        "INSERT OR IGNORE INTO consent (person, text_version, at) VALUES (?, ?, ?)",
        (person, consent.text_version, stamp(consent.at)),
    )
    if place.case_id is not None:
        return place
    db.execute("INSERT INTO team (id, created_at) VALUES (?, ?)", (new_id, at))
    db.execute(
        "INSERT INTO member (person, team, joined_at) VALUES (?, ?, ?)", (person, new_id, at)
    )
    db.execute(
        "INSERT INTO case_file (id, team, version, snapshot, updated_at) VALUES (?, ?, 0, ?, ?)",
        (new_id, new_id, dumps(CaseFile(id=new_id).to_json()), at),
    )
    return replace(place, case_id=new_id)


def name_team(batch: Batch, case_id: str, name: str) -> None:
    batch.db.execute(
        "UPDATE team SET name = ? WHERE id = (SELECT team FROM case_file WHERE id = ?)",
        (name, case_id),
    )


def choose_language(batch: Batch, person: str, language: str) -> None:
    batch.db.execute("UPDATE person SET language = ? WHERE id = ?", (language, person))


def exported(db: sqlite3.Connection, person: str) -> dict[str, Any]:
    """Every stored row about `person`, table by table, JSON columns opened."""
    return {table: _rows(db, sql, person) for table, sql in EXPORT.items()}


def _rows(db: sqlite3.Connection, sql: str, person: str) -> list[dict[str, Any]]:
    cursor = db.execute(sql, (person,))
    names = [column[0] for column in cursor.description]
    return [
        {name: _opened(name, value) for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _opened(name: str, value: Any) -> Any:
    if name in JSON_COLUMNS and value:
        return json.loads(value)
    return value


def erase(batch: Batch, person: str, subject: str) -> None:
    """Deletes all that is stored of `person`, and their team where nobody else is left in it.

    `subject` is the keyed hash that remains, so that a restored backup can be erased again.
    """
    db = batch.db
    db.execute("UPDATE meta SET erasing = 1")
    own = [row[0] for row in db.execute(OWN_TEAMS, (person,))]
    _hide_author(db, person)
    for sql in ERASE_PERSON:
        db.execute(sql, (person,))
    for team in own:
        for sql in ERASE_TEAM:
            db.execute(sql, (team,))
    db.execute("INSERT INTO erasure (subject_hmac, at) VALUES (?, ?)", (subject, stamp(batch.now)))
    db.execute("UPDATE meta SET erasing = 0")
    batch.forget()
    batch.erased = True


def _hide_author(db: sqlite3.Connection, person: str) -> None:
    """In a case that others still share, takes this person's id off the answers."""
    bare = person.partition(":")[2]
    for case_id, snapshot in db.execute(SHARED_CASES, (person,)).fetchall():
        case = CaseFile.from_json(json.loads(snapshot))
        answers = {
            slot: replace(a, by="", message="") if a.by in (person, bare) else a
            for slot, a in case.answers.items()
        }
        db.execute(
            "UPDATE case_file SET snapshot = ?, version = version + 1 WHERE id = ?",
            (dumps(replace(case, answers=answers).to_json()), case_id),
        )


JSON_COLUMNS = {"session", "snapshot", "data", "raw"}

# Columns that hold nothing of the person (counters, leases, hashes) are named in a test, each
# with its reason; that test finds every new column that is on neither side.
EXPORT = {
    "person": "SELECT id, language, created_at FROM person WHERE id = ?1",
    "consent": "SELECT text_version, at, withdrawn_at FROM consent WHERE person = ?1",
    "member": "SELECT team, role, organisation, sector, joined_at FROM member WHERE person = ?1",
    "team": "SELECT id, name, created_at FROM team WHERE id IN (SELECT team FROM member"
    " WHERE person = ?1)",
    "case_file": "SELECT id, team, version, snapshot, updated_at FROM case_file"
    " WHERE team IN (SELECT team FROM member WHERE person = ?1)",
    "conversation": "SELECT id, channel, chat, person, case_id, session, owner, updated_at"
    " FROM conversation WHERE person = ?1",
    "event": "SELECT conversation, case_id, turn, at, kind, data FROM event"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "timer": "SELECT conversation, kind, about, due_at, fired_at FROM timer"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    # Without the words: an export would hold the ones before it that are not sent yet.
    "outbox": "SELECT channel, chat, conversation, lane, status, message_id, expires_at,"
    " created_at FROM outbox"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "set_aside": "SELECT channel, key, conversation, raw, at FROM set_aside"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "audit": "SELECT at, actor, action, about, detail FROM audit WHERE actor = ?1",
}

OWN_TEAMS = """
SELECT m.team FROM member AS m WHERE m.person = ?1
AND NOT EXISTS (SELECT 1 FROM member AS o WHERE o.team = m.team AND o.person <> ?1)
"""
SHARED_CASES = """
SELECT f.id, f.snapshot FROM case_file AS f JOIN member AS m ON m.team = f.team
WHERE m.person = ?1
AND EXISTS (SELECT 1 FROM member AS o WHERE o.team = m.team AND o.person <> ?1)
"""

# In this order: what refers goes before what is referred to.
ERASE_PERSON = (
    "DELETE FROM event WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "DELETE FROM timer WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "DELETE FROM outbox WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "DELETE FROM set_aside WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "UPDATE audit SET actor = '', about = '', detail = '' WHERE actor = ?1 OR about = ?1",
    "DELETE FROM consent WHERE person = ?1",
    "DELETE FROM member WHERE person = ?1",
    "DELETE FROM conversation WHERE person = ?1",
    "DELETE FROM person WHERE id = ?1",
)
ERASE_TEAM = (
    "DELETE FROM event WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "UPDATE audit SET about = '', detail = '' WHERE about = ?1"
    " OR about IN (SELECT id FROM case_file WHERE team = ?1)",
    "UPDATE conversation SET case_id = NULL WHERE case_id IN (SELECT id FROM case_file"
    " WHERE team = ?1)",
    "DELETE FROM case_file WHERE team = ?1",
    "DELETE FROM team WHERE id = ?1",
)
