"""The players of a round, and the rooms in which its questions are asked as well."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.store.rounds import new_code, tidied
from bot.store.times import stamp


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who joined. `chat` is empty where nothing is sent to (web pages, groups).

    `since`: the first question they were there for; `seat`: what a lost phone comes back with;
    `named`: the trainer may see the results under this name.
    """

    id: int
    round: str
    person: str
    name: str
    language: str
    channel: str
    chat: str
    seat: str
    since: int
    named: bool


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who wants to join, from where, and where letters reach them ("" = nowhere)."""

    person: str
    channel: str
    chat: str
    language: str
    name: str = ""


COLUMNS = (
    "SELECT id, round, coalesce(person, ''), name, language, channel, chat, seat, since, named"
    " FROM player"
)


def of_person(db: sqlite3.Connection, round: str, person: str) -> Player | None:
    return _one(db.execute(f"{COLUMNS} WHERE round = ? AND person = ?", (round, person)))


def of_seat(db: sqlite3.Connection, round: str, seat: str) -> Player | None:
    return _one(db.execute(f"{COLUMNS} WHERE round = ? AND seat = ?", (round, tidied(seat))))


def of_id(db: sqlite3.Connection, number: int) -> Player | None:
    return _one(db.execute(f"{COLUMNS} WHERE id = ?", (number,)))


def everybody(db: sqlite3.Connection, round: str) -> list[Player]:
    """All players of a round, in the order in which they joined."""
    rows = db.execute(f"{COLUMNS} WHERE round = ? ORDER BY id", (round,))
    return [_player(row) for row in rows]


def count(db: sqlite3.Connection, round: str) -> int:
    row = db.execute("SELECT count(*) FROM player WHERE round = ?", (round,)).fetchone()
    return int(row[0])


def on(db: sqlite3.Connection, person: str) -> list[Player]:
    """Where `person` plays in rounds that are on, the one joined last first."""
    rows = db.execute(
        f"{COLUMNS} WHERE person = ? AND round IN (SELECT id FROM round WHERE ended_at IS NULL)"
        " ORDER BY id DESC",
        (person,),
    )
    return [_player(row) for row in rows]


def just_over(
    db: sqlite3.Connection, person: str, conversation: str, since: datetime
) -> Player | None:
    """Where `person` played in a round that ended `since`, and after which nothing else was said
    in this conversation.
    """
    ended = (
        "SELECT id FROM round WHERE ended_at >= max(?,"
        " coalesce((SELECT updated_at FROM conversation WHERE id = ?), ''))"
    )
    return _one(
        db.execute(
            f"{COLUMNS} WHERE person = ? AND round IN ({ended}) ORDER BY id DESC LIMIT 1",
            (person, stamp(since), conversation),
        )
    )


def add(
    db: sqlite3.Connection, round: str, who: Who, name: str, since: int, now: datetime
) -> Player:
    """A new player with a seat of their own."""
    seat = new_code()
    while of_seat(db, round, seat):
        seat = new_code()
    row = db.execute(
        "INSERT INTO player (round, person, name, language, channel, chat, seat, since, joined_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (round, who.person, name, who.language, who.channel, who.chat, seat, since, stamp(now)),
    ).fetchone()
    return Player(
        row[0],
        round,
        who.person,
        name,
        who.language,
        who.channel,
        who.chat,
        seat,
        since,
        named=False,
    )


def leave(db: sqlite3.Connection, player: int) -> None:
    """Nothing more is sent to this player; the seat stays theirs."""
    db.execute("UPDATE player SET chat = '' WHERE id = ?", (player,))


def rename(db: sqlite3.Connection, player: int, name: str) -> None:
    db.execute("UPDATE player SET name = ? WHERE id = ?", (name, player))


def speak(db: sqlite3.Connection, player: int, language: str) -> None:
    db.execute("UPDATE player SET language = ? WHERE id = ?", (language, player))


def agree(db: sqlite3.Connection, player: int, named: bool) -> None:
    """Whether the trainer may see the results of this player by name."""
    db.execute("UPDATE player SET named = ? WHERE id = ?", (int(named), player))


def names(db: sqlite3.Connection, round: str) -> set[str]:
    """The names taken in a round, in small letters."""
    return {
        n.casefold() for (n,) in db.execute("SELECT name FROM player WHERE round = ?", (round,))
    }


@dataclass(frozen=True, slots=True)
class Room:
    """A group chat in which a round is played."""

    channel: str
    chat: str
    language: str


def open_room(db: sqlite3.Connection, round: str, room: Room) -> None:
    db.execute(
        "INSERT OR REPLACE INTO room (round, channel, chat, language) VALUES (?, ?, ?, ?)",
        (round, room.channel, room.chat, room.language),
    )


def rooms(db: sqlite3.Connection, round: str) -> list[Room]:
    rows = db.execute("SELECT channel, chat, language FROM room WHERE round = ?", (round,))
    return [Room(*row) for row in rows]


def round_in(db: sqlite3.Connection, channel: str, chat: str) -> str:
    """The id of the round that is on in a group chat; empty where there is none."""
    row = db.execute(
        "SELECT r.id FROM room AS m JOIN round AS r ON r.id = m.round"
        " WHERE m.channel = ? AND m.chat = ? AND r.ended_at IS NULL"
        " ORDER BY r.made_at DESC LIMIT 1",
        (channel, chat),
    ).fetchone()
    return str(row[0]) if row else ""


def host_language(db: sqlite3.Connection, host: str) -> str:
    """The language a host chose for the desk, else for their talks; "" where none is known."""
    row = db.execute(
        "SELECT coalesce((SELECT nullif(language, '') FROM staff WHERE person = ?1),"
        " (SELECT language FROM person WHERE id = ?1), '')",
        (host,),
    ).fetchone()
    return str(row[0])


def _one(cursor: sqlite3.Cursor) -> Player | None:
    row = cursor.fetchone()
    return _player(row) if row else None


def _player(row: tuple[int, str, str, str, str, str, str, str, int, int]) -> Player:
    id, round, person, name, language, channel, chat, seat, since, named = row
    return Player(id, round, person, name, language, channel, chat, seat, since, bool(named))
