"""A reminder that came due: it speaks only where it still matters, and disturbs no question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.session import World
from bot.core.turn import Due
from tests.conversation import Conversation, begun, plain


def asked() -> Conversation:
    talk = begun()
    talk.command("person")
    talk.do("yes")
    return talk


def test_who_waits_for_help_is_told_and_the_open_question_stays_live() -> None:
    talk = asked()
    before = talk.world
    talk.wait(timedelta(days=8))
    said = talk.hear(Due("help_waits"))
    assert [plain(each).split(",")[0] for each in said] == [
        "Vous avez demandé à parler à quelqu'un"
    ]
    assert talk.world == before
    talk.do("skip")
    assert talk.world.session.last_at == talk.now


@pytest.mark.parametrize("due", [Due("help_waits"), Due("something_newer", "x")])
def test_a_reminder_that_no_longer_matters_says_nothing(due: Due) -> None:
    talk = begun()
    before = talk.world
    talk.wait(timedelta(days=30))
    assert talk.hear(due) == []
    assert talk.world == before


def test_a_reminder_says_nothing_to_who_has_erased_all() -> None:
    talk = asked()
    talk.world = World(replace(talk.world.session, frames=()), talk.world.case)
    assert talk.hear(Due("help_waits")) == []


def test_a_reminder_of_a_newer_kind_is_silent_where_help_waits() -> None:
    assert asked().hear(Due("something_newer")) == []
