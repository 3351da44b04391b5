"""Questions to try formats on: hostile ones drawn by Hypothesis, and the whole bank."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from bot.knowledge import Knowledge, load
from bot.quiz.bank import bank
from bot.quiz.found import Limits, clean, same
from bot.quiz.item import KINDS, ONE_RIGHT, TOPICS, Item, said

LANGUAGES = ("fr", "en", "de", "es")
# The bank's own limits are looked after elsewhere.
WIDE = Limits(2_000, 5_000, 5_000, 5_000)
# Signs of the formats, signs that look alike, and what tends to get lost on the way.
SIGNS = "~=#{}:\\%[]()<>&;,'\"`|/*_!?$@+-.\n \t01aZé"
PIECES = (
    *("->", "//", "::", "####", "%50%", "[html]", "[plain]x", "<b>", "&amp;", "$CATEGORY:", "\\n"),
    *("A. ", "ANSWER: B", "=1+1", ";=2", "\n-3", "'=4", "'", '""', "sep=;", "TRUE", "_x0041_"),
    *("مرحبا", "\u200f", "\u202e", "👩‍👩‍👧", "é", "ﬁ", "\u00a0", "\u200b", "\uff1d5", "10 %", "\\"),
)
TEXT = st.lists(st.sampled_from([*SIGNS, *PIECES]) | st.characters(codec="utf-8"), max_size=12)
WORDS = TEXT.map("".join).map(clean)
FULL = WORDS.filter(bool)
NAMES = st.lists(st.from_regex(r"[a-z][a-z0-9_.]{0,12}", fullmatch=True), max_size=3).map(tuple)


@st.composite
def an_item(draw: st.DrawFn, language: str = "en") -> Item:
    """Any question that may be played."""
    kind = draw(st.sampled_from(KINDS))
    most = 2 if kind == "true_false" else 6
    options = draw(st.lists(FULL, min_size=2, max_size=most, unique_by=same))
    places = draw(st.permutations(range(len(options))))
    number = draw(st.integers(1, len(options)))
    right = {"several": sorted(places[:number]), "order": places}.get(kind, places[:1])
    why = draw(WORDS)
    return Item(
        id=draw(st.from_regex(r"[A-Za-z][\w.:\[\]\\-]{0,20}", fullmatch=True)),
        kind=kind,
        text={language: draw(FULL)},
        options=tuple({language: option} for option in options),
        right=tuple(right),
        explanation={language: why} if why else {},
        topic=draw(st.sampled_from(["", *TOPICS])),
        difficulty=draw(st.integers(1, 3)),
        about=draw(NAMES),
        sources=draw(NAMES),
        editorial=draw(st.booleans()),
    )


ITEMS = st.lists(an_item(), min_size=1, max_size=4, unique_by=lambda item: item.id)


@cache
def knowledge() -> Knowledge:
    return load(Path(__file__).parents[2] / "knowledge")


@cache
def in_language(language: str) -> tuple[Item, ...]:
    """The whole bank as it is known in one language."""
    return tuple(only(item, language) for item in bank(knowledge()).items.values())


def only(item: Item, language: str) -> Item:
    """The item without its other languages."""
    why = said(item.explanation, language)
    return replace(
        item,
        text={language: said(item.text, language)},
        options=tuple({language: said(option, language)} for option in item.options),
        explanation={language: why} if why else {},
    )


def without_notes(items: Sequence[Item]) -> list[tuple[object, ...]]:
    """What Aiken carries of items with one right answer."""
    return [
        (" ".join(said(i.text, "en").split()), _lines(i), i.right)
        for i in items
        if i.kind in ONE_RIGHT
    ]


def _lines(item: Item) -> tuple[str, ...]:
    return tuple(" ".join(said(option, "en").split()) for option in item.options)
