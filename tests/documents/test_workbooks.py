"""Workbooks that people send: cells as they are seen in them, and bombs that stay small."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import quiz_book
from bot.documents.archive import PIECE, BrokenError, measured
from bot.quiz.found import LARGEST, OWN, Mistake, Read
from bot.quiz.item import said
from bot.quiz.table import COLUMNS, Numbered
from tests.quiz.items import LANGUAGES, in_language

BOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
MEGABYTE = 1_000_000
NAMED = b'<%s xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</%s>'


def filled(*sheets: list[list[Any]]) -> bytes:
    """A workbook as a person would make it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    for rows in sheets:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    book.close()
    return out.getvalue()


GOOD = filled([["question", "a", "b", "right"], ["q", "x", "y", "A"]])


def rebuilt(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The good workbook with some of its parts exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", method) as new:
        for info in old.infolist():
            new.writestr(info.filename, parts.get(info.filename, old.read(info)))
    return out.getvalue()


def a_sheet(row: bytes) -> bytes:
    return NAMED % (b"worksheet", b"<sheetData>" + row + b"</sheetData>", b"worksheet")


def filled_rows(data: bytes) -> list[Numbered]:
    """The rows of the first sheet that have words."""
    rows = quiz_book._rows(measured(data))
    return [(n, [cell for cell in row if cell]) for n, row in rows if any(row)]


def refused(key: str) -> Read:
    return Read((), (Mistake(0, f"quiz_file.{key}"),))


# ------------------------------------------------------------ bombs


@contextmanager
def tracing() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def lying(part: str, body: bytes, size: int) -> bytes:
    """A workbook that says of one part that it is far smaller than it is."""
    data = bytearray(rebuilt({part: body}))
    entry = data.rfind(part.encode()) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, entry + 24, size)
    return bytes(data)


@pytest.mark.parametrize("part", [BOOK, SHEET, STRINGS, STYLES])
def test_a_part_that_lies_about_its_size_is_not_unpacked(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        body = good.read(part) + b" " * (60 * MEGABYTE)
    data = lying(part, body, 500)
    del body
    quiz_book.read("x.xlsx", GOOD, "en")
    with tracing():
        assert quiz_book.read("x.xlsx", data, "en") == refused("workbook")
        assert tracemalloc.get_traced_memory()[1] < 2 * MEGABYTE


def test_a_part_is_unpacked_no_further_than_the_limit() -> None:
    data = rebuilt({BOOK: b" " * (60 * MEGABYTE)})
    with tracing():
        assert quiz_book.read("x.xlsx", data, "en") == refused("workbook_large")
        assert tracemalloc.get_traced_memory()[1] < 2 * MEGABYTE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_piece_by_piece_is_refused(method: int) -> None:
    with pytest.raises(BrokenError):
        measured(rebuilt({BOOK: b" " * (2 * PIECE)}, method))


DENSE = {
    "styles": {STYLES: b"<s><cellXfs>" + b"<xf/>" * 1_500_000 + b"</cellXfs></s>"},
    "formats": {STYLES: b"<s>" + b'<numFmt formatCode="yy"/>' * 30_000 + b"</s>"},
    "long format": {STYLES: b'<s><numFmt formatCode="' + b"y" * 500_000 + b'"/></s>'},
    "cells": {SHEET: a_sheet(b"<row>" + b"<c/>" * 1_500_000 + b"</row>")},
    "rows in rows": {SHEET: a_sheet(b"<row>" * 500_000 + b"</row>" * 500_000)},
    "texts": {STRINGS: b"<sst>" + b"<si/>" * 1_000_000 + b"</sst>"},
    "names": {BOOK: b"<workbook>" + b"<definedName/>" * 500_000 + b"</workbook>"},
    "one text for all": {
        STRINGS: NAMED % (b"sst", b"<si><t>" + b"x" * MEGABYTE + b"</t></si>", b"sst"),
        SHEET: a_sheet((b"<row>" + b'<c t="s"><v>0</v></c>' * 15 + b"</row>") * 500),
    },
}


@pytest.mark.parametrize("parts", DENSE.values(), ids=DENSE)
def test_what_is_small_and_takes_long_to_read_is_refused(parts: Mapping[str, bytes]) -> None:
    data = rebuilt(parts)
    assert len(data) < LARGEST // 10
    assert quiz_book.read("x.xlsx", data, "en") == refused("workbook_large")


def test_parts_that_nobody_asks_for_are_not_unpacked() -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * (60 * MEGABYTE))
    found = quiz_book.read("x.xlsx", out.getvalue(), "en")
    assert (len(found.items), found.mistakes) == (1, ())


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=5))
@settings(max_examples=300)
def test_no_byte_that_is_changed_makes_the_reader_stumble(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    found = quiz_book.read("x", bytes(data), "en")
    assert all(m.key.startswith("quiz_file.") for m in found.mistakes)


# ------------------------------------------------------------ what people fill in


def long_set(language: str) -> list[list[str]]:
    """As many questions as a set holds, each text as long as it may be, in a language's words."""
    item = in_language(language)
    words = " & ".join(said(each.text, language) for each in item)

    def text(at: int, length: int) -> str:
        start = (at * 37) % (len(words) - length)
        return f"{at} {words[start:]}"[:length].strip()

    head = ["question", *"abcdef", "right", "explanation"]
    return [
        head,
        *(
            [
                *(text(n, OWN.question), *(text(600 * k + n, OWN.option) for k in range(6))),
                *("B", text(n, OWN.explanation)),
            ]
            for n in range(OWN.items)
        ),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_set_is_read_from_a_workbook_of_all_languages(language: str) -> None:
    others = [each for each in LANGUAGES if each != language]
    sheets = [long_set(each) for each in (language, *others)]
    data = filled(*sheets)
    assert len(data) < LARGEST
    found = quiz_book.read("x.xlsx", data, language)
    assert (len(found.items), found.mistakes) == (OWN.items, ())
    last = found.items[-1]
    assert [said(option, language) for option in last.options] == sheets[0][-1][1:7]
    assert max(len(said(item.text, language)) for item in found.items) == OWN.question


def test_a_sheet_that_a_program_padded_with_empty_cells_is_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    looks = book.add_format({"text_wrap": True})
    for _ in range(4):
        sheet = book.add_worksheet()
        for line in range(1_000):
            for column in range(26):
                sheet.write_blank(line, column, None, looks)
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 4, ["q", "x", "y"])
        sheet.write(1, COLUMNS.index("right"), "A")
    book.close()
    found = quiz_book.read("x.xlsx", out.getvalue(), "en")
    assert (len(found.items), found.mistakes) == (1, ())


def test_each_kind_of_cell_is_read_as_it_is_seen() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    formats = {each: book.add_format({"num_format": each}) for each in ("0.0%", "d/m/yy", "[h]:mm")}
    sheet.write_rich_string(0, 0, "one ", bold, "two", " three")
    sheet.write_string(0, 1, "1\n<&")
    sheet.write_boolean(0, 2, False)
    sheet.write_formula(0, 3, "=1+1", None, "words")
    sheet.write_number(0, 5, 0.125, formats["0.0%"])
    sheet.write_datetime(1, 0, datetime(2027, 3, 4), formats["d/m/yy"])  # noqa: DTZ001
    sheet.write_datetime(1, 1, datetime(2027, 3, 4, 5, 6), formats["d/m/yy"])  # noqa: DTZ001
    sheet.write_datetime(1, 2, timedelta(hours=30), formats["[h]:mm"])
    sheet.write_number(1, 3, -5, formats["d/m/yy"])
    sheet.write_formula(4, 1, "=1/0", None, "#DIV/0!")
    book.close()
    rows = filled_rows(out.getvalue())
    assert rows == [
        (1, ["one two three", "1\n<&", "FALSE", "words", "12.5 %"]),
        (2, ["2027-03-04", "2027-03-04 05:06:00", "1 day, 6:00:00", "1899-12-25"]),
        (5, ["#DIV/0!"]),
    ]
