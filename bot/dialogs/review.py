"""Review: everything the team has told, and the way to change any of it."""

from __future__ import annotations

from bot.case.file import CaseFile
from bot.core.dialog import Dialog, Row
from bot.core.quote import short
from bot.core.say import Choice, Lines, Words
from bot.core.summary import CHAPTERS, answer_lines, answered, is_remark

LENGTH = 100


class Review(Dialog):
    """`data["chapter"]` is the chapter shown."""

    name = "review"
    states = ("chapters", "answers")
    rows = (
        Row("chapter", "chapters", "answers", do="take"),
        Row("edit", "answers", None, do="edit"),
        Row("team", "chapters", None, do="team"),
        Row("done", ("chapters", "answers"), None, do="leave"),
    )

    def ask_chapters(self) -> None:
        case = self.talk.case
        said = [short(r.text, 80) for r in case.remarks if is_remark(r.text)][-5:]
        remarks = Words("review.remarks", {"remarks": Lines(tuple(said))}) if said else ""
        choices = [Choice(f"chapter:{c}", Words(f"intake.chapter_{c}")) for c in CHAPTERS]
        self.talk.ask(
            Words("review.chapters", {"n": _told(case), "remarks": remarks}),
            [*choices, Choice("team", Words("review.team")), Choice("done", Words("choice.back"))],
        )

    def take(self) -> None:
        self.data["chapter"] = self.arg if self.arg in CHAPTERS else "problem"

    def ask_answers(self) -> None:
        chapter = str(self.data["chapter"])
        case = self.talk.case
        slots = [slot for slot in answered(chapter, case) if slot != "left_out"]
        lines = answer_lines(answered(chapter, case), case, LENGTH)
        key = "review.answers" if slots else "review.nothing"
        words = Words(key, {"chapter": Words(f"intake.chapter_{chapter}"), "lines": lines})
        choices = [Choice(f"edit:{s}", Words(f"slot.{s}")) for s in slots]
        self.talk.ask(words, [*choices, Choice("back", Words("choice.back"))])

    def edit(self) -> None:
        self.talk.open("intake", edit=self.arg)

    def team(self) -> None:
        self.talk.open("team")

    def leave(self) -> None:
        self.talk.close()


def _told(case: CaseFile) -> int:
    """How many questions were really answered."""
    slots = (slot for chapter in CHAPTERS.values() for slot in chapter)
    return sum(case.told(slot) is not None for slot in slots)
