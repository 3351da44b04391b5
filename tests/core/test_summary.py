"""The copy a team takes along holds its words whole, however long."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.case.file import Actor, Answer, CaseFile
from bot.core.summary import everything
from tests.conversation import plain, renderer

AT = datetime(2027, 3, 1, tzinfo=UTC)


def test_the_copy_to_read_cuts_neither_a_long_answer_nor_a_long_name() -> None:
    problem, name = "water " * 1500 + "end.", "Association " * 8 + "of the lagoon"
    answers = {"problem": Answer(problem, "told", AT, "1")}
    case = CaseFile(answers=answers, actors=(Actor(name, "public"),))
    copy = "\n".join(plain(renderer().message(say, "en", 0)) for say in everything(case))
    assert problem in copy
    assert name in copy
