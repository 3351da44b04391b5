"""An XLSX file that grows row by row on the disk and never lies in memory as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, datetime
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from bot.desk.cells import Cell, clean

# What one sheet of the format holds; the rows go on in a second one.
MOST_ROWS = 1_048_576
OLDEST_YEAR = 1900
WIDTH = 24
BLOCK = 64 * 1024


class Workbook:
    """Made, filled and closed on threads, one call at a time; `out` is ready after `close`."""

    def __init__(self, out: IO[bytes], folder: str, name: str, heads: Sequence[str]) -> None:
        # Loading it takes longer than a page may; nobody but an export needs it.
        import xlsxwriter  # type: ignore[import-untyped]

        self._book: Any = xlsxwriter.Workbook(
            out,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._name, self._heads = name, heads
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        number = "" if self._sheets == 1 else f" {self._sheets}"
        self._sheet: Any = self._book.add_worksheet(f"{self._name}{number}")
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(self._heads) - 1, WIDTH)
        for column, head in enumerate(self._heads):
            self._sheet.write_string(0, column, head, self._bold)
        self._row = 1

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            if self._row == MOST_ROWS:
                self._begin()
            for column, cell in enumerate(row):
                self._write(column, cell)
            self._row += 1

    def _write(self, column: int, cell: Cell) -> None:
        """Each cell with its own type: what is text is never looked at as anything else."""
        at = (self._row, column)
        if isinstance(cell, datetime):
            self._sheet.write_datetime(*at, cell, self._time)
        elif isinstance(cell, date) and cell.year >= OLDEST_YEAR:
            self._sheet.write_datetime(*at, cell, self._day)
        elif isinstance(cell, int):
            self._sheet.write_number(*at, cell)
        elif text := clean(str(cell)):
            self._sheet.write_string(*at, text)

    def close(self) -> None:
        self._book.close()


async def written(
    name: str, heads: Sequence[str], pieces: AsyncIterator[list[Sequence[Cell]]]
) -> IO[bytes]:
    """The finished file, open at its beginning.

    It has no name on the disk, so that nothing of a team stays there, however we end.
    """
    out: IO[bytes] = await asyncio.to_thread(TemporaryFile)
    try:
        with TemporaryDirectory(prefix="amorce-") as folder:
            book = await asyncio.to_thread(Workbook, out, folder, name, heads)
            try:
                async for rows in pieces:
                    await asyncio.to_thread(book.add, rows)
            finally:
                await asyncio.to_thread(book.close)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


async def blocks(out: IO[bytes]) -> AsyncIterator[bytes]:
    """The file piece by piece; it is gone once it was sent, or once nobody wants it any more."""
    try:
        while block := await asyncio.to_thread(out.read, BLOCK):
            yield block
    finally:
        out.close()
