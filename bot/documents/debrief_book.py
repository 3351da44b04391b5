"""The debrief as XLSX: questions, options, those who agreed to be named, what it all means."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents import wording
from bot.documents.book import Cell, Table, book
from bot.documents.debrief import COLUMNS, Sheet, facts_of
from bot.documents.pdf import Saying
from bot.quiz.item import LETTERS, shown
from bot.quiz.ranges import DISCRIMINATION, FACILITY

QUESTIONS = (
    "number",
    "question",
    "present",
    "given",
    "right",
    "cards_head",
    "cards_right",
    "facility_head",
    "facility_words",
    "discrimination_head",
    "discrimination_words",
    "wrong",
    "talk",
)
OPTIONS = ("number", "letter", "option", "right_answer", "chosen", "cards_head")


def debrief_xlsx(sheet: Sheet, say: Saying) -> bytes:
    """The file; without somebody to name it has no sheet of participants."""
    tables = [
        Table(
            say("debrief.sheet_questions"),
            _heads(QUESTIONS, say),
            _questions(sheet, say),
            (1, 11, 12),
        ),
        Table(say("debrief.sheet_options"), _heads(OPTIONS, say), _options(sheet, say), (2,)),
    ]
    if sheet.rows:
        rows = [
            (each.name, each.right, each.answered, each.asked, each.missed, each.points)
            for each in sheet.rows
        ]
        tables.append(Table(say("debrief.sheet_participants"), _heads(COLUMNS, say), rows, (0,)))
    heads = (say("debrief.title"), sheet.head.title)
    tables.append(Table(say("debrief.sheet_about"), heads, _about(sheet, say), (0, 1)))
    return book(tables, sheet.head.day)


def _heads(names: tuple[str, ...], say: Saying) -> list[str]:
    return [say(f"debrief.{name}") for name in names]


def _questions(sheet: Sheet, say: Saying) -> Iterator[tuple[Cell, ...]]:
    for each in sheet.debrief.questions:
        yield (
            each.place + 1,
            shown(each.item.text, sheet.language),
            each.present,
            each.answered,
            each.right,
            sum(each.hands),
            each.cards_right if each.cards or not each.hands else None,
            _rounded(each.facility),
            wording.facility(each, say),
            _rounded(each.discrimination),
            wording.discrimination(each, say),
            wording.wrong(each, say),
            wording.prompt(each, say),
        )


def _options(sheet: Sheet, say: Saying) -> Iterator[tuple[Cell, ...]]:
    for each in sheet.debrief.questions:
        for place, option in enumerate(each.item.options):
            mark = "✓" if place in each.item.right else ""
            if each.item.kind == "order":
                mark = say("debrief.right_place", n=each.item.right.index(place) + 1)
            yield (
                each.place + 1,
                LETTERS[place],
                shown(option, sheet.language),
                mark,
                each.counts[place],
                each.hands[place] if each.hands else 0,
            )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 1)


def _about(sheet: Sheet, say: Saying) -> Iterator[tuple[str, str]]:
    """What the figures mean, and with how much care to read them."""
    yield "", wording.DOT.join(facts_of(sheet, say))
    if sheet.debrief.few:
        yield "", say("debrief.few")
    yield say("debrief.facility"), say("debrief.about_facility")
    yield say("debrief.discrimination"), say("debrief.about_discrimination")
    yield say("debrief.ranges"), say("debrief.about_ranges")
    for lowest, name in FACILITY:
        yield _from("debrief.facility", lowest, say), say(f"debrief.facility_{name}")
    for lowest, name in DISCRIMINATION:
        yield _from("debrief.discrimination", lowest, say), say(f"debrief.discrimination_{name}")
    yield say("debrief.missed"), say("debrief.about_missed")
    yield say("debrief.sheet_participants"), say("debrief.about_named")
    if any(each.item.kind == "order" for each in sheet.debrief.questions):
        yield say("debrief.chosen"), say("debrief.in_place")


def _from(figure: str, lowest: int, say: Saying) -> str:
    """A range by its lower end; the last one lies below zero."""
    sign, number = ("<", 0) if lowest < 0 else ("≥", lowest)
    return f"{say(figure)} {sign} {wording.percent(number, say)}"
