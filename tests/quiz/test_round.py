"""A round as its host leads it: every deed where it fits, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.case.plain import made, plain
from bot.quiz.item import Item
from bot.quiz.round import DEEDS, NotNowError, Round, Settings, act, offered
from bot.quiz.scoring import is_told, points, standings, taken

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def played(*deeds: str, settings: Settings | None = None, total: int = 3) -> Round:
    """A round after these deeds, ten seconds apart."""
    round = Round(settings or Settings(), total)
    for n, deed in enumerate(deeds):
        round = act(round, deed, NOW + timedelta(seconds=10 * n))
    return round


def test_a_round_goes_question_by_question_to_its_end() -> None:
    round = played("next", "close", "show", "next", "show", "next", "close", "show")
    assert (round.stage, round.place, round.is_last) == ("shown", 2, True)
    with pytest.raises(NotNowError):
        act(round, "next", NOW)
    assert act(round, "end", NOW).stage == "ended"


def test_next_does_not_leave_a_question_that_is_still_open() -> None:
    with pytest.raises(NotNowError):
        played("next", "next")


def test_a_clock_is_set_only_where_the_trainer_wants_one() -> None:
    assert played("next").due_at is None
    assert played("next", settings=Settings(seconds=30)).due_at == NOW + timedelta(seconds=30)


def test_a_pause_keeps_the_seconds_that_were_left() -> None:
    timed = Settings(seconds=30)
    paused = played("next", "pause", settings=timed)
    assert (paused.left, paused.due_at, paused.takes_answers) == (20, None, False)
    going = played("next", "pause", "resume", settings=timed)
    assert going.due_at == NOW + timedelta(seconds=40)
    assert taken(NOW, NOW + timedelta(seconds=25), going.pauses) == 15
    # Whoever came only after the pause gets none of it.
    late = NOW + timedelta(seconds=20)
    assert taken(late, NOW + timedelta(seconds=25), going.pauses) == 5


def test_more_time_is_given_also_when_the_time_is_up() -> None:
    timed = played("next", settings=Settings(seconds=30))
    assert act(timed, "extend", NOW).due_at == NOW + timedelta(seconds=60)
    late = NOW + timedelta(seconds=100)
    assert act(timed, "extend", late).due_at == late + timedelta(seconds=30)


def test_a_skipped_question_does_not_count() -> None:
    round = played("next", "show", "next", "skip", "next", "close", "show")
    assert round.asked == (0, 2)


def test_the_host_may_doubt_a_question_after_its_answer_and_think_again() -> None:
    doubted = played("next", "show", "skip")
    assert (doubted.asked, "count" in offered(doubted)) == ((), True)
    again = act(doubted, "count", NOW)
    assert (again.asked, "skip" in offered(again)) == ((0,), True)
    with pytest.raises(NotNowError):
        act(again, "count", NOW)


def test_in_a_pause_going_on_is_what_is_most_likely_wanted() -> None:
    assert offered(played("next", "pause"))[0] == "resume"


def test_no_score_tells_the_answer_before_it_is_shown() -> None:
    assert played("next", "show", "next").asked == (0,)
    assert played("next", "show", "next", "close").asked == (0,)
    assert played("next", "show", "next", "close", "show").asked == (0, 1)
    assert played("next", "close", "end").asked == (0,)


def test_a_question_that_is_open_when_all_ends_counts_for_nobody() -> None:
    assert played("next", "show", "next", "end").asked == (0,)
    assert played("next", "show", "next", "pause", "end").asked == (0,)


def test_more_time_asked_for_twice_by_one_button_is_given_once() -> None:
    timed = played("next", settings=Settings(seconds=30))
    assert act(timed, "extend", NOW).standing != timed.standing
    assert played("next", "show", "next", settings=Settings(seconds=30)).standing == "open:1"


def test_cards_counted_in_the_room_are_kept_for_the_present_question() -> None:
    round = act(played("next", "close"), "paper", NOW, "5 7 0 2")
    assert round.paper == {"0": (5, 7, 0, 2)}
    for wrong in ("", "five", "-1 2", "99999"):
        with pytest.raises(NotNowError):
            act(round, "paper", NOW, wrong)


def test_the_leaderboard_is_shown_only_where_there_is_one() -> None:
    shown = act(played("next", "show"), "board", NOW)
    assert shown.board
    assert not act(shown, "board_off", NOW).board
    for twice, deed in ((shown, "board"), (played("next", "show"), "board_off")):
        with pytest.raises(NotNowError):
            act(twice, deed, NOW)
    with pytest.raises(NotNowError):
        act(played("next", "show", settings=Settings(board=False)), "board", NOW)


@given(st.lists(st.sampled_from(sorted(DEEDS)), max_size=30), st.booleans())
def test_whatever_is_pressed_the_remote_offers_only_what_fits(
    deeds: list[str], timed: bool
) -> None:
    round = Round(Settings(seconds=30 if timed else 0), 3)
    for n, deed in enumerate(deeds):
        try:
            round = act(round, deed, NOW + timedelta(seconds=n), "1 2")
        except NotNowError:
            continue
        assert made(Round, plain(round)) == round
        assert -1 <= round.place < round.total
    for deed in offered(round):
        act(round, deed, NOW + timedelta(minutes=1), "1 2")


def test_a_right_answer_is_worth_the_same_however_long_it_took() -> None:
    assert points(True, 25.0, 30, speed=False) == points(True, 0.0, 30, speed=False) == 100
    assert points(False, 0.0, 30, speed=False) == 0


def test_with_speed_on_half_of_a_point_depends_on_time() -> None:
    assert points(True, 0.0, 30, speed=True) == 100
    assert points(True, 15.0, 30, speed=True) == 75
    assert points(True, 300.0, 30, speed=True) == 50
    assert points(False, 0.0, 30, speed=True) == 0


def test_equal_points_share_a_place_on_the_leaderboard() -> None:
    gained = [(1, 100, True), (2, 100, True), (3, 0, False), (9, 100, True)]
    lines = standings({1: "Zoé", 2: "Ana", 3: "Ben", 4: "Late"}, gained)
    assert [(s.name, s.rank) for s in lines] == [("Ana", 1), ("Zoé", 1), ("Ben", 3), ("Late", 3)]


def test_the_last_of_a_large_room_are_not_told_how_far_behind_they_are() -> None:
    assert [is_told(rank, 5) for rank in range(1, 6)] == [True] * 5
    assert [is_told(rank, 7) for rank in range(1, 8)] == [True] * 4 + [False] * 3


def test_of_several_right_answers_all_must_be_given_and_no_other() -> None:
    item = Item("x", "several", {"en": "?"}, ({"en": "a"}, {"en": "b"}, {"en": "c"}), (0, 2))
    assert item.is_right((2, 0))
    assert not item.is_right((0,))
    assert not item.is_right((0, 1, 2))
    ordered = replace(item, kind="order", right=(2, 0, 1))
    assert ordered.is_right((2, 0, 1))
    assert not ordered.is_right((0, 1, 2))
