"""The command `preview`: a card, a question or an item of the quiz as each channel shows it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from html import escape

from bot.channels import page, terminal
from bot.channels.telegram.split import split
from bot.check.shown import UNOPENED, Showroom
from bot.cli.common import DEFAULT_LANGUAGE, Answer, InputError, as_json, knowledge, language
from bot.core.message import Button, Message
from bot.dialogs import register
from bot.knowledge import Knowledge
from bot.quiz.bank import bank
from bot.quiz.item import LETTERS, Item, letters, shown


def preview(args: Namespace) -> Answer:
    """Every message of a card, or one question, as Telegram, terminal and web page show it."""
    kb = knowledge()
    spoken = language(kb, args.lang or DEFAULT_LANGUAGE)
    shown = _messages(kb, args.id, spoken)
    if args.json:
        rows = [{name: draw(message) for name, draw in CHANNELS.items()} for message in shown]
        return as_json({"id": args.id, "lang": spoken, "messages": rows})
    return Answer("\n\n".join(_drawn(name, shown, draw) for name, draw in CHANNELS.items()))


def _messages(kb: Knowledge, name: str, spoken: str) -> list[Message]:
    room = Showroom(kb, register())
    if name in kb and kb.entry(name).kind not in UNOPENED:
        return list(room.card(kb.entry(name), spoken))
    if name in kb.patterns:
        return [room.question(name, spoken)]
    if (item := bank(kb).item(name)) is not None:
        return list(_quiz(item, spoken))
    near = [each for each in _ids(kb) if name in each][:5]
    hint = f"; perhaps {', '.join(near)}" if near else "; `amorce knowledge list` shows the ids"
    raise InputError(f"there is no card or text {name!r}{hint}.")


def _ids(kb: Knowledge) -> Iterator[str]:
    yield from (entry.id for entry in kb.entries())
    yield from kb.patterns
    yield from bank(kb).items


def _quiz(item: Item, spoken: str) -> Iterator[Message]:
    """A question of the quiz with its options, then what is right and why."""
    rows = [f"{LETTERS[n]}. {shown(option, spoken)}" for n, option in enumerate(item.options)]
    buttons = [Button(LETTERS[place], "") for place in range(len(rows))]
    question = escape(shown(item.text, spoken), quote=False)
    lines = [f"<b>{question}</b>", "", *(escape(row, quote=False) for row in rows)]
    yield Message("\n".join(lines), tuple(buttons))
    why = escape(shown(item.explanation, spoken), quote=False)
    yield Message(f"✓ <b>{letters(item.right)}</b>\n\n{why}")


def _telegram(message: Message) -> str:
    buttons = [f"[ {button.label} ]" for button in message.buttons]
    return "\n".join([*split(message.html), *buttons])


def _terminal(message: Message) -> str:
    return "\n".join([*terminal.words(message), *terminal.numbers(message)])


def _drawn(name: str, shown: list[Message], draw: Callable[[Message], str]) -> str:
    return "\n\n".join([f"=== {name}", *map(draw, shown)])


CHANNELS: Mapping[str, Callable[[Message], str]] = {
    "telegram": _telegram,
    "terminal": _terminal,
    "web": page.piece,
}
