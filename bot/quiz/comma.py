"""Rows of text as CSV and back: no spreadsheet takes a cell for a formula, and nothing is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from bot.quiz.found import Mistake, shortened
from bot.quiz.table import Numbered, Row

BOM = "\ufeff"
# Where a comma stands in numbers, spreadsheets part columns at a semicolon.
SEPARATORS = {"en": ","}
ELSEWHERE = ";"
LONGEST_CELL = 20_000
# A spreadsheet may begin a formula with these, full-width forms too, and passes over unseen signs.
_SIGNS = "=+@\uff1d\uff0b\uff20"
_MINUS = "\\-\uff0d"
_START = rf"^[\u200b-\u200f]*'*(?=[{_SIGNS}{_MINUS}])"
# A program that parts columns elsewhere would begin a cell here. Lists begin lines with "-".
_INSIDE = (
    rf"(?<=[;,\t])[ \"]*'*(?=[{_SIGNS}{_MINUS}])",
    rf"(?<=[\r\n])[ \"]*'*(?=[{_SIGNS}])",
)
_GUARD = re.compile("|".join([_START, *_INSIDE]))


def guarded(cell: str) -> str:
    """An apostrophe before each place where a formula could begin; one more where some are."""
    return _GUARD.sub(lambda found: f"{found[0]}'", cell)


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return _GUARD.sub(lambda found: found[0].removesuffix("'"), cell)


def write(rows: Iterable[Row], language: str) -> str:
    """A file as spreadsheets of the language open it: BOM, their separator, every cell quoted."""
    sheet = StringIO(newline="")
    separator = SEPARATORS.get(language, ELSEWHERE)
    writer = csv.writer(sheet, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return BOM + sheet.getvalue()


def read(text: str) -> Iterator[Numbered | Mistake]:
    """Every row with its line; a quotation mark that is not closed costs its own line only."""
    lines = text.split("\n")
    begin = 1 if re.fullmatch(r"sep=.", lines[0].strip(" \r\ufeff"), re.IGNORECASE) else 0
    separator = _separator(next((line for line in lines[begin:] if line.strip()), ""))
    while begin < len(lines):
        at = begin
        reader = csv.reader(_fed(lines, begin), delimiter=separator, strict=True)
        try:
            for cells in reader:
                yield at + 1, [unguarded(cell[:LONGEST_CELL]) for cell in cells]
                at = begin + reader.line_num
        except csv.Error:
            yield Mistake(at + 1, "quiz_file.quotation", {"typed": shortened(lines[at])})
            begin = at + 1
            continue
        return


def _fed(lines: list[str], begin: int) -> Iterator[str]:
    return (f"{lines[at]}\n" for at in range(begin, len(lines)))


def _separator(head: str) -> str:
    """The one that stands most often in the first line."""
    return max(",;\t", key=head.count)
