"""Questions as rows of text, one each, under a head of column names: for CSV and spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from bot.quiz.found import Found, Mistake, clean, in_line, shortened, texts, true_false
from bot.quiz.item import KINDS, LETTERS, TOPICS, Item, Kind, said

OPTIONS = tuple(LETTERS.lower())
COLUMNS = (
    *("id", "kind", "topic", "difficulty", "question", *OPTIONS, "right"),
    *("explanation", "about", "sources"),
)
# Only the bank tells what goes beyond the source; the template does without.
ALL_COLUMNS = (*COLUMNS, "editorial")
NEEDED = ("question", "a", "b", "right")
YES = "yes"
_LIST = re.compile(r"[,;\s]+")
_LETTERS = re.compile(r"[A-Za-z](?:[,;\s]*[A-Za-z])*")

Row = Sequence[str]
Numbered = tuple[int, Row]


def rows(items: Iterable[Item], language: str) -> Iterator[Row]:
    """The head, then a row for each item in one language."""
    yield ALL_COLUMNS
    for item in items:
        options = [clean(said(option, language)) for option in item.options]
        yield (
            *(in_line(item.id), item.kind, item.topic, str(item.difficulty)),
            clean(said(item.text, language)),
            *(options + [""] * len(OPTIONS))[: len(OPTIONS)],
            ", ".join(LETTERS[place] for place in item.right),
            clean(said(item.explanation, language)),
            *(in_line(", ".join(names)) for names in (item.about, item.sources)),
            YES if item.editorial else "",
        )


def found(numbered: Iterable[Numbered | Mistake], language: str) -> Iterator[Found | Mistake]:
    """The question of every row, each with its line; the first row that says anything is the head.

    A mistake among the rows is passed on.
    """
    head: dict[str, int] | None = None
    for each in numbered:
        if isinstance(each, Mistake):
            yield each
        elif any(cell.strip() for cell in each[1]):
            line, cells = each
            if head is not None:
                yield _question(_Reader(line, cells, head), language)
                continue
            head = {name: at for at, name in enumerate(_names(cells)) if name}
            yield from _head_mistakes(line, _names(cells))
            if set(NEEDED) - set(head):
                return


def _names(cells: Row) -> list[str]:
    return [in_line(cell).casefold() for cell in cells]


def _head_mistakes(line: int, names: list[str]) -> Iterator[Mistake]:
    if missing := [name for name in NEEDED if name not in names]:
        yield Mistake(line, "quiz_file.columns_missing", {"columns": ", ".join(missing)})
        return
    for at, name in enumerate(names):
        if name and name not in ALL_COLUMNS:
            yield Mistake(line, "quiz_file.column_unknown", {"column": shortened(name)})
        elif name and name in names[:at]:
            yield Mistake(line, "quiz_file.column_twice", {"column": name})


@dataclass(frozen=True, slots=True)
class _Reader:
    """The cells of one row by the names of their columns."""

    line: int
    cells: Row
    head: dict[str, int]

    def cell(self, name: str) -> str:
        at = self.head.get(name, -1)
        return clean(self.cells[at]) if 0 <= at < len(self.cells) else ""

    def word(self, name: str) -> str:
        return in_line(self.cell(name)).casefold()

    def names(self, name: str) -> tuple[str, ...]:
        return tuple(each for each in _LIST.split(self.cell(name)) if each)

    def options(self) -> list[str]:
        """Up to the last one that is filled in: a gap between them is a mistake."""
        given = [self.cell(name) for name in OPTIONS]
        while given and not given[-1]:
            given.pop()
        return given


def _question(row: _Reader, language: str) -> Found | Mistake:
    options, right, kind = row.options(), _right(row.cell("right")), row.word("kind")
    if not options and kind == "true_false":
        options = list(true_false(language))
    if wrong := _wrong(row, options, right):
        return wrong
    known = cast("Kind", kind or ("several" if len(right) > 1 else "single"))
    item = Item(
        id=in_line(row.cell("id")),
        kind=known,
        text=texts(row.cell("question"), language),
        options=tuple(texts(option, language) for option in options),
        right=right if known == "order" else tuple(sorted(right)),
        explanation=texts(row.cell("explanation"), language),
        topic=row.word("topic"),
        difficulty=int(row.word("difficulty") or 2),
        about=row.names("about"),
        sources=row.names("sources"),
        editorial=row.word("editorial") == YES,
    )
    return Found(row.line, item)


def _right(typed: str) -> tuple[int, ...]:
    """The places of the letters, each once; -1 for what is no letter of ours."""
    if not typed:
        return ()
    if not _LETTERS.fullmatch(typed):
        return (-1,)
    letters = [each.upper() for each in typed if each.isalpha()]
    return tuple(LETTERS.find(each) for each in dict.fromkeys(letters))


def _wrong(row: _Reader, options: list[str], right: tuple[int, ...]) -> Mistake | None:
    """What in a row's own columns cannot be understood."""
    kind, topic, difficulty = (row.word(name) for name in ("kind", "topic", "difficulty"))
    typed, line = shortened(row.cell("right")), row.line
    if any(cell.strip() for cell in row.cells[max(row.head.values()) + 1 :]):
        return Mistake(line, "quiz_file.too_wide", {"n": len(row.head)})
    if kind and kind not in KINDS:
        known = ", ".join(KINDS)
        return Mistake(line, "quiz_file.kind_unknown", {"typed": shortened(kind), "known": known})
    if topic and topic not in TOPICS:
        known = ", ".join(TOPICS)
        return Mistake(line, "quiz_file.topic_unknown", {"typed": shortened(topic), "known": known})
    if difficulty not in {"", "1", "2", "3"}:
        return Mistake(line, "quiz_file.difficulty", {"typed": shortened(difficulty)})
    if not right:
        return Mistake(line, "quiz_file.right_missing")
    if any(not 0 <= place < len(options) for place in right):
        return Mistake(line, "quiz_file.right_letter", {"typed": typed})
    return None
