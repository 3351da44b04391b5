"""A question as it is typed into the form of an own set, and the item it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.quiz.found import OWN, Found, Mistake, clean, faults, in_line, texts, true_false
from bot.quiz.item import KINDS, LETTERS, TOPICS, Item, Kind, said

DIFFICULTIES = ("1", "2", "3")
NEW = Item("", "single", {}, (), ())


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `item`: the question that is changed, empty for a new one.

    `right`: letters with a tick; `numbers`: of each option in the right order, as typed; `place`:
    where in the set, from 1, as typed.
    """

    item: str = ""
    kind: Kind = "single"
    text: str = ""
    options: tuple[str, ...] = ("",) * len(LETTERS)
    right: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ("",) * len(LETTERS)
    why: str = ""
    difficulty: str = "2"
    topic: str = ""
    place: str = ""


def of_item(item: Item, language: str, place: int) -> Typed:
    """The form filled in with a question of the set."""
    ordered = item.kind == "order"
    options = [said(option, language) for option in item.options]
    numbers = [str(item.right.index(n) + 1) if ordered else "" for n, _ in enumerate(options)]
    return Typed(
        item.id,
        item.kind,
        said(item.text, language),
        _six(options),
        frozenset() if ordered else frozenset(LETTERS[n] for n in item.right),
        _six(numbers),
        said(item.explanation, language),
        str(item.difficulty),
        item.topic,
        str(place),
    )


def _six(words: Sequence[str]) -> tuple[str, ...]:
    return (*words, *("",) * len(LETTERS))[: len(LETTERS)]


def of_form(sent: Iterable[tuple[str, str]]) -> Typed:
    """What was posted, tidied."""
    pairs = list(sent)
    fields: Mapping[str, str] = dict(pairs)
    kind, difficulty, topic = (fields.get(name, "") for name in ("kind", "difficulty", "topic"))
    return Typed(
        fields.get("item", ""),
        kind if kind in KINDS else "single",
        clean(fields.get("text", "")),
        tuple(in_line(fields.get(f"option_{letter}", "")) for letter in LETTERS),
        frozenset(value for name, value in pairs if name == "right" and value in LETTERS),
        tuple(in_line(fields.get(f"number_{letter}", "")) for letter in LETTERS),
        clean(fields.get("why", "")),
        difficulty if difficulty in DIFFICULTIES else "2",
        topic if topic in TOPICS else "",
        fields.get("place", ""),
    )


def question(typed: Typed, language: str, before: Item = NEW) -> tuple[Item, list[Mistake]]:
    """The item that was typed, and what keeps it from being played; empty rows are passed over.

    `before`: the item as it was; what the form does not ask for stays.
    """
    filled = [n for n, words in enumerate(typed.options) if words]
    options = [typed.options[n] for n in filled]
    if not options and typed.kind == "true_false":
        options, filled = list(true_false(language)), [0, 1]
    right, mistakes = (_in_order if typed.kind == "order" else _ticked)(typed, filled)
    item = replace(
        before,
        kind=typed.kind,
        text=texts(typed.text, language),
        options=tuple(texts(option, language) for option in options),
        right=right,
        explanation=texts(typed.why, language),
        topic=typed.topic,
        difficulty=int(typed.difficulty),
    )
    return item, mistakes + _other(item, language, mistakes)


def _other(item: Item, language: str, mistakes: list[Mistake]) -> list[Mistake]:
    """The faults any question may have; of the right answers only one is told."""
    found = list(faults(Found(0, item), language, OWN))
    told = {"quiz_file.one_right", "quiz_file.order_all"} if mistakes else set()
    return [each for each in found if each.key not in told]


def _ticked(typed: Typed, filled: list[int]) -> tuple[tuple[int, ...], list[Mistake]]:
    ticked = sorted(LETTERS.index(letter) for letter in typed.right)
    if not ticked:
        return (), [Mistake(0, "quiz_sets.right_needed")]
    empty = [
        Mistake(0, "quiz_file.option_empty", {"letter": LETTERS[n]})
        for n in ticked
        if n not in filled
    ]
    return tuple(filled.index(n) for n in ticked if n in filled), empty


def _in_order(typed: Typed, filled: list[int]) -> tuple[tuple[int, ...], list[Mistake]]:
    """The places by their numbers, which must be 1, 2, 3 … each once."""
    given = [typed.numbers[n] for n in filled]
    wanted = [str(n) for n in range(1, len(filled) + 1)]
    if sorted(given) != wanted:
        return (), [Mistake(0, "quiz_sets.numbers_needed", {"n": len(filled)})]
    return tuple(given.index(number) for number in wanted), []
