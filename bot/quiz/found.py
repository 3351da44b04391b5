"""What is found in a file of questions: items and mistakes, and what an own set may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.quiz.item import LETTERS, Item, said

LARGEST = 1_000_000
"""Bytes of a file; whatever is larger is not looked at."""
FEWEST_OPTIONS, MOST_OPTIONS = 2, len(LETTERS)
MOST_MISTAKES = 500
SHORTENED = 40
# What `{T}` means, or a row of the table without options.
TRUE_FALSE: Mapping[str, tuple[str, str]] = {
    "fr": ("Vrai", "Faux"),
    "en": ("True", "False"),
    "de": ("Richtig", "Falsch"),
    "es": ("Verdadero", "Falso"),
}
_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Joiners and marks of direction have their work within words; alone they show nothing.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many items, and how many characters."""

    items: int = 500
    question: int = 300
    option: int = 100
    explanation: int = 500


OWN = Limits()


@dataclass(frozen=True, slots=True)
class Mistake:
    """One fault: `key` is what to say, with `values`; `line` counts from 1, 0 is the whole file."""

    line: int
    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What can be played, and everything that cannot; `form` is the format that was read."""

    items: tuple[Item, ...]
    mistakes: tuple[Mistake, ...] = ()
    form: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as text, and the ids of the items that its format cannot carry."""

    text: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A question as it stood at `line`; `at` are the lines of its options, where known."""

    line: int
    item: Item
    at: tuple[int, ...] = ()


def clean(text: str) -> str:
    """`text` without control signs and halves of signs, with one kind of line end, trimmed.

    Empty where nothing of it could be seen.
    """
    whole = text.encode("utf-8", "replace").decode()
    words = _CONTROLS.sub("", _ENDS.sub("\n", whole).replace("\t", " ")).strip()
    return words if _UNSEEN.sub("", words).strip() else ""


def in_line(text: str) -> str:
    """`text` on one line."""
    return " ".join(clean(text).split())


def texts(text: str, language: str) -> Mapping[str, str]:
    """The words in one language; nothing where there are none."""
    return {language: text} if text else {}


def true_false(language: str) -> tuple[str, str]:
    """The words for right and wrong statements."""
    return TRUE_FALSE.get(language, TRUE_FALSE["en"])


def shortened(text: str) -> str:
    """`text` as a mistake quotes it."""
    line = in_line(text[: SHORTENED * 4])
    return line if len(line) <= SHORTENED else f"{line[: SHORTENED - 1].rstrip()}…"


def gathered(
    found: Iterable[Found | Mistake], language: str, limits: Limits, form: str = ""
) -> Read:
    """The items that keep to the limits, each under a name of its own, and all mistakes."""
    good: list[Item] = []
    mistakes: list[Mistake] = []
    for each in found:
        wrong = [each] if isinstance(each, Mistake) else [*faults(each, language, limits)]
        if isinstance(each, Found) and not wrong:
            if len(good) == limits.items:
                mistakes.append(Mistake(each.line, "quiz_file.too_many", {"most": limits.items}))
                break
            good.append(each.item)
        mistakes += wrong
        if len(mistakes) > MOST_MISTAKES:
            mistakes[MOST_MISTAKES:] = [Mistake(mistakes[-1].line, "quiz_file.more")]
            break
    if not good and not mistakes:
        mistakes.append(Mistake(0, "quiz_file.empty"))
    return Read(tuple(_named(good)), tuple(sorted(mistakes, key=lambda one: one.line)), form)


def _named(items: list[Item]) -> Iterator[Item]:
    """Each under an id of its own; what had none is called by its number."""
    taken = {item.id for item in items}
    used: set[str] = set()
    for number, item in enumerate(items, 1):
        name = item.id
        if not name or name in used:
            name = _free(f"{name}-" if name else "q", 2 if name else number, taken)
        taken.add(name)
        used.add(name)
        yield replace(item, id=name)


def _free(start: str, number: int, taken: set[str]) -> str:
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"


def faults(found: Found, language: str, limits: Limits) -> Iterator[Mistake]:
    """What keeps a question from being played, each at the line where it can be mended."""
    item = found.item
    text, why = said(item.text, language), said(item.explanation, language)
    if not text:
        yield Mistake(found.line, "quiz_file.question_missing")
    for key, given, most in (
        ("quiz_file.question_long", text, limits.question),
        ("quiz_file.explanation_long", why, limits.explanation),
    ):
        if len(given) > most:
            yield Mistake(found.line, key, {"n": len(given), "most": most})
    yield from _number_faults(found)
    options = [said(option, language) for option in item.options[:MOST_OPTIONS]]
    yield from _option_faults(found, options, limits.option)
    yield from _right_faults(found)


def _number_faults(found: Found) -> Iterator[Mistake]:
    n = len(found.item.options)
    if n < FEWEST_OPTIONS:
        yield Mistake(found.line, "quiz_file.few_options")
    elif n > MOST_OPTIONS:
        yield Mistake(found.line, "quiz_file.many_options", {"n": n, "most": MOST_OPTIONS})
    elif found.item.kind == "true_false" and n != FEWEST_OPTIONS:
        yield Mistake(found.line, "quiz_file.two_options", {"n": n})


def _option_faults(found: Found, options: list[str], most: int) -> Iterator[Mistake]:
    first: dict[str, str] = {}
    for place, option in enumerate(options):
        line = found.at[place] if place < len(found.at) else found.line
        letter = LETTERS[place]
        if not option:
            yield Mistake(line, "quiz_file.option_empty", {"letter": letter})
            continue
        if len(option) > most:
            values: dict[str, str | int] = {"letter": letter, "n": len(option), "most": most}
            yield Mistake(line, "quiz_file.option_long", values)
        other = first.setdefault(same(option), letter)
        if other != letter:
            yield Mistake(line, "quiz_file.same_options", {"first": other, "letter": letter})


def same(option: str) -> str:
    """Equal for options that a reader cannot tell apart."""
    return " ".join(_UNSEEN.sub("", option).casefold().split())


def _right_faults(found: Found) -> Iterator[Mistake]:
    item = found.item
    every = tuple(range(len(item.options)))
    if item.kind == "order":
        if tuple(sorted(item.right)) != every:
            yield Mistake(found.line, "quiz_file.order_all")
    elif item.has_one_answer and len(item.right) != 1:
        yield Mistake(found.line, "quiz_file.one_right", {"n": len(item.right)})
