"""A question of the quiz, whatever it came from: the bank, a trainer's own set, or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from bot.knowledge.text import typeset

Kind = Literal["single", "several", "true_false", "order", "case"]
"""`case`: one right answer, about a told situation, judged as a reading would judge it."""
KINDS: tuple[Kind, ...] = get_args(Kind)
# Of these exactly one option is right.
ONE_RIGHT: frozenset[Kind] = frozenset({"single", "true_false", "case"})

Texts = Mapping[str, str]
"""Language code -> plain words."""

TOPICS = (
    "p1",
    "p2",
    "p3",
    "p4",
    "challenges",
    "definition",
    "spectrum",
    "sectors",
    "tools",
)
LETTERS = "ABCDEF"
FALLBACK = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Item:
    """`options` stand in the order in which everybody sees them, under the letters A to F.

    `right`: places of the right options, from 0 and rising; for `order` all places in the right
    order. `about`: entries of the knowledge base it asks about. `sources`: items of the source it
    rests on. `difficulty`: 1 to 3. `topic`: one of TOPICS, or empty in an own set.
    """

    id: str
    kind: Kind
    text: Texts
    options: tuple[Texts, ...]
    right: tuple[int, ...]
    explanation: Texts = field(default_factory=dict)
    topic: str = ""
    difficulty: int = 2
    about: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    editorial: bool = False

    @property
    def has_one_answer(self) -> bool:
        """Whether the first tap is the whole answer."""
        return self.kind in ONE_RIGHT

    def is_right(self, given: tuple[int, ...]) -> bool:
        """Whether `given` (places, as tapped) is the right answer; of several, all and no other."""
        if self.kind == "order":
            return given == self.right
        return frozenset(given) == frozenset(self.right)


def rearranged(item: Item, order: Sequence[int]) -> Item:
    """The same question with its options in another order (their places now, as they are to stand).

    True and false stay as everybody knows them.
    """
    if item.kind == "true_false":
        return item
    moved = [order.index(place) for place in item.right]
    right = moved if item.kind == "order" else sorted(moved)
    return replace(item, options=tuple(item.options[n] for n in order), right=tuple(right))


def said(texts: Texts, language: str) -> str:
    """The words in `language`, else in English, French or whatever there is; "" for none."""
    for code in (language, *FALLBACK, *texts):
        if texts.get(code):
            return texts[code]
    return ""


def shown(texts: Texts, language: str) -> str:
    """`said` as people read it: French marks stay on the line of their word."""
    return typeset(said(texts, language), language)


def letters(places: tuple[int, ...]) -> str:
    """Places as people name them: "A, C"."""
    return ", ".join(LETTERS[place] for place in places)
