"""What a card looks like in each channel, for those who look after its words on the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from bot.channels import page, terminal
from bot.channels.telegram.split import split
from bot.check.shown import UNOPENED, Showroom
from bot.core.message import Message
from bot.desk.looks import Look, Piece, Preview
from bot.dialogs import register
from bot.knowledge import Knowledge

Draw = Callable[[Message], Piece]


def preview(kb: Knowledge) -> Preview:
    """Shows every side of a card in Telegram, on the web page and in the terminal."""
    room = Showroom(kb, register())

    def looks(name: str, language: str) -> Sequence[Look]:
        entry = kb.entry(name)
        if entry.kind in UNOPENED:
            return ()
        shown = tuple(room.card(entry, language))
        return tuple(
            Look(channel, tuple(map(draw, shown)), lines=channel == "terminal")
            for channel, draw in CHANNELS
        )

    return looks


# Messages are simple HTML in which whatever people typed is escaped already.
def _telegram(message: Message) -> Piece:
    return Piece(Markup("\n\n".join(split(message.html))), _labels(message))  # noqa: S704


def _web(message: Message) -> Piece:
    return Piece(Markup(page.piece(message, live=False)), _labels(message))  # noqa: S704


def _terminal(message: Message) -> Piece:
    return Piece(escape("\n".join([*terminal.words(message), *terminal.numbers(message)])))


def _labels(message: Message) -> tuple[str, ...]:
    return tuple(button.label for button in message.buttons)


CHANNELS: tuple[tuple[str, Draw], ...] = (
    ("telegram", _telegram),
    ("web", _web),
    ("terminal", _terminal),
)
