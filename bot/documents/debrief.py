"""The debrief sheet as PDF: each question with its figures, then those who agreed to be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.documents import wording
from bot.documents.pdf import Data, Saying, pdf
from bot.quiz.debrief import Debrief, Question, Row
from bot.quiz.item import LETTERS, shown

# A block longer than about a page must be allowed to go on over to the next one.
LONG = 1200
COLUMNS = ("name", "right", "given", "asked", "missed", "points")


@dataclass(frozen=True, slots=True)
class Heading:
    """The round the sheet is about; `title` may be empty."""

    title: str
    code: str
    day: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """All a file is made of. Without `names` nobody is named, whatever they agreed to."""

    head: Heading
    debrief: Debrief
    language: str
    names: bool = True

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.debrief.rows if self.names else ()


def debrief_pdf(sheet: Sheet, say: Saying) -> bytes:
    """The sheet, A4 upright."""
    title, questions = say("debrief.title"), sheet.debrief.questions
    facts = wording.DOT.join(facts_of(sheet, say))
    data: dict[str, Data] = {
        "lang": sheet.language,
        "title": title,
        "subtitle": sheet.head.title,
        "facts": facts,
        "foot": wording.DOT.join(filter(None, [title, sheet.head.title])),
        "page": say("debrief.page", n="#n", all="#all"),
        "warning": say("debrief.few") if sheet.debrief.few and questions else "",
        "labels": {
            "nothing": say("debrief.nothing"),
            "talk": say("debrief.talk"),
        },
        "questions": [_question(each, sheet.language, say) for each in questions],
        "people": _people(sheet, say),
    }
    return pdf("debrief", data, sheet.head.day)


def facts_of(sheet: Sheet, say: Saying) -> list[str]:
    """When, by which code, how many."""
    day = say("debrief.day", day=sheet.head.day)
    code = [say("debrief.code", code=sheet.head.code)] if sheet.head.code else []
    return [day, *code, *wording.size(sheet.debrief, say)]


def _question(it: Question, language: str, say: Saying) -> Data:
    options = [_option(it, place, language, say) for place in range(len(it.item.options))]
    text = shown(it.item.text, language)
    wrong = wording.wrong(it, say)
    length = len(text) + sum(len(shown(option, language)) for option in it.item.options)
    return {
        "title": f"{it.place + 1}. {text}",
        "long": length > LONG,
        "options": list(options),
        "counted": wording.counted(it, say),
        "facility": {
            "name": say("debrief.facility"),
            "number": wording.percent(it.facility, say),
            "words": wording.facility(it, say),
        },
        "discrimination": {
            "name": say("debrief.discrimination"),
            "number": wording.percent(it.discrimination, say),
            "words": wording.discrimination(it, say),
        },
        "wrong": say("debrief.wrong_said", answers=wrong) if wrong else "",
        "prompt": wording.prompt(it, say),
    }


def _option(it: Question, place: int, language: str, say: Saying) -> Data:
    cards = it.hands[place] if it.hands else 0
    # The longest bar there can be: everybody, and every hand that may have gone up here.
    most = max(1, it.present + (it.cards or max(it.hands, default=0)))
    count = str(it.counts[place])
    if cards:
        count += f" + {say('debrief.of_these', n=cards)}"
    return {
        "letter": LETTERS[place],
        "text": shown(it.item.options[place], language),
        "right": place in it.item.right,
        "mark": _mark(it, place, say),
        "count": count,
        "share": 100 * it.counts[place] // most,
        "cards": 100 * cards // most,
    }


def _mark(it: Question, place: int, say: Saying) -> str:
    if it.item.kind == "order":
        return say("debrief.right_place", n=it.item.right.index(place) + 1)
    return say("debrief.right_answer") if place in it.item.right else ""


def _people(sheet: Sheet, say: Saying) -> Data:
    return {
        "title": say("debrief.named"),
        "why": say("debrief.named_why"),
        "heads": [say(f"debrief.{name}") for name in COLUMNS],
        "rows": [
            [
                each.name,
                *map(str, (each.right, each.answered, each.asked, each.missed, each.points)),
            ]
            for each in sheet.rows
        ],
    }
