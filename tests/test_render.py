"""Words become a message: what a founder typed stays as it was typed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.say import Say, Words
from tests.conversation import plain, renderer


def said(problem: str) -> str:
    words = Words("review.line", {"slot": Words("slot.problem"), "answer": problem})
    return plain(renderer().message(Say(words), "fr", 0))


@pytest.mark.parametrize("typed", ["1 puits 2020", "<b>1</b> & 2", "{ $n }", "1 < 2 > 1"])
def test_what_was_typed_is_quoted_as_it_was_typed(typed: str) -> None:
    assert typed in said(typed)


def test_the_first_of_a_month_is_said_as_the_french_say_it() -> None:
    step = Words("nextstep.told_due", {"what": "x", "who": "", "due": date(2027, 8, 1)})
    assert "1er août 2027" in plain(renderer().message(Say(step), "fr", 0))
