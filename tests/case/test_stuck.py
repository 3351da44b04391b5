"""What holds a team up: each reason on its day and not the day before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.case.file import Actor, Answer, CaseFile, NextStep, Signal
from bot.case.stuck import SIGNALS, Stuck, stuck
from tests.conversation import library

DAY = timedelta(days=1)
TOLD = datetime(2027, 3, 1, 9, tzinfo=UTC)
URGENCY = (
    *("help_asked", "conflict_told", "coordinator_gone", "step_slipped_twice", "money_ends"),
    *("waiting_for_other", "goal_reopened", "one_organisation_answers", "all_ideas", "silent"),
)
BOARD = tuple(Actor(name, "public", "in_talks") for name in ("Mairie", "Préfecture"))
IDEAS = tuple(Actor(name, "public", "idea") for name in ("Mairie", "Préfecture"))


def answer(at: datetime = TOLD, by: str = "test:1") -> Answer:
    return Answer("Moins de déchets", "told", at, by)


def signalled(kind: str, due: date | None = None) -> CaseFile:
    return CaseFile(signals={kind: Signal(TOLD, due)})


def put_off(times: int) -> CaseFile:
    return CaseFile(step=NextStep("Appeler la mairie", "Awa", None, TOLD, slipped=times))


def seen(case: CaseFile, now: datetime, last_at: datetime | None = None) -> set[str]:
    """The reasons that hold at `now`, of one member who was there on the next day last."""
    found = stuck(case, last_at or TOLD + DAY, 1)
    return {each.reason for each in found if each.since <= now} - {"silent"}


BOUNDARIES = [
    (signalled("help"), TOLD, "help_asked"),
    (signalled("conflict"), TOLD, "conflict_told"),
    (signalled("coordinator_gone"), TOLD + 14 * DAY, "coordinator_gone"),
    (signalled("waiting"), TOLD + 60 * DAY, "waiting_for_other"),
    (signalled("money_ends", date(2028, 3, 1)), datetime(2027, 9, 3, tzinfo=UTC), "money_ends"),
    (signalled("money_ends"), TOLD, "money_ends"),
    (put_off(2), TOLD, "step_slipped_twice"),
    (
        CaseFile(goal_changes=(TOLD - 183 * DAY, TOLD - DAY, TOLD)),
        TOLD,
        "goal_reopened",
    ),
    (
        CaseFile(actors=BOARD, answers={"goal": answer(TOLD + DAY), "problem": answer()}),
        TOLD + 90 * DAY,
        "one_organisation_answers",
    ),
    (
        CaseFile(actors=IDEAS, answers={"problem": answer(TOLD - DAY), "actors": answer()}),
        TOLD + 90 * DAY,
        "all_ideas",
    ),
]


@pytest.mark.parametrize(("case", "on", "reason"), BOUNDARIES, ids=lambda p: str(p)[:24])
def test_a_reason_holds_from_its_day_on_and_not_the_day_before(
    case: CaseFile, on: datetime, reason: str
) -> None:
    assert seen(case, on - DAY) == set()
    assert seen(case, on) == {reason}


def test_a_team_is_silent_after_three_months() -> None:
    found = stuck(CaseFile(), TOLD, 1)
    assert found == (Stuck("silent", TOLD + 90 * DAY),)


@pytest.mark.parametrize(
    ("due", "since"),
    [
        (date(2027, 9, 1), datetime(2027, 9, 1, tzinfo=UTC)),
        (date(2027, 3, 8), TOLD + 90 * DAY),
        (None, TOLD + 90 * DAY),
    ],
)
def test_silence_until_the_day_of_a_planned_step_is_no_silence(
    due: date | None, since: datetime
) -> None:
    case = CaseFile(step=NextStep("Appeler la mairie", "", due, TOLD))
    assert stuck(case, TOLD, 1) == (Stuck("silent", since),)


@pytest.mark.parametrize(
    "case",
    [
        put_off(1),
        CaseFile(goal_changes=(TOLD - 184 * DAY, TOLD - DAY, TOLD)),
        CaseFile(goal_changes=(TOLD - DAY, TOLD)),
        CaseFile(actors=BOARD[:1], answers={"goal": answer()}),
        CaseFile(actors=(*IDEAS, BOARD[0]), answers={"actors": answer()}),
        CaseFile(actors=(*IDEAS, Actor("ONG")), answers={"actors": answer()}),
        CaseFile(actors=IDEAS),
        CaseFile(answers={"actors": answer()}),
    ],
    ids=[
        *("put off once", "slow changes", "two changes", "one on board", "one in talks"),
        *("one not asked about", "never answered", "nobody named"),
    ],
)
def test_what_falls_short_of_a_reason_is_none(case: CaseFile) -> None:
    assert seen(case, TOLD + 900 * DAY) == set()


def test_one_organisation_answers_only_where_one_member_does() -> None:
    case = CaseFile(actors=BOARD, answers={"goal": answer()})
    assert [each.reason for each in stuck(case, TOLD + DAY, 2)] == ["silent"]


def test_who_was_there_on_one_day_only_is_silent_and_answers_for_nobody() -> None:
    case = CaseFile(actors=BOARD, answers={"goal": answer()})
    assert seen(case, TOLD + 900 * DAY, TOLD + timedelta(hours=2)) == set()


def test_a_goal_that_stood_for_half_a_year_while_the_team_went_on_is_settled() -> None:
    case = CaseFile(goal_changes=(TOLD - 2 * DAY, TOLD - DAY, TOLD))
    assert seen(case, TOLD + 183 * DAY, TOLD + 183 * DAY) == {"goal_reopened"}
    assert seen(case, TOLD + 184 * DAY, TOLD + 184 * DAY) == set()


def test_a_month_of_silence_and_half_a_year_with_one_step_are_no_reason() -> None:
    case = CaseFile(answers={"goal": answer()}, read_at=TOLD)
    now = TOLD + 183 * DAY
    assert [each for each in stuck(case, now - 30 * DAY, 2) if each.since <= now] == []


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
STEPS = st.builds(
    NextStep,
    st.just("Appeler"),
    st.just("Awa"),
    st.none() | DAYS,
    MOMENTS,
    slipped=st.integers(0, 4),
)
STATUSES = st.sampled_from([None, "idea", "contacted", "in_talks", "committed"])
CASES = st.builds(
    CaseFile,
    answers=st.dictionaries(st.sampled_from(["goal", "actors"]), st.builds(answer, MOMENTS)),
    actors=st.lists(st.builds(Actor, st.just("Mairie"), st.none(), STATUSES), max_size=4).map(
        tuple
    ),
    step=st.none() | STEPS,
    signals=st.dictionaries(st.sampled_from(SIGNALS), st.builds(Signal, MOMENTS, st.none() | DAYS)),
    goal_changes=st.lists(MOMENTS, max_size=6).map(sorted).map(tuple),
)


@given(CASES, MOMENTS, st.integers(1, 4))
def test_reasons_come_once_each_in_order_of_urgency(
    case: CaseFile, last_at: datetime, members: int
) -> None:
    found = [each.reason for each in stuck(case, last_at, members)]
    assert found == [reason for reason in URGENCY if reason in found]


@given(CASES, MOMENTS, st.sampled_from(SIGNALS))
def test_a_signal_adds_its_own_reason_and_changes_no_other(
    case: CaseFile, last_at: datetime, kind: str
) -> None:
    without = replace(case, signals={k: v for k, v in case.signals.items() if k != kind})
    more = replace(without, signals={**without.signals, kind: Signal(TOLD, None)})
    before, after = stuck(without, last_at, 1), stuck(more, last_at, 1)
    assert set(before) < set(after)
    assert len(after) == len(before) + 1


@given(CASES, MOMENTS)
def test_no_team_is_silent_before_three_months_or_while_a_step_lies_ahead(
    case: CaseFile, last_at: datetime
) -> None:
    (silent,) = (each for each in stuck(case, last_at, 1) if each.reason == "silent")
    assert silent.since >= last_at + 90 * DAY
    assert case.step is None or case.step.due is None or silent.since.date() >= case.step.due


@pytest.mark.parametrize("reason", URGENCY)
def test_every_reason_has_its_words_and_a_deed_in_every_language(reason: str) -> None:
    patterns = library().kb.patterns
    for key in (f"stuck.{reason}", f"stuck.{reason}_do"):
        assert set(library().kb.languages.complete) <= set(patterns[key])
