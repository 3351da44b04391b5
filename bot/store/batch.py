"""One transaction's work: what was seen, worlds in and out, events, messages, what was set aside.

Every method runs on the writer's thread, between BEGIN and COMMIT, and waits for nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.case.file import CaseFile
from bot.case.learning import Learning
from bot.case.plain import plain
from bot.core.events import Event
from bot.core.message import Message
from bot.core.session import Consent, Session, World
from bot.core.turn import Turn
from bot.store import learning
from bot.store.connection import faults
from bot.store.times import moment, stamp
from bot.store.turn_sql import AGREED, LOAD, POST, SAVE_SESSION, TEAMS

# A channel's ids may begin anew after a week of silence; ours are told apart by the epoch.
SILENCE = timedelta(days=6)

Address = tuple[str, str]
"""A chat to write to: (channel, chat)."""

# Channels that fetch their letters from the outbox by themselves; nobody carries them.
FETCHED = frozenset({"web"})


# Made once. ASCII: a lone surrogate stays an escape instead of an error.
_encoder = json.JSONEncoder(separators=(",", ":"), check_circular=False)


def dumps(value: object) -> str:
    return _encoder.encode(value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a world is kept, in which version it was found (0: not yet), and whose it is.

    `person` may write in several places; `owner` is "bot", or the staff member who writes.
    """

    case_id: str | None = None
    case_version: int = 0
    version: int = 0
    person: str = ""
    owner: str = "bot"


@dataclass(slots=True)
class Batch:
    """The work of one transaction. `posted` collects the chats that have something to be sent."""

    db: sqlite3.Connection
    now: datetime
    epoch: int = 0
    posted: set[Address] = field(default_factory=set)
    erased: bool = False
    _worlds: dict[str, tuple[World, Place]] = field(default_factory=dict)
    _cases: dict[str, tuple[CaseFile, int]] = field(default_factory=dict)
    _learnt: dict[str, Learning] = field(default_factory=dict)

    def receive(self) -> None:
        """Notes that something came, and begins a new epoch after a long silence."""
        epoch, last = self.db.execute("SELECT epoch, last_received_at FROM meta").fetchone()
        quiet = last is not None and self.now - moment(last) > SILENCE
        self.epoch = epoch + 1 if quiet else epoch
        self.db.execute(
            "UPDATE meta SET epoch = ?, last_received_at = ?", (self.epoch, stamp(self.now))
        )

    def is_new(self, channel: str, key: str) -> bool:
        """True once for each turn; it stays noted even when the turn itself fails."""
        done = self.db.execute(
            "INSERT OR IGNORE INTO seen (channel, epoch, key, at) VALUES (?, ?, ?, ?)",
            (channel, self.epoch, key, stamp(self.now)),
        )
        return done.rowcount == 1

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undoes one turn alone; an error of the database goes through as StoreError."""
        with faults():
            self.db.execute("SAVEPOINT turn")
        posted = set(self.posted)
        try:
            with faults():
                yield
        except BaseException:
            self.posted = posted
            self.forget()
            # On a full disk SQLite has rolled the whole transaction back already.
            if self.db.in_transaction:
                self.db.execute("ROLLBACK TO turn")
                self.db.execute("RELEASE turn")
            raise
        self.db.execute("RELEASE turn")

    def forget(self) -> None:
        """Drops the worlds kept in memory; they are read anew."""
        self._worlds.clear()
        self._cases.clear()
        self._learnt.clear()

    def world(self, turn: Turn) -> tuple[World, Place]:
        """The world of the turn's conversation; an empty one for a newcomer."""
        kept = self._worlds.get(turn.conversation)
        world, place = kept or self._load(turn)
        # The same person may have practised in another place in this batch.
        if place.person in self._learnt:
            world = replace(world, learning=self._learnt[place.person])
        # Another member may have written to the same case in this batch.
        if place.case_id in self._cases:
            case, version = self._cases[place.case_id]
            return replace(world, case=case), replace(place, case_version=version)
        return world, place

    def _load(self, turn: Turn) -> tuple[World, Place]:
        row = self.db.execute(LOAD, (turn.conversation, person_id(turn))).fetchone()
        session, version, case_id, snapshot, case_version, text, at, person, owner, n = row[:10]
        consent = Consent(text, moment(at)) if at else None
        world = World(
            Session.from_json(json.loads(session)) if session else Session(),
            CaseFile.from_json(json.loads(snapshot)) if snapshot else CaseFile(),
            consent,
            self._teams(person) if n > 1 else (),
            learning.read(*row[10:]),
        )
        return world, Place(case_id, case_version or 0, version or 0, person, owner)

    def _teams(self, person: str) -> tuple[tuple[str, str], ...]:
        return tuple(self.db.execute(TEAMS, (person,)).fetchall())

    def save(self, turn: Turn, before: World, after: World, place: Place) -> None:
        """Writes the session and, with consent, the case; keeps both for the next turn."""
        agreed = after.consent is not None and place.case_id is not None
        self.db.execute(
            SAVE_SESSION,
            (
                turn.conversation,
                turn.channel,
                turn.chat,
                place.person,
                place.case_id,
                dumps(after.session.to_json()),
                after.session.asked,
                stamp(self.now),
            ),
        )
        place = replace(place, version=place.version + 1)
        if agreed and after.case != before.case and place.case_id:
            place = self._save_case(place.case_id, after.case, place)
        if agreed and after.learning != before.learning:
            learning.keep(self.db, place.person, after.learning, self.now)
            self._learnt[place.person] = after.learning
        kept = after if agreed else World(session=after.session, teams=after.teams)
        self._worlds[turn.conversation] = (kept, place)

    def _save_case(self, case_id: str, case: CaseFile, place: Place) -> Place:
        version = place.case_version + 1
        self.db.execute(
            "UPDATE case_file SET snapshot = ?, version = ?, updated_at = ? WHERE id = ?",
            (dumps(case.to_json()), version, stamp(self.now), case_id),
        )
        self._cases[case_id] = (case, version)
        return replace(place, case_version=version)

    def has_agreed(self, person: str) -> bool:
        """Whether `person`, by whatever of their ids, agreed to storing."""
        return self.db.execute(AGREED, (person,)).fetchone() is not None

    def record(self, turn: Turn, events: Iterable[Event], case_id: str | None) -> None:
        """Appends what happened."""
        self.record_in(turn.conversation, turn, events, case_id)

    def record_in(
        self, conversation: str, turn: Turn, events: Iterable[Event], case_id: str | None
    ) -> None:
        """`record` for a turn that is not the conversation's own."""
        self.db.executemany(
            "INSERT INTO event (conversation, case_id, turn, at, kind, data)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    conversation,
                    case_id,
                    self.turn_key(turn.channel, turn.key),
                    stamp(turn.at),
                    type(event).__name__,
                    dumps(plain(event)),
                )
                for event in events
            ],
        )

    def post(
        self, where: Address, key: str, messages: Iterable[Message], conversation: str = ""
    ) -> None:
        """Puts messages into the outbox under `key` (see `turn_key`).

        Without a `conversation` nobody's erasure would find them: they vanish once sent.
        """
        rows = [
            (
                f"{key}:{n}",
                *where,
                conversation,
                dumps(plain(message)),
                not conversation,
                stamp(self.now),
                "sent" if where[0] in FETCHED else "pending",
            )
            for n, message in enumerate(messages)
        ]
        if rows:
            self.db.executemany(POST, rows)
            self.posted.add(where)

    def set_aside(self, where: Address, key: str, conversation: str, raw: str, error: str) -> None:
        """Keeps a turn that could not be served; `where[0]` is its channel."""
        self.db.execute(
            "INSERT INTO set_aside (channel, key, conversation, raw, error, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (where[0], key, conversation, raw, error, stamp(self.now)),
        )

    def turn_key(self, channel: str, key: str) -> str:
        return f"{channel}:{self.epoch}:{key}"


def language_of(db: sqlite3.Connection, conversation: str) -> str:
    """The language chosen in a conversation; empty where none is known."""
    row = db.execute(
        "SELECT json_extract(session, '$.language') FROM conversation WHERE id = ?",
        (conversation,),
    ).fetchone()
    return str(row[0]) if row and row[0] else ""


def person_id(turn: Turn) -> str:
    return f"{turn.channel}:{turn.person}"
