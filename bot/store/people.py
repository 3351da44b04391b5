"""Persons, teams and their consent; what is exported of a person, and how all of it is erased."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any

from bot.case.file import CaseFile
from bot.core.session import Consent
from bot.core.turn import Turn
from bot.knowledge.text import plain
from bot.store import players
from bot.store.batch import Batch, Place, dumps
from bot.store.people_sql import (
    ALIASES,
    ASKED_ALONE,
    ERASE_NOTICES,
    ERASE_PERSON,
    ERASE_STAFF,
    ERASE_TEAM,
    EXPORT,
    OWN_TEAMS,
    SHARED_CASES,
)
from bot.store.times import stamp


def agree(batch: Batch, turn: Turn, consent: Consent, new_id: str, place: Place) -> Place:
    """Notes the consent; makes the person and, where there is none, a team with its case."""
    db, person, at = batch.db, place.person, stamp(turn.at)
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
    # The name leaves the walls it stands on now.
    batch.posted |= {("round", player.round) for player in players.on(db, person)}
    own = [row[0] for row in db.execute(OWN_TEAMS, (person,))]
    _hide_author(db, person)
    was_staff = db.execute("SELECT 1 FROM staff WHERE person = ?", (person,)).fetchone()
    for sql in (*(ERASE_STAFF if was_staff else ()), *ERASE_PERSON):
        db.execute(sql, (person,))
    for team in own:
        _unteach(db, team)
        for sql in ERASE_TEAM:
            db.execute(sql, (team,))
    db.execute(ERASE_NOTICES)
    db.execute("INSERT INTO erasure (subject_hmac, at) VALUES (?, ?)", (subject, stamp(batch.now)))
    db.execute("UPDATE meta SET erasing = 0")
    batch.forget()
    batch.erased = True


def _hide_author(db: sqlite3.Connection, person: str) -> None:
    """In a case that others still share, takes this person's id off the answers."""
    ids = {person, *(row[0] for row in db.execute(ALIASES, (person,)))}
    ids |= {each.partition(":")[2] for each in ids}
    for case_id, snapshot in db.execute(SHARED_CASES, (person,)).fetchall():
        case = CaseFile.from_json(json.loads(snapshot))
        answers = {
            slot: replace(a, by="", message="") if a.by in ids else a
            for slot, a in case.answers.items()
        }
        db.execute(
            "UPDATE case_file SET snapshot = ?, version = version + 1 WHERE id = ?",
            (dumps(replace(case, answers=answers).to_json()), case_id),
        )


def _unteach(db: sqlite3.Connection, team: str) -> None:
    """What staff taught in the words of this team alone goes with it."""
    for (question,) in db.execute(ASKED_ALONE, (team,)).fetchall():
        for number, taught in db.execute("SELECT id, question FROM taught").fetchall():
            if plain(taught) == question:
                db.execute("DELETE FROM taught WHERE id = ?", (number,))


JSON_COLUMNS = {"session", "snapshot", "data", "raw", "message", "stuck", "cards"}
