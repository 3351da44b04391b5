"""What only the made-up world asks of the store: who is there already, and a past all at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.core.turn import Turn
from bot.quiz.item import Item
from bot.store import replies, rounds
from bot.store.batch import Batch, person_id
from bot.store.replies import Reply
from bot.store.rounds import Live
from bot.store.times import stamp

Row = tuple[datetime, str, str]
"""When something happened, the kind of the event, and its data as JSON."""


def teams(db: sqlite3.Connection) -> frozenset[str]:
    """The ids of all teams stored."""
    return frozenset(row[0] for row in db.execute("SELECT id FROM team"))


def join(batch: Batch, turn: Turn, team: str) -> None:
    """Makes the person of `turn`, who is stored already, a member of `team`; twice is harmless."""
    batch.db.execute(
        "INSERT OR IGNORE INTO member (person, team, joined_at) VALUES (?, ?, ?)",
        (person_id(turn), team, stamp(turn.at)),
    )


def record(db: sqlite3.Connection, turn: Turn, case_id: str, rows: Iterable[Row]) -> None:
    """Appends what happened at several times, as `Batch.record` would have turn by turn."""
    where, head = turn.conversation, f"{turn.channel}:0:{turn.person}-"
    db.executemany(
        "INSERT INTO event (conversation, case_id, turn, at, kind, data) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (where, case_id, f"{head}{n}", stamp(at), kind, data)
            for n, (at, kind, data) in enumerate(rows, 1)
        ),
    )


def stayed(db: sqlite3.Connection, case_id: str, stays: Iterable[tuple[str, datetime]]) -> None:
    """In which phase the team was from when."""
    db.executemany(
        "INSERT INTO stay (case_id, phase, at) VALUES (?, ?, ?)",
        ((case_id, phase, stamp(at)) for phase, at in stays),
    )


def tend(
    db: sqlite3.Connection, case_id: str, author: str, at: datetime, notes: Iterable[str]
) -> None:
    """Notes of staff on a team."""
    db.executemany(
        "INSERT INTO note (case_id, author, at, text) VALUES (?, ?, ?, ?)",
        ((case_id, author, stamp(at), text) for text in notes),
    )


def label(db: sqlite3.Connection, case_id: str, labels: Iterable[str]) -> None:
    db.executemany(
        "INSERT INTO label (case_id, label) VALUES (?, ?)", ((case_id, text) for text in labels)
    )


def assign(db: sqlite3.Connection, case_id: str, person: str) -> None:
    db.execute("INSERT INTO assignment (case_id, person) VALUES (?, ?)", (case_id, person))


class Seat(Protocol):
    """A made-up player of a round."""

    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def seat(self) -> str: ...
    @property
    def since(self) -> int: ...
    @property
    def named(self) -> bool: ...


def play(
    db: sqlite3.Connection,
    live: Live,
    items: Sequence[Item],
    seats: Iterable[Seat],
    told: Iterable[Reply],
) -> None:
    """A round with all that was answered in it; players of no channel, who are sent nothing."""
    rounds.put(db, live, items)
    ids = {}
    for seat in seats:
        values = (live.id, seat.name, seat.language, seat.seat, seat.since, int(seat.named))
        row = db.execute(
            "INSERT INTO player (round, name, language, seat, since, named, joined_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (*values, stamp(live.made_at)),
        ).fetchone()
        ids[seat.number] = row[0]
    for reply in told:
        replies.keep(db, live.id, replace(reply, player=ids[reply.player]), live.acted_at)
