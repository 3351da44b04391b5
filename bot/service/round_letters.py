"""What a round sends to chats: questions to each player, answers to rooms, results at the end."""

from __future__ import annotations

from dataclasses import replace

from bot.core.message import Message
from bot.core.say import Choice, Lines, Say, Value, Words
from bot.quiz.item import LETTERS, Item, letters, shown
from bot.quiz.scoring import Standing, is_told, standings
from bot.service.voice import Voice
from bot.store import players, replies, rounds
from bot.store.batch import Batch
from bot.store.players import Player
from bot.store.replies import Reply
from bot.store.rounds import Live

PREFIX = "q."
# In a link that leads to a round: t.me/bot?start=q-ABC234.
LINKED = "q-"
MOST_ON_BOARD = 10


def after(batch: Batch, voice: Voice, before: Live, now: Live) -> None:
    """Posts what a change of the round tells people; pages see it by themselves."""
    if now.round.stage == before.round.stage and now.round.place == before.round.place:
        return
    if now.round.stage == "open":
        _ask(batch, voice, now)
    elif now.round.stage == "shown":
        _tell_rooms(batch, voice, now)
    elif now.round.stage == "ended":
        _results(batch, voice, now)


def linked(argument: str) -> str:
    """The code of a link to a round; empty for the argument of any other link."""
    return argument[len(LINKED) :] if argument.lower().startswith(LINKED) else ""


def question(item: Item, live: Live, language: str) -> Say:
    """The present question with a button for each letter, in the language of the reader."""
    place = live.round.place
    values: dict[str, Value] = {
        "text": shown(item.text, language),
        "options": Lines(tuple(option(item, n, language) for n in range(len(item.options)))),
        "hint": Words(f"round.hint_{item.kind}"),
    }
    number = Words("round.number", {"n": place + 1, "total": live.round.total})
    taps = tuple(
        Choice(f"{PREFIX}a:{live.code}:{place}:{letter}", letter)
        for letter in LETTERS[: len(item.options)]
    )
    return Say(Words("round.question", values), taps, number)


def option(item: Item, place: int, language: str) -> Words:
    """One option with its letter."""
    words = {"letter": LETTERS[place], "text": shown(item.options[place], language)}
    return Words("round.option", words)


def answer(item: Item, live: Live, language: str) -> Words:
    """What is right, and why."""
    if live.round.place in live.round.skipped:
        return Words("round.skipped")
    values = {"letters": letters(item.right), "why": shown(item.explanation, language)}
    return Words("round.answer", values)


def _ask(batch: Batch, voice: Voice, live: Live) -> None:
    item = rounds.item(batch.db, live.id, live.round.place)
    made: dict[str, Message] = {}
    for player in players.everybody(batch.db, live.id):
        if player.chat:
            if player.language not in made:
                made[player.language] = _message(voice, item, live, player.language)
            _post(batch, live, player, made[player.language])
    for room in players.rooms(batch.db, live.id):
        message = _message(voice, item, live, room.language)
        key = f"{_key(live)}:{room.channel}:{room.chat}"
        batch.post((room.channel, room.chat), key, [message])


def ask_again(batch: Batch, voice: Voice, live: Live, player: Player) -> list[Message]:
    """The present question for somebody who has just come (back)."""
    if live.round.stage != "open":
        return []
    item = rounds.item(batch.db, live.id, live.round.place)
    return [_marked(_message(voice, item, live, player.language), live, player)]


def _message(voice: Voice, item: Item, live: Live, language: str) -> Message:
    return voice.render(question(item, live, language), language, 0)


def _post(batch: Batch, live: Live, player: Player, message: Message) -> None:
    key = f"{_key(live)}:{player.id}"
    batch.post((player.channel, player.chat), key, [_marked(message, live, player)])


def _marked(message: Message, live: Live, player: Player) -> Message:
    """Where speed counts, the letter says whom it reaches, so that its arrival is noted."""
    if not live.round.settings.speed:
        return message
    return replace(message, asks=f"{live.id}:{live.round.place}:{player.id}")


def _key(live: Live) -> str:
    return f"round:{live.id}:{live.round.stage}:{live.round.place}"


def _tell_rooms(batch: Batch, voice: Voice, live: Live) -> None:
    rooms = players.rooms(batch.db, live.id)
    item = rounds.item(batch.db, live.id, live.round.place) if rooms else None
    for room in rooms:
        if item is not None:
            message = voice.render(Say(answer(item, live, room.language)), room.language, 0)
            key = f"{_key(live)}:{room.channel}:{room.chat}"
            batch.post((room.channel, room.chat), key, [message])


def _results(batch: Batch, voice: Voice, live: Live) -> None:
    ranked = {line.player: line for line in board(batch, live)}
    everybody = players.everybody(batch.db, live.id)
    for player in everybody:
        if player.chat:
            line, web = ranked[player.id], voice.addresses.web
            own = result(batch, live, player, line, len(everybody), web)
            _post(batch, live, player, voice.render(own, player.language, 0))
    for room in players.rooms(batch.db, live.id):
        over = room_board(live, list(ranked.values()))
        key = f"{_key(live)}:{room.channel}:{room.chat}"
        batch.post((room.channel, room.chat), key, [voice.render(over, room.language, 0)])


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
    values = {
        **figures,
        "rank": rank(live, line, of),
        "certificate": "",
    }
    if web and figures["there"]:
        link = f"{web}/quiz/certificate/{live.id}/{player.seat}"
        values["certificate"] = Words("round.certificate", {"link": link})
    asks = live.round.settings.names and bool(figures["there"])
    taps = (
        Choice(f"{PREFIX}n:{player.id}:1", Words("round.name_yes")),
        Choice(f"{PREFIX}n:{player.id}:0", Words("round.name_no")),
    )
    words = Words("round.result", {**values, "ask": Words("round.name_ask") if asks else ""})
    return Say(words, taps if asks else ())


def rank(live: Live, line: Standing, of: int) -> Words | str:
    """A player's rank in words, where there is a leaderboard and it is kind to tell."""
    if not live.round.settings.board or not is_told(line.rank, of):
        return ""
    return Words("round.rank", {"rank": line.rank, "of": of})


def room_board(live: Live, ranked: list[Standing]) -> Say:
    """The leaderboard for a group, and a button for one's own result."""
    lines = tuple(
        Words("round.line", {"rank": r.rank, "name": r.name, "right": r.right})
        for r in ranked[:MOST_ON_BOARD]
    )
    own = Choice(f"{PREFIX}m:{live.id}", Words("round.own_result"))
    if not live.round.settings.board or not lines:
        return Say(Words("round.room_over"), (own,))
    return Say(Words("round.room_board", {"lines": Lines(lines)}), (own,))


def host_language(batch: Batch, live: Live) -> str:
    """What the host chose, else the first language of the round."""
    return players.host_language(batch.db, live.host) or live.round.settings.languages[0]
