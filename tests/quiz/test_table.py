"""Questions in rows: CSV and spreadsheets, without loss and without formulas."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.say import Value
from bot.documents import quiz_book
from bot.quiz import comma, exchange, table
from bot.quiz.item import Item, said
from bot.render import Renderer
from tests.quiz.items import FULL, ITEMS, LANGUAGES, WIDE, in_language, knowledge

HEAD = "question,a,b,c,right\n"


def read(text: str) -> exchange.Read:
    return exchange.read("csv", text.encode(), "en")


def workbook(
    rows: Sequence[Sequence[Any]], formats: dict[tuple[int, int], str] | None = None
) -> bytes:
    """A spreadsheet as a person would make it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            look = book.add_format({"num_format": (formats or {}).get((line, column), "General")})
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, book.add_format({"num_format": "d/m/yy"}))
            elif isinstance(cell, str):
                sheet.write_string(line, column, cell, look)
            else:
                sheet.write(line, column, cell, look)
    book.close()
    return out.getvalue()


def saying(language: str) -> Callable[..., str]:
    renderer = Renderer(knowledge())

    def say(key: str, /, **values: Value) -> str:
        return renderer.pattern(key, values, language)

    return say


# ------------------------------------------------------------ without loss


@given(ITEMS, st.sampled_from(["en", "de"]))
@settings(max_examples=100)
def test_whatever_is_written_as_csv_comes_back_the_same(items: list[Item], separators: str) -> None:
    text = comma.write(table.rows(items, "en"), separators)
    assert text.startswith("\ufeff")
    found = exchange.read("x.csv", text.encode(), "en", WIDE)
    assert found == exchange.Read(tuple(items), (), "csv")


@given(ITEMS)
def test_whatever_is_put_into_a_spreadsheet_comes_back_the_same(items: list[Item]) -> None:
    data = workbook(list(table.rows(items, "en")))
    assert quiz_book.read("x", data, "en", WIDE) == exchange.Read(tuple(items), (), "xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_bank_comes_back_the_same(language: str) -> None:
    items = in_language(language)
    text = exchange.write("csv", items, language).text
    assert exchange.read("bank.csv", text.encode(), language, WIDE).items == items


# ------------------------------------------------------------ formulas


@given(FULL)
def test_no_cell_begins_with_the_sign_of_a_formula_and_none_is_changed(text: str) -> None:
    guarded = comma.guarded(text)
    assert guarded.lstrip("\u200b\u200c\u200d\u200e\u200f")[0] not in "=+-@\uff1d\uff0b\uff0d\uff20"
    assert comma.unguarded(guarded) == text


@pytest.mark.parametrize(
    "text", ["=1", "'=1", "''+1", "a;=1", 'a\t" =1', "a\n@x", "a\n- b", "it's"]
)
def test_a_protected_cell_is_the_same_again(text: str) -> None:
    assert comma.unguarded(comma.guarded(text)) == text


def test_a_formula_in_the_middle_stays_harmless_under_another_separator() -> None:
    assert comma.guarded("a;=HYPERLINK()") == "a;'=HYPERLINK()"
    assert comma.guarded("see:\n- this\n- that") == "see:\n- this\n- that"


# ------------------------------------------------------------ as people fill it in


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_separator_is_found_out(sign: str) -> None:
    rows = [["Question", " RIGHT", "a", "B", "kind"], ["Which, and; why?", "b", "x", "y", "Single"]]
    text = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows)
    (item,) = read(f"sep={sign}\n\n{text}").items
    assert (said(item.text, "en"), item.right) == ("Which, and; why?", (1,))


def test_the_kind_follows_from_the_letters() -> None:
    items = read(HEAD + "q1,x,y,z,B\nq2,x,y,z,C A\nq3,x,y,,a\n").items
    assert [(item.kind, item.right) for item in items] == [
        ("single", (1,)),
        ("several", (0, 2)),
        ("single", (0,)),
    ]


def test_an_order_is_told_by_its_letters() -> None:
    (item,) = read('kind,question,a,b,c,right\norder,q,x,y,z,"C, A, B"\n').items
    assert (item.kind, item.right) == ("order", (2, 0, 1))


def test_a_statement_needs_no_options() -> None:
    (item,) = exchange.read("csv", b"kind;question;a;b;right\ntrue_false;q;;;B\n", "fr").items
    assert [said(option, "fr") for option in item.options] == ["Vrai", "Faux"]
    assert item.right == (1,)


def test_cells_that_a_spreadsheet_turned_into_numbers_are_read_as_they_are_seen() -> None:
    rows = [["question", "a", "b", "c", "d", "e", "right", "difficulty"]]
    data = workbook([*rows, ["q", 0.5, 2, date(2027, 3, 4), True, 1.25, "A", 3]], {(1, 1): "0%"})
    (item,) = quiz_book.read("x.xlsx", data, "en").items
    shown = [said(option, "en") for option in item.options]
    assert shown == ["50 %", "2", "2027-03-04", "TRUE", "1.25"]
    assert item.difficulty == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_read_back_with_its_two_examples(language: str) -> None:
    data = quiz_book.template(saying(language))
    found = quiz_book.read("template.xlsx", data, language)
    assert [item.right for item in found.items] == [(1,), (0, 2)]
    assert found.mistakes == ()
    assert data == quiz_book.template(saying(language))
    book = openpyxl.load_workbook(io.BytesIO(data))
    head = [cell.value for cell in book.worksheets[0][1]]
    assert tuple(head) == table.COLUMNS
    told = " ".join(str(cell.value) for row in book.worksheets[1] for cell in row)
    assert all(name in told for name in ("question", "right", "several", "id, about, sources"))


# ------------------------------------------------------------ mistakes

WRONG = {
    "q,x,y,,": "right_missing",
    "q,x,y,,D": "right_letter",
    "q,x,y,,1": "right_letter",
    "q,x,y,,A and B": "right_letter",
    "q,x,,z,A": "option_empty",
    "q,x,X ,,A": "same_options",
    "q,x,,,A": "few_options",
    ",x,y,,A": "question_missing",
    "q,x,y,z,A,what": "too_wide",
    'q,"x"y,y,z,A': "quotation",
    'q,x,y,z,"A': "quotation",
    f"{'q' * 301},x,y,,A": "question_long",
}


@pytest.mark.parametrize("row", WRONG, ids=lambda row: WRONG[row])
def test_one_bad_row_is_named_and_the_others_are_offered(row: str) -> None:
    found = read(f'{HEAD}"goo\nd",x,y,,A\n{row}\nbetter,x,y,,A\n')
    assert [said(item.text, "en") for item in found.items] == ["goo\nd", "better"]
    (mistake,) = found.mistakes
    assert (mistake.key, mistake.line) == (f"quiz_file.{WRONG[row]}", 4)
    for language in LANGUAGES:
        assert Renderer(knowledge()).pattern(mistake.key, mistake.values, language)


@pytest.mark.parametrize(
    ("columns", "cells", "key"),
    [
        ("kind", "quiz", "kind_unknown"),
        ("kind", "true_false", "two_options"),
        ("kind", "order", "order_all"),
        ("topic", "p5", "topic_unknown"),
        ("difficulty", "hard", "difficulty"),
    ],
)
def test_what_a_column_cannot_say_is_a_mistake(columns: str, cells: str, key: str) -> None:
    found = read(f"{columns},question,a,b,c,right\n{cells},q,x,y,z,A\n")
    assert found.items == ()
    assert [(m.key, m.line) for m in found.mistakes] == [(f"quiz_file.{key}", 2)]
    values = found.mistakes[0].values
    assert all(Renderer(knowledge()).pattern(found.mistakes[0].key, values, at) for at in LANGUAGES)


def test_several_marked_for_a_kind_with_one_right_answer_is_a_mistake() -> None:
    found = read('kind,question,a,b,right\nsingle,q,x,y,"A,B"\n')
    assert [(m.key, m.values["n"]) for m in found.mistakes] == [("quiz_file.one_right", 2)]


@pytest.mark.parametrize(
    ("head", "keys"),
    [
        ("question,a,right", ["columns_missing"]),
        ("question,a,b,right,explantion", ["column_unknown"]),
        ("question,a,b,b,right", ["column_twice"]),
    ],
)
def test_a_head_that_is_not_ours_is_told_in_its_line(head: str, keys: list[str]) -> None:
    found = read(f"\n{head}\nq,x,y,A\n")
    named = [m for m in found.mistakes if m.line == 2]
    assert [m.key for m in named] == [f"quiz_file.{key}" for key in keys]
    assert all(Renderer(knowledge()).pattern(m.key, m.values, "es") for m in named)


def test_a_spreadsheet_mistake_is_at_its_row() -> None:
    data = workbook(
        [["question", "a", "b", "right"], [], ["q", "x", "y", "A"], ["q", "x", "", "A"]]
    )
    found = quiz_book.read("x.xlsx", data, "en")
    assert len(found.items) == 1
    assert [(m.key, m.line) for m in found.mistakes] == [("quiz_file.few_options", 4)]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts spoilt."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            body = old.read(info)
            new.writestr(info.filename, change(body) if info.filename == part else body)
    return out.getvalue()


GOOD = workbook([["question", "a", "b", "right"], ["q", "x", "y", "A"]])
SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (zipped(xl__workbook=b" " * 50_000_000), "workbook_large"),
        (zipped(**{f"part{n}": b"" for n in range(300)}), "workbook_large"),
        (zipped(readme=b"nothing"), "workbook"),
        (b"PK\x03\x04 and no more", "workbook"),
        (GOOD[: len(GOOD) // 2], "workbook"),
        (changed(GOOD, SHEET, lambda body: body[:200]), "workbook"),
        (
            changed(GOOD, SHEET, lambda body: body.replace(b"<worksheet", BOMB + b"<worksheet")),
            "workbook",
        ),
        (changed(GOOD, "xl/workbook.xml", lambda body: b""), "workbook"),
    ],
    ids=["bomb", "parts", "foreign", "stub", "cut", "broken", "entities", "empty"],
)
def test_a_workbook_that_is_broken_or_a_bomb_is_refused(data: bytes, key: str) -> None:
    found = quiz_book.read("x.xlsx", data, "en")
    assert found == exchange.Read((), (exchange.Mistake(0, f"quiz_file.{key}"),))


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    def huge(body: bytes) -> bytes:
        assert b'<dimension ref="A1:D2"/>' in body
        body = body.replace(b"A1:D2", b"A1:XFD1048576")
        return body.replace(b'<row r="2" ', b'<row r="1048576" ')

    found = quiz_book.read("x.xlsx", changed(GOOD, SHEET, huge), "en")
    assert [m.key for m in found.mistakes] == ["quiz_file.empty"]


@given(st.binary(max_size=300))
def test_no_bytes_make_the_workbook_reader_stumble(data: bytes) -> None:
    quiz_book.read("x.xlsx", b"PK\x03\x04" + data, "en")


@given(
    st.lists(st.sampled_from([*'",;\n\t=', "question", "right", "a", "b", "A", "kind", "order"]))
)
def test_no_text_makes_the_reader_stumble(pieces: list[str]) -> None:
    for text in ("".join(pieces), HEAD + "".join(pieces)):
        assert all(m.key.startswith("quiz_file.") for m in read(text).mistakes)


@pytest.mark.parametrize("piece", ['"', ",", "\n", '"\n', 'a,"b\n', ";=", "\t'"])
def test_a_megabyte_of_one_sign_is_read_to_its_end(piece: str) -> None:
    body = piece * (900_000 // len(piece))
    assert read(f"{HEAD}{body}").items == ()
