"""How a round ended, in chats: each player's own result, and the leaderboard of a room."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.say import Choice, Lines, Say, Value, Words
from bot.quiz.scoring import Standing, is_told, standings
from bot.service.round_letters import PREFIX
from bot.store import players, replies
from bot.store.batch import Batch
from bot.store.players import Player
from bot.store.replies import Reply
from bot.store.rounds import Live

MOST_ON_BOARD = 10


def own(batch: Batch, live: Live, web: str) -> Iterator[tuple[Player, Say]]:
    """What each player who reads in a chat is told at the end.

    `web`: the address of the pages, where a certificate can be had.
    """
    ranked = {line.player: line for line in board(batch, live)}
    everybody = players.everybody(batch.db, live.id)
    for player in everybody:
        if player.chat:
            yield player, result(batch, live, player, ranked[player.id], len(everybody), web)


def once_more(batch: Batch, live: Live, player: Player, web: str) -> Say:
    """What one player was told at the end."""
    ranked = board(batch, live)
    line = next(each for each in ranked if each.player == player.id)
    return result(batch, live, player, line, len(ranked), web)


def board(batch: Batch, live: Live) -> list[Standing]:
    """The leaderboard over the questions that count."""
    names = {p.id: p.name for p in players.everybody(batch.db, live.id)}
    asked = set(live.round.asked)
    found = replies.every(batch.db, live.id)
    return standings(names, [(r.player, r.points, r.right) for r in found if r.place in asked])


def score(batch: Batch, live: Live, player: Player) -> dict[str, Value]:
    """A player's own figures: right, there, blank and missed questions."""
    there = [place for place in live.round.asked if place >= player.since]
    own = {r.place: r for r in replies.of_player(batch.db, live.id, player.id)}
    answered: list[Reply] = [own[place] for place in there if place in own and own[place].choice]
    return {
        "right": sum(reply.right for reply in answered),
        "there": len(there),
        "blank": len(there) - len(answered),
        "missed": len(live.round.asked) - len(there),
    }


def result(batch: Batch, live: Live, player: Player, line: Standing, of: int, web: str = "") -> Say:
    """A player's own result; whether the trainer may see it by name is asked where it has one.

    `web`: the address of the pages, where a certificate can be had.
    """
    figures = score(batch, live, player)
    if not figures["there"]:
        return Say(Words("round.result_late" if figures["missed"] else "round.result_none"))
    values = {**figures, "rank": rank(live, line, of), "certificate": "", "ask": ""}
    if web:
        link = f"{web}/quiz/certificate/{live.id}/{player.seat}"
        values["certificate"] = Words("round.certificate", {"link": link})
    if not asks_name(batch, live, player):
        return Say(Words("round.result", values))
    table = "_table" if live.round.settings.teams else ""
    values["ask"] = Words(f"round.name_ask{table}")
    return Say(Words("round.result", values), may_be_named(player))


def asks_name(batch: Batch, live: Live, player: Player) -> bool:
    """Whether there is anything to be named for."""
    return live.round.settings.names and bool(score(batch, live, player)["there"])


def may_be_named(player: Player) -> tuple[Choice, ...]:
    """Yes and no to being named in the debrief."""
    action = f"{PREFIX}n:{player.id}"
    yes = Choice(f"{action}:1", Words("round.name_yes"))
    return yes, Choice(f"{action}:0", Words("round.name_no"))


def rank(live: Live, line: Standing, of: int) -> Words | str:
    """A player's rank in words, where there is a leaderboard and it is kind to tell."""
    if not live.round.settings.board or not line.right or not is_told(line.rank, of):
        return ""
    return Words("round.rank", {"rank": line.rank, "of": of})


def of_room(live: Live, ranked: list[Standing]) -> Say:
    """The leaderboard for a group, and a button for one's own result."""
    lines = tuple(
        Words("round.line", {"rank": r.rank, "name": r.name, "right": r.right})
        for r in ranked[:MOST_ON_BOARD]
    )
    own = Choice(f"{PREFIX}m:{live.id}", Words("round.own_result"))
    if not live.round.settings.board or not lines:
        return Say(Words("round.room_over"), (own,))
    return Say(Words("round.room_board", {"lines": Lines(lines)}), (own,))
