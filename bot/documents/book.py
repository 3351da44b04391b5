"""An XLSX file of several sheets; what is text is never taken for a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from tempfile import TemporaryDirectory
from typing import Any

from bot.documents.pdf import lines

Cell = str | int | float | None
WIDE, NARROW = 48, 18
# What one cell of the format holds.
MOST = 32_767


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; `wide`: columns that hold whole sentences."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    wide: Sequence[int] = ()


def book(tables: Iterable[Table], day: date) -> bytes:
    """The file, dated `day`: the same tables give the same bytes."""
    # Loading it takes longer than a page may; nobody but an export needs it.
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    with TemporaryDirectory(prefix="amorce-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        made: Any = xlsxwriter.Workbook(out, options)
        made.set_properties({"created": datetime.combine(day, time(), UTC), "author": "Amorce"})
        for table in tables:
            _write(made, table)
        made.close()
    return out.getvalue()


def _write(made: Any, table: Table) -> None:
    sheet = made.add_worksheet(table.name)
    bold = made.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = made.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column in range(len(table.heads)):
        sheet.set_column(column, column, WIDE if column in table.wide else NARROW)
    for row, cells in enumerate([table.heads, *table.rows]):
        for column, cell in enumerate(cells):
            look = plain if row else bold
            if isinstance(cell, str) and (text := lines(cell)[:MOST]):
                sheet.write_string(row, column, text, look)
            elif isinstance(cell, int | float):
                sheet.write_number(row, column, cell, look)
