"""Questions in a spreadsheet: the template that trainers fill in, and what is read back from it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from bot.documents.archive import Allowance, BrokenError, TooMuchError, measured
from bot.documents.pdf import Saying
from bot.quiz import exchange, table
from bot.quiz.found import LARGEST, OWN, Limits, Mistake, Read, gathered
from bot.quiz.item import KINDS, TOPICS
from bot.quiz.table import COLUMNS, Numbered, Row

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 5, 2_000, 40
# Of all cells together: many may point to one long text.
MOST_SIGNS = 4_000_000
WIDE, NARROW = 48, 14
SENTENCES = frozenset({"question", "explanation"})
LISTED = {"kind": list(KINDS), "topic": list(TOPICS), "difficulty": ["1", "2", "3"]}
# Any day will do: the same words make the same file.
MADE = datetime.combine(date(2027, 1, 1), time(), UTC)


def read(name: str, data: bytes, language: str, limits: Limits = OWN) -> Read:
    """The questions of a file in any of our formats; `name` only gives a hint."""
    if not data.startswith(b"PK") or len(data) > LARGEST:
        return exchange.read(name, data, language, limits)
    try:
        rows = _rows(measured(data))
    except TooMuchError:
        return Read((), (Mistake(0, "quiz_file.workbook_large"),))
    except BrokenError:
        return Read((), (Mistake(0, "quiz_file.workbook"),))
    return gathered(table.found(rows, language), language, limits, "xlsx")


def _rows(data: bytes) -> list[Numbered]:
    """The rows of the first sheet with a head of ours, else of the first sheet."""
    # Loading it takes longer than a page may; nobody but an import needs it.
    import openpyxl

    signs = Allowance(MOST_SIGNS)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [[*_cells(sheet, signs)] for sheet in book.worksheets[:MOST_SHEETS]]
    except TooMuchError:
        raise
    except Exception as error:
        # It has no error of its own: whatever it stumbles over shows up as it comes.
        raise BrokenError from error
    if not sheets:
        raise BrokenError
    return next((rows for rows in sheets if _has_head(rows)), sheets[0])


def _cells(sheet: Any, signs: Allowance) -> Iterator[Numbered]:
    # What a file says of its own size may be wrong.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        cells = [_text(cell) for cell in row]
        signs.take(sum(map(len, cells)))
        yield number, cells


def _has_head(rows: list[Numbered]) -> bool:
    head: Row = next((cells for _, cells in rows if any(cells)), ())
    return {"question", "right"} <= {cell.strip().casefold() for cell in head}


def _text(cell: Any) -> str:
    """A cell as it is seen: spreadsheets turn "50 %" and "2" into numbers by themselves."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        is_share = str(cell.number_format or "").endswith("%")
        return f"{value * 100:.10g} %" if is_share else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value)


def template(say: Saying) -> bytes:
    """The empty file with its head, two examples to write over, and a sheet that explains it."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book: Any = xlsxwriter.Workbook(out, {**options, "strings_to_numbers": False})
    book.set_properties({"created": MADE, "author": "Amorce"})
    # As text, so that "3-4" is not taken for a day.
    looks = {"text_wrap": True, "valign": "top", "num_format": "@"}
    plain, bold = book.add_format(looks), book.add_format({**looks, "bold": True})
    sheet = book.add_worksheet(say("quiz_file.sheet_questions"))
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDE if name in SENTENCES else NARROW, plain)
        if name in LISTED:
            rule = {"validate": "list", "source": LISTED[name], "error_type": "warning"}
            sheet.data_validation(1, column, OWN.items, column, rule)
    _write(sheet, [COLUMNS, *_examples(say)], bold, plain)
    about = book.add_worksheet(say("quiz_file.sheet_help"))
    about.set_column(0, 0, NARROW)
    about.set_column(1, 1, 2 * WIDE)
    _write(about, [*_help(say)], bold, plain)
    book.close()
    return out.getvalue()


def _write(sheet: Any, rows: list[Row], bold: Any, plain: Any) -> None:
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(line, column, cell, plain if line else bold)


def _examples(say: Saying) -> Iterator[Row]:
    one = [say(f"quiz_file.one_{part}") for part in ("text", "a", "b", "c", "why")]
    two = [say(f"quiz_file.two_{part}") for part in ("text", "a", "b", "c", "d", "why")]
    yield "", "single", "", "1", *one[:4], "", "", "", "B", one[4], "", ""
    yield "", "several", "sectors", "2", *two[:5], "", "", "A, C", two[5], "", ""


def _help(say: Saying) -> Iterator[Row]:
    most = {"items": OWN.items, "question": OWN.question, "option": OWN.option}
    yield "", say("quiz_file.help", items=most["items"])
    yield "question", say("quiz_file.help_question", most=most["question"])
    yield "a – f", say("quiz_file.help_options", most=most["option"])
    yield "right", say("quiz_file.help_right")
    yield "kind", say("quiz_file.help_kind")
    yield "topic", say("quiz_file.help_topic", known=", ".join(TOPICS))
    yield "difficulty", say("quiz_file.help_difficulty")
    yield "explanation", say("quiz_file.help_explanation", most=OWN.explanation)
    yield "id, about, sources", say("quiz_file.help_rest")
