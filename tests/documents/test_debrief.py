"""The debrief as PDF and XLSX: what stands in it, in every language, and whose name never does."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from bot.documents.debrief import Sheet, debrief_pdf
from bot.documents.debrief_book import debrief_xlsx
from bot.quiz.item import Item
from bot.quiz.statistics import Debrief, Present, sheet
from tests.documents.reading import pages, text_of, words_of
from tests.documents.samples import (
    ASKED,
    HOSTILE,
    LANGUAGES,
    OPTIONS,
    SINGLE,
    in_language,
    round_of,
    saying,
)

WARNING = {"fr": "Moins de vingt", "en": "Fewer than twenty", "de": "zwanzig", "es": "veinte"}


def pdf_words(it: Sheet) -> str:
    return words_of(debrief_pdf(it, saying(it.language)))


def book_of(it: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(debrief_xlsx(it, saying(it.language))))


def everything_in(xlsx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(xlsx)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def test_the_sheet_tells_each_question_with_its_figures() -> None:
    told = pdf_words(round_of())
    assert "Quiz debrief Lagoon 12 March 2027 · code K7MQ2X · 3 participants" in told
    assert "1. Who looks for partners? A The founders ✓ right answer 1 + 4 by card" in told
    assert "Present: 2; answered: 2; right: 1." in told
    assert "Added to these, cards held up: 5; right: 4." in told
    # Five of seven: 1 of 2 players and 4 of 5 cards.
    assert "Facility 71% · fairly easy" in told
    assert "Wrong answers chosen most: B (2×)" in told


def test_an_order_is_told_by_what_stands_where() -> None:
    told = pdf_words(round_of())
    assert "2. In which order? A The founders ✓ right as no. 2" in told
    assert "C The press ✓ right as no. 1" in told
    assert "Wrong answers chosen most: A-B-C (1×), C-B-A (1×)" in told


def test_several_letters_of_one_answer_stand_together() -> None:
    assert "Wrong answers chosen most: A + B (1×)" in pdf_words(round_of())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_words_and_says_that_few_took_part(language: str) -> None:
    told = pdf_words(in_language(language))
    assert " ".join(ASKED[language].split()) in told
    assert WARNING[language] in told
    assert f"/Lang({language})".encode() in debrief_pdf(in_language(language), saying(language))


def test_from_twenty_participants_on_there_is_no_warning() -> None:
    many = [Present(each, 0, named=False, name="") for each in range(20)]
    it = replace(round_of(), debrief=sheet([SINGLE], [], many, {}))
    assert WARNING["en"] not in pdf_words(it)
    assert WARNING["en"] not in everything_in(debrief_xlsx(it, saying("en")))


def test_what_people_typed_stands_there_as_they_typed_it() -> None:
    item = Item("x", "single", {"en": HOSTILE}, ({"en": HOSTILE}, *OPTIONS[1:]), (0,))
    told = pdf_words(round_of((item, item, item), title=HOSTILE))
    # Title, foot, three questions, three options, one name; whatever breaks a line.
    assert told.count(HOSTILE) == 9
    assert any(cell.value == HOSTILE for row in book_of(round_of()).worksheets[2] for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_those_who_agreed_are_named(language: str) -> None:
    it = in_language(language)
    assert "Éloïse Ndiaye" in pdf_words(it)
    assert "Withheld" not in pdf_words(it)
    xlsx = everything_in(debrief_xlsx(it, saying(language)))
    assert "Éloïse Ndiaye" in xlsx
    assert "Withheld" not in xlsx


def test_without_names_nobody_is_named_whatever_they_agreed_to() -> None:
    it = replace(round_of(), names=False)
    for told in (pdf_words(it), everything_in(debrief_xlsx(it, saying("en")))):
        assert "Éloïse" not in told
        assert "#hash" not in told
        assert "agreed to be named" not in told
    assert [each.title for each in book_of(it)] == ["Questions", "Options", "About"]


def test_the_table_holds_numbers_as_numbers_and_no_formula() -> None:
    item = replace(SINGLE, text={"en": "=1+1"})
    book = book_of(round_of((item, item, item)))
    assert [each.title for each in book] == ["Questions", "Options", "Participants", "About"]
    heads, first, *_ = book["Questions"].iter_rows(values_only=True)
    assert dict(zip(heads, first, strict=True)) == {
        "No.": 1,
        "Question": "=1+1",
        "Present": 2,
        "Answered": 2,
        "Right": 1,
        "Cards": 5,
        "Cards right": 4,
        "Facility (%)": 71.4,
        "Facility, in words": "fairly easy",
        "Discrimination (%)": 100,
        "Discrimination, in words": "too few people to judge by",
        "Wrong answers chosen most": "B (2×)",
        "To talk about": "Where did you hesitate, and what decided it?",
    }
    assert {cell.data_type for page in book for row in page for cell in row} <= {"s", "n"}
    people = list(book["Participants"].iter_rows(values_only=True))
    assert people[-1] == ("Éloïse Ndiaye", 3, 3, 3, 0, 30)


def test_the_same_round_gives_the_same_bytes_dated_with_its_day() -> None:
    it, say = round_of(), saying("en")
    assert b"/CreationDate(D:20270312000000Z)" in debrief_pdf(it, say)
    assert book_of(it).properties.created == datetime(2027, 3, 12)  # noqa: DTZ001
    assert debrief_pdf(it, say) == debrief_pdf(it, say)
    assert debrief_xlsx(it, say) == debrief_xlsx(it, say)


@pytest.mark.parametrize("number", [0, 1, 30])
def test_any_number_of_questions_finds_its_room(number: int) -> None:
    long = Item("x", "single", {"en": "word " * 300}, ({"en": "W" * 400}, {"en": "B"}), (0,))
    found = sheet([long] * number, [], [Present(1, 0, named=True, name="W" * 200)], {})
    told = pdf_words(replace(round_of(), debrief=found))
    assert told.count("word word") == 150 * number
    assert f"{number}. word" in told if number else "No question was played." in told


def test_a_question_longer_than_a_page_goes_on_over_the_next_ones() -> None:
    endless = replace(SINGLE, text={"en": "word " * 3000})
    pdf = debrief_pdf(round_of((endless,)), saying("en"))
    # Of 179 lines no page holds more than sixty.
    assert pages(pdf) >= 4


def test_a_word_longer_than_its_column_is_broken() -> None:
    endless = replace(SINGLE, options=({"en": "W" * 400}, {"en": "B"}))
    told = text_of(debrief_pdf(round_of((endless,), title="W" * 400), saying("en")))
    assert max(line.count("W") for line in told.splitlines()) < 60


def test_the_file_is_marked_as_readable_aloud() -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in debrief_pdf(round_of(), saying("en"))


def test_a_letter_no_typeface_has_costs_nobody_their_sheet() -> None:
    """A private sign: no typeface of any machine draws it."""
    rows = sheet([SINGLE], [], [Present(1, 0, named=True, name="Ana \U000f0001\x00\ud800")], {})
    assert "Ana" in pdf_words(replace(round_of(), debrief=rows))


def test_a_round_without_anybody_is_a_sheet_too() -> None:
    it = replace(round_of(title=""), debrief=Debrief((), (), 0))
    assert "0 participants" in pdf_words(it)
    assert book_of(it)["Questions"].max_row == 1
