"""What a change of a round tells people: posted to each player's chat and to its groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from bot.core.message import Message
from bot.core.say import Say, Words
from bot.service import round_letters, round_results
from bot.service.voice import Voice
from bot.store import players, replies, rounds
from bot.store.batch import Batch
from bot.store.players import Player, Room
from bot.store.rounds import Live
from bot.store.times import stamp

Tell = Callable[[str, bool], Say]
"""What a reader of a language is told, and whether they had the question right."""


def after(batch: Batch, voice: Voice, before: Live, now: Live) -> None:
    """Posts what is new; pages see it by themselves."""
    moved = (now.round.stage, now.round.place) != (before.round.stage, before.round.place)
    if moved and now.round.stage == "ended":
        _results(batch, voice, now)
    elif moved and now.round.stage == "open":
        _ask(batch, voice, now)
    elif moved and now.round.stage == "shown":
        _answer(batch, voice, now)
    elif now.round.skipped != before.round.skipped:
        _changed_mind(batch, voice, now)
    elif now.round.takes_answers and before.round.is_paused:
        _tell(batch, voice, now, lambda *_: Say(Words("round.goes_on")))


def _ask(batch: Batch, voice: Voice, live: Live) -> None:
    item = rounds.item(batch.db, live.id, live.round.place)
    found = partial(round_letters.question, item, live)
    _tell(batch, voice, live, lambda language, _: found(language), asks=True)


def _answer(batch: Batch, voice: Voice, live: Live) -> None:
    item = rounds.item(batch.db, live.id, live.round.place)

    def said(language: str, was_right: bool) -> Say:
        return Say(round_letters.answer(item, live, language, was_right))

    _tell(batch, voice, live, said)


def _changed_mind(batch: Batch, voice: Voice, live: Live) -> None:
    """The host found only later that a question does not count, or that it does."""
    counts = live.round.place not in live.round.skipped
    key = "round.counts_again" if counts else "round.skipped"
    _tell(batch, voice, live, lambda *_: Say(Words(key)))


def _tell(batch: Batch, voice: Voice, live: Live, tell: Tell, asks: bool = False) -> None:
    """To everybody who is there for the present question, each in their language."""

    @cache
    def message(language: str, was_right: bool) -> Message:
        return voice.render(tell(language, was_right), language, 0)

    found = replies.every(batch.db, live.id) if live.round.stage == "shown" else []
    right = {reply.player for reply in found if reply.place == live.round.place and reply.right}
    for player in players.everybody(batch.db, live.id):
        if player.chat and player.since <= live.round.place:
            own = message(player.language, player.id in right)
            own = round_letters.marked(own, live, player) if asks else own
            _post(batch, live, player, own)
    for room in players.rooms(batch.db, live.id):
        _post_to(batch, live, room, message(room.language, False))


def _results(batch: Batch, voice: Voice, live: Live) -> None:
    for player, say in round_results.own(batch, live, voice.addresses.web):
        _post(batch, live, player, voice.render(say, player.language, 0))
    rooms = players.rooms(batch.db, live.id)
    over = round_results.of_room(live, round_results.board(batch, live)) if rooms else None
    for room in rooms:
        if over is not None:
            _post_to(batch, live, room, voice.render(over, room.language, 0))


def _post(batch: Batch, live: Live, player: Player, message: Message) -> None:
    batch.post((player.channel, player.chat), f"{key(live)}:{player.id}", [message])


def _post_to(batch: Batch, live: Live, room: Room, message: Message) -> None:
    batch.post((room.channel, room.chat), f"{key(live)}:{room.channel}:{room.chat}", [message])


def key(live: Live) -> str:
    """One for each deed: a question may be paused, skipped and counted more than once."""
    return f"round:{live.id}:{live.round.standing}:{stamp(live.acted_at)}"
