"""The answers of a round: kept once a player and question, and counted."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.times import moment, stamp


@dataclass(frozen=True, slots=True)
class Reply:
    """One player's answer to one question; `choice`: places as tapped."""

    player: int
    place: int
    choice: tuple[int, ...]
    right: bool
    points: int


def keep(db: sqlite3.Connection, round: str, reply: Reply, now: datetime) -> bool:
    """Keeps the first answer; False where there is one already, which stays."""
    done = db.execute(
        "INSERT OR IGNORE INTO reply (round, place, player, choice, is_right, points, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            round,
            reply.place,
            reply.player,
            json.dumps(reply.choice),
            int(reply.right),
            reply.points,
            stamp(now),
        ),
    )
    return done.rowcount == 1


def change(db: sqlite3.Connection, round: str, reply: Reply, now: datetime) -> None:
    """Another choice for a question that is answered by several taps."""
    db.execute(
        "UPDATE reply SET choice = ?, is_right = ?, points = ?, at = ?"
        " WHERE round = ? AND place = ? AND player = ?",
        (
            json.dumps(reply.choice),
            int(reply.right),
            reply.points,
            stamp(now),
            round,
            reply.place,
            reply.player,
        ),
    )


def move(db: sqlite3.Connection, goes: int, to: int, *, before: int, asked: int | None) -> None:
    """What one player answered becomes another's, who is the same person.

    Only to the question that is `asked` now, and to those `before` the other came: else whoever
    opened five windows could choose one of them after the answer was shown. A blank gives way.
    """
    values = {"goes": goes, "to": to, "before": before, "asked": asked}
    for sql in MOVE:
        db.execute(sql, values)


MOVE = (
    "DELETE FROM reply WHERE player = :to AND choice = '[]' AND place IN (SELECT place FROM reply"
    " WHERE player = :goes AND (place < :before OR place = :asked) AND choice <> '[]')",
    "UPDATE OR IGNORE reply SET player = :to"
    " WHERE player = :goes AND (place < :before OR place = :asked)",
    "DELETE FROM reply WHERE player = :goes",
    # Whichever screen showed the question first began the time.
    "INSERT INTO delivered (round, place, player, at)"
    " SELECT round, place, :to, at FROM delivered WHERE player = :goes"
    " ON CONFLICT (round, place, player) DO UPDATE SET at = min(at, excluded.at)",
    "DELETE FROM delivered WHERE player = :goes",
)


def choice(db: sqlite3.Connection, round: str, place: int, player: int) -> tuple[int, ...] | None:
    """What a player answered to a question; None where they have not."""
    row = db.execute(
        "SELECT choice FROM reply WHERE round = ? AND place = ? AND player = ?",
        (round, place, player),
    ).fetchone()
    return tuple(json.loads(row[0])) if row else None


def every(db: sqlite3.Connection, round: str) -> list[Reply]:
    """All answers of a round, question by question."""
    rows = db.execute(
        "SELECT player, place, choice, is_right, points FROM reply WHERE round = ?"
        " ORDER BY place, player",
        (round,),
    )
    return [Reply(p, n, tuple(json.loads(c)), bool(r), points) for p, n, c, r, points in rows]


def choices(db: sqlite3.Connection, round: str, place: int) -> dict[int, tuple[int, ...]]:
    """What everybody answered to a question, by player."""
    rows = db.execute(
        "SELECT player, choice FROM reply WHERE round = ? AND place = ?", (round, place)
    )
    return {player: tuple(json.loads(text)) for player, text in rows}


def of_player(db: sqlite3.Connection, round: str, player: int) -> list[Reply]:
    rows = db.execute(
        "SELECT player, place, choice, is_right, points FROM reply WHERE round = ? AND player = ?"
        " ORDER BY place",
        (round, player),
    )
    return [Reply(p, n, tuple(json.loads(c)), bool(r), points) for p, n, c, r, points in rows]


def answered(db: sqlite3.Connection, round: str, place: int) -> int:
    """How many answered a question."""
    row = db.execute(
        "SELECT count(*) FROM reply WHERE round = ? AND place = ? AND choice <> '[]'",
        (round, place),
    ).fetchone()
    return int(row[0])


def split(db: sqlite3.Connection, round: str, place: int) -> Counter[int]:
    """How often each option was chosen; whoever chose two counts for both."""
    found: Counter[int] = Counter()
    rows = db.execute(
        "SELECT choice, count(*) FROM reply WHERE round = ? AND place = ? GROUP BY choice",
        (round, place),
    )
    for text, n in rows:
        for option in json.loads(text):
            found[option] += n
    return found


def delivered(db: sqlite3.Connection, round: str, place: int, player: int, now: datetime) -> None:
    """The question reached a player, who may be gone by now; the first time counts."""
    db.execute(
        "INSERT OR IGNORE INTO delivered (round, place, player, at)"
        " SELECT round, ?, id, ? FROM player WHERE round = ? AND id = ?",
        (place, stamp(now), round, player),
    )


def delivered_at(db: sqlite3.Connection, round: str, place: int, player: int) -> datetime | None:
    row = db.execute(
        "SELECT at FROM delivered WHERE round = ? AND place = ? AND player = ?",
        (round, place, player),
    ).fetchone()
    return moment(row[0]) if row else None


@dataclass(frozen=True, slots=True)
class Missed:
    """An entry of the knowledge base whose questions many got wrong, over all rounds."""

    item: str
    answered: int
    wrong: int


def often_wrong(db: sqlite3.Connection, fewest: int, share: float) -> list[Missed]:
    """Items that at least `fewest` players answered and more than `share` of them wrongly.

    Questions that a host skipped do not count.
    """
    rows = db.execute(
        "SELECT i.item_id, count(*), sum(1 - r.is_right) AS wrong FROM reply AS r"
        " JOIN round_item AS i ON i.round = r.round AND i.place = r.place"
        " WHERE r.choice <> '[]' AND NOT EXISTS (SELECT 1 FROM round AS o,"
        " json_each(o.snapshot, '$.skipped') AS s WHERE o.id = r.round AND s.value = r.place)"
        " GROUP BY i.item_id HAVING count(*) >= ? AND wrong > ? * count(*)"
        " ORDER BY wrong * 1.0 / count(*) DESC, i.item_id",
        (fewest, share),
    )
    return [Missed(*row) for row in rows]


def totals(found: Mapping[int, int], options: int) -> list[int]:
    """A split as one number an option."""
    return [found.get(place, 0) for place in range(options)]
