"""A warm-up in a group: Telegram's own quiz polls, whose answers never reach us or count."""

from __future__ import annotations

from bot.core.message import Message, Poll
from bot.core.say import Say, Words
from bot.quiz.bank import Bank
from bot.quiz.item import Item, said
from bot.service.round_caller import Caller
from bot.service.round_setup import lets
from bot.service.told import Told

MOST = 5
# Limits of the channel: whatever does not fit is not asked.
LONGEST_QUESTION, LONGEST_OPTION, LONGEST_WHY = 300, 100, 200
FEWEST_OPTIONS, MOST_OPTIONS, MOST_LINES = 2, 10, 3


def warm_up(caller: Caller, argument: str) -> Told:
    """`/warmup` or `/warmup 3`: so many polls, in the language of whoever leads."""
    lets(caller)
    wish = argument.strip()
    number = min(MOST, max(1, int(wish))) if wish.isascii() and wish.isdigit() else 1
    language = caller.language
    bank = caller.insight.bank()
    fitting = {id: item for id, item in bank.items.items() if fits(item, language)}
    seed = int(caller.batch.now.timestamp())
    polls = [poll(item, language) for item in Bank(fitting).drawn((), number, seed)]
    if not polls:
        return caller.told("round.no_items")
    hello = caller.message(Say(Words("round.warm_up", {"n": len(polls)})))
    return Told((hello, *(Message("", poll=each) for each in polls)))


def poll(item: Item, language: str) -> Poll:
    options = tuple(said(option, language) for option in item.options)
    return Poll(said(item.text, language), options, item.right, said(item.explanation, language))


def fits(item: Item, language: str) -> bool:
    """Whether an item can be asked as a poll, whole and unchanged."""
    made = poll(item, language)
    return (
        item.kind != "order"
        and units(made.question) <= LONGEST_QUESTION
        and FEWEST_OPTIONS <= len(made.options) <= MOST_OPTIONS
        and all(units(option) <= LONGEST_OPTION for option in made.options)
        and units(made.explanation) <= LONGEST_WHY
        and made.explanation.count("\n") < MOST_LINES
    )


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
