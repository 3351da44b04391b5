"""Spacing: what is known comes later, what is not comes sooner, and nothing asks the clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.case.learning import Learning, Learnt
from bot.case.plain import made, plain
from bot.quiz.spacing import due, review

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
answers = st.lists(st.tuples(st.booleans(), st.integers(0, 400)), min_size=1, max_size=12)


def answered(script: list[tuple[bool, int]]) -> Learnt:
    learnt, at = None, AT
    for right, days in script:
        at += timedelta(days=days)
        learnt = review(learnt, right, at)
    assert learnt is not None
    return learnt


def test_a_question_answered_right_comes_back_after_days_and_then_after_weeks() -> None:
    first = review(None, True, AT)
    assert timedelta(days=1) <= first.due - AT <= timedelta(days=4)
    again = review(first, True, first.due)
    assert again.due - first.due > timedelta(days=7)
    assert again.reps == 2


def test_a_question_not_answered_right_comes_back_sooner_than_one_that_was() -> None:
    known = review(review(None, True, AT), True, AT + timedelta(days=3))
    assert review(known, False, known.due).due - known.due < review(known, True, known.due).due - (
        known.due
    )
    assert review(None, False, AT).due - AT == timedelta(days=1)


def test_no_question_stays_away_for_more_than_a_year() -> None:
    assert answered([(True, 300)] * 12).due - answered([(True, 300)] * 12).last_review <= timedelta(
        days=365
    )


@given(answers)
def test_the_same_answers_at_the_same_times_come_to_the_same(
    script: list[tuple[bool, int]],
) -> None:
    assert answered(script) == answered(script)


@given(answers)
def test_what_was_learnt_survives_json(script: list[tuple[bool, int]]) -> None:
    learning = Learning({"quiz.p1.goal": answered(script)}, every=3, unanswered=1)
    assert made(Learning, json.loads(json.dumps(plain(learning)))) == learning


@given(answers, st.booleans())
def test_a_stored_question_goes_on_as_the_one_in_memory(
    script: list[tuple[bool, int]], right: bool
) -> None:
    learnt = answered(script)
    stored = made(Learnt, json.loads(json.dumps(plain(learnt))))
    assert review(stored, right, learnt.due) == review(learnt, right, learnt.due)


def test_a_clock_set_back_breaks_nothing() -> None:
    learnt = review(None, True, AT)
    back = review(learnt, True, AT - timedelta(days=30))
    assert back.last_review == AT
    assert back.due > AT


def test_the_hour_counts_and_not_the_zone_it_is_told_in() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    assert review(None, True, elsewhere) == review(None, True, AT)


def test_what_is_due_comes_the_longest_waiting_first() -> None:
    items = {
        "later": Learnt(2.0, 5.0, AT + timedelta(days=1), AT),
        "now": Learnt(2.0, 5.0, AT, AT),
        "long": Learnt(2.0, 5.0, AT - timedelta(days=9), AT),
    }
    assert due(items, AT) == ("long", "now")
    assert due({}, AT) == ()
