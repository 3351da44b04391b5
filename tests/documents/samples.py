"""A small round and its words, for tests of documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.say import Value, Words
from bot.documents.debrief import Heading, Sheet
from bot.documents.pdf import Saying
from bot.quiz.item import Item
from bot.quiz.statistics import Present, Reply, sheet
from tests.conversation import renderer

LANGUAGES = ("fr", "en", "de", "es")
DAY = date(2027, 3, 12)
HOSTILE = '#hash *star* $x$ <a@b> "q" // /* `code` \\ @ref #{panic()} = 1+1'

ASKED = {
    "fr": "Qui cherche des partenaires ?",
    "en": "Who looks for partners?",
    "de": "Wer sucht Partner?",
    "es": "¿Quién busca socios?",
}
OPTIONS = ({"en": "The founders"}, {"en": "The chamber"}, {"en": "The press"})
SINGLE = Item("single", "single", ASKED, OPTIONS, (0,))
ORDER = Item("order", "order", {"en": "In which order?"}, OPTIONS, (2, 0, 1))
SEVERAL = Item("several", "several", {"en": "Which two?"}, OPTIONS, (0, 2))

PLAYERS = (
    Present(1, 0, named=True, name="Éloïse Ndiaye", points=30),
    Present(2, 0, named=False, name="Withheld Person", points=20),
    Present(3, 1, named=True, name=HOSTILE, points=10),
)
REPLIES = (
    Reply(1, 0, (0,), True),
    Reply(2, 0, (1,), False),
    Reply(1, 1, (2, 0, 1), True),
    Reply(2, 1, (2, 1, 0), False),
    Reply(3, 1, (0, 1, 2), False),
    Reply(1, 2, (0, 2), True),
    Reply(3, 2, (0, 1), False),
)


def saying(language: str) -> Saying:
    def say(key: str, /, **values: Value) -> str:
        return renderer().plain(Words(key, values), language)

    return say


def round_of(items: tuple[Item, ...] = (SINGLE, ORDER, SEVERAL), title: str = "Lagoon") -> Sheet:
    found = sheet(items, REPLIES, PLAYERS, {0: (4, 1, 0), 2: (2, 2, 2)})
    return Sheet(Heading(title, "K7MQ2X", DAY), found, "en")


def in_language(language: str) -> Sheet:
    return replace(round_of(), language=language)
