"""What a round says in chats: its questions with a button for each letter, and their answers."""

from __future__ import annotations

from dataclasses import replace

from bot.core.message import Message
from bot.core.say import Choice, Lines, Say, Value, Words
from bot.quiz.item import LETTERS, Item, shown
from bot.service.voice import Voice
from bot.store import players, rounds
from bot.store.batch import Batch
from bot.store.players import Player
from bot.store.rounds import Live

PREFIX = "q."
# In a link that leads to a round: t.me/bot?start=q-ABC234.
LINKED = "q-"


def linked(argument: str) -> str:
    """The code of a link to a round; empty for the argument of any other link."""
    return argument[len(LINKED) :] if argument.lower().startswith(LINKED) else ""


def question(item: Item, live: Live, language: str) -> Say:
    """The present question with a button for each letter, in the language of the reader."""
    place = live.round.place
    values: dict[str, Value] = {
        "text": shown(item.text, language),
        "options": _options(item, range(len(item.options)), language),
        "hint": Words(f"round.hint_{item.kind}"),
    }
    number = Words("round.number", {"n": place + 1, "total": live.round.total})
    taps = tuple(
        Choice(f"{PREFIX}a:{live.code}:{place}:{letter}", letter)
        for letter in LETTERS[: len(item.options)]
    )
    return Say(Words("round.question", values), taps, number)


def answer(item: Item, live: Live, language: str, was_right: bool = False) -> Words:
    """What is right, and why; `was_right`: said to somebody who chose it."""
    if live.round.place in live.round.skipped:
        return Words("round.skipped")
    values: dict[str, Value] = {
        "head": _head(item, was_right),
        "options": _options(item, item.right, language),
        "why": shown(item.explanation, language),
    }
    return Words("round.answer", values)


def _head(item: Item, was_right: bool) -> Words:
    if was_right:
        return Words("round.answer_yours")
    if item.kind == "order":
        return Words("round.answer_order")
    return Words("round.answer_is", {"n": len(item.right)})


def _options(item: Item, places: range | tuple[int, ...], language: str) -> Lines:
    """Options with their letters, a line each."""
    words = [{"letter": LETTERS[n], "text": shown(item.options[n], language)} for n in places]
    return Lines(tuple(Words("round.option", each) for each in words))


def ask_again(batch: Batch, voice: Voice, live: Live, player: Player) -> list[Message]:
    """The present question for somebody who has just come (back)."""
    if live.round.stage != "open":
        return []
    item = rounds.item(batch.db, live.id, live.round.place)
    message = voice.render(question(item, live, player.language), player.language, 0)
    return [marked(message, live, player)]


def marked(message: Message, live: Live, player: Player) -> Message:
    """Where speed counts, the letter says whom it reaches, so that its arrival is noted."""
    if not live.round.settings.speed:
        return message
    return replace(message, asks=f"{live.id}:{live.round.place}:{player.id}")


def host_language(batch: Batch, live: Live) -> str:
    """What the host chose, else the first language of the round."""
    return players.host_language(batch.db, live.host) or live.round.settings.languages[0]
