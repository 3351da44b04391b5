"""Who sits where in a round: a seat that somebody takes over, and two players who become one."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from bot.store import players, replies, rounds
from bot.store.players import Player, Who


def sit(db: sqlite3.Connection, player: Player, who: Who) -> Player:
    """From now on the player's seat is `who`'s, with its points; whoever `who` was here goes."""
    mine = players.of_person(db, player.round, who.person)
    stays = join(db, player, mine) if mine and mine.id != player.id else player
    db.execute(
        "UPDATE player SET person = ?, language = ?, channel = ?, chat = ? WHERE id = ?",
        (who.person, who.language, who.channel, who.chat, stays.id),
    )
    return replace(
        stays, person=who.person, language=who.language, channel=who.channel, chat=who.chat
    )


def join_all(db: sqlite3.Connection, keep: str, goes: str) -> None:
    """`join` in every round in which both persons, now one, have played.

    The one with more answers stays, else the older: theirs are the links and buttons in use.
    """
    both = db.execute(
        "SELECT round FROM player WHERE person IN (?, ?) GROUP BY round HAVING count(*) = 2",
        (keep, goes),
    )
    for (round,) in both.fetchall():
        found = [players.of_person(db, round, person) for person in (keep, goes)]
        stays, other = sorted(
            (each for each in found if each), key=lambda each: (-_given(db, each), each.id)
        )
        join(db, stays, other)


def _given(db: sqlite3.Connection, player: Player) -> int:
    return sum(1 for reply in replies.of_player(db, player.round, player.id) if reply.choice)


def join(db: sqlite3.Connection, stays: Player, goes: Player) -> Player:
    """Makes one player of two who are the same person; which answers come along: `replies.move`.

    Name and seat are those of who stays. So is the consent: it was given to results under a name.
    """
    live = rounds.load(db, stays.round)
    asked = live.round.place if live and live.round.stage == "open" else None
    replies.move(db, goes.id, stays.id, before=stays.since, asked=asked)
    db.execute("DELETE FROM player WHERE id = ?", (goes.id,))
    reached = goes if goes.chat and not stays.chat else stays
    since = min(stays.since, goes.since)
    db.execute(
        "UPDATE player SET since = ?, channel = ?, chat = ? WHERE id = ?",
        (since, reached.channel, reached.chat, stays.id),
    )
    return replace(stays, since=since, channel=reached.channel, chat=reached.chat)
