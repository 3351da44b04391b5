"""What may stand in a cell of an exported file, so that no spreadsheet takes text for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

Cell = str | int | date | datetime

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# What a spreadsheet may begin a formula with, full-width forms too; blanks and unseen signs that
# some programs pass over before it; and signs that are cut away.
SIGNS, MINUS = "=+@\uff1d\uff0b\uff20", "\\-\uff0d"
FORMULA = re.compile(rf"[\s\u200b-\u200f\ufeff]*[{SIGNS}{MINUS}]|[\t\r\n]")
# Stays as it was typed: with nothing but one sign before it, there is nothing to calculate.
# "+49-30-123" is not among these, as a spreadsheet would show -104.
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?: ?%)?|\+[0-9][0-9 ().]*")
# A program that parts columns at another sign than ours, as many do with a German, French or
# Spanish system, would begin a cell here, quotation marks or not. Lists begin lines with "-".
INSIDE = re.compile(rf'(?<=[;\t])[ "]*(?=[{SIGNS}{MINUS}])|(?<=[\r\n])[ "]*(?=[{SIGNS}])')


def clean(text: str) -> str:
    """`text` without what no file can hold: control signs, halves of a sign.

    Line ends become the one kind that all programs take for one.
    """
    whole = text.encode("utf-8", "replace").decode()
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", lines)


def safe(text: str) -> str:
    """`text` for a CSV cell: an apostrophe before what could be a formula.

    Numbers and phone numbers stay usable: "-12.5", "+49 30 123".
    """
    if NUMBER.fullmatch(text):
        return text
    guarded = INSIDE.sub(lambda found: f"{found[0]}'", text)
    return f"'{guarded}" if FORMULA.match(text) else guarded


def csv_piece(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as RFC 4180 has them, every text in quotation marks."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_for_csv(cell) for cell in row])
    return sheet.getvalue()


def _for_csv(cell: Cell) -> str | int:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return safe(clean(cell)) if isinstance(cell, str) else cell
