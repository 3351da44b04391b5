"""The debrief's figures: a small round worked out by hand, cards, wrong answers, the talk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quiz.item import Item, Kind
from bot.quiz.statistics import Debrief, Present, Question, Reply, Wrong, sheet

A, B, C, D = range(4)


def item(kind: Kind = "single", right: tuple[int, ...] = (A,), options: int = 4) -> Item:
    words = tuple({"en": f"option {place}"} for place in range(options))
    return Item("an-item", kind, {"en": "Which?"}, words, right)


def named(player: int, since: int = 0, name: str = "", points: int = 0) -> Present:
    return Present(player, since, named=bool(name), name=name, points=points)


def reply(player: int, place: int, *choice: int, of: Item | None = None) -> Reply:
    return Reply(player, place, choice, (of or item()).is_right(choice))


def told(*replies: Reply, players: int, of: Item | None = None, **more: object) -> Question:
    """One question, put to so many players who were there from the start."""
    everybody = [named(each) for each in range(players)]
    return sheet([of or item()], replies, everybody, **{"paper": {}, **more}).questions[0]


# A is right everywhere. Ana, Ben, Cem and Dia were there throughout, Eva came at the second one:
#        first  second  third
#   Ana    A      A       A      3 right
#   Ben    A      A       B      2
#   Cem    A      B       -      1, the third left open
#   Dia    B      C       A      1
#   Eva    .      A       C      1 of 2
PLAYERS = [
    named(1, name="Ana", points=30),
    named(2, name="ben", points=20),
    named(3),
    named(4, name="Dia", points=10),
    named(5, since=1, name="Eva", points=10),
]
REPLIES = [
    *(reply(1, place, A) for place in range(3)),
    *(reply(2, place, choice) for place, choice in enumerate((A, A, B))),
    *(reply(3, place, choice) for place, choice in enumerate((A, B))),
    *(reply(4, place, choice) for place, choice in enumerate((B, C, A))),
    *(reply(5, place, choice) for place, choice in ((1, A), (2, C))),
]


def by_hand() -> Debrief:
    return sheet([item()] * 3, REPLIES, PLAYERS, {})


def test_facility_is_the_share_of_right_answers_of_those_who_were_there() -> None:
    first, second, third = by_hand().questions
    assert (first.present, first.answered, first.right, first.facility) == (4, 4, 3, 75)
    assert (second.present, second.answered, second.right, second.facility) == (5, 5, 3, 60)
    assert (third.present, third.answered, third.right, third.facility) == (5, 4, 2, 40)
    assert first.facility_range == "fairly_easy"
    assert third.facility_range == "about_right"


def test_discrimination_is_what_a_spreadsheet_shows() -> None:
    # Ana, Ben, Cem, Dia. First: 1 1 1 0 with the rest 2 1 0 1; the deviations from 0.75 and 1
    # multiply to 0.25 + 0 - 0.25 - 0 = 0. Second: 1 1 0 0 with 2 1 1 1; 0.5 over the root of
    # 1 x 0.75. Third: 1 0 0 1 with 2 2 1 0; -0.5 over the root of 1 x 2.75.
    first, second, third = by_hand().questions
    assert first.discrimination == 0
    assert second.discrimination == pytest.approx(57.7350269)
    assert third.discrimination == pytest.approx(-30.1511345)
    # Four people are too few for words; ten would be enough.
    assert {each.discrimination_range for each in (first, second, third)} == {"few"}
    assert first.compared == 4
    more = [replace(each, compared=10).discrimination_range for each in (first, second, third)]
    assert more == ["very_weak", "very_good", "invalid"]


def test_the_named_stand_by_name_and_what_came_before_somebody_is_not_wrong() -> None:
    rows = by_hand().rows
    assert [(row.name, row.right, row.answered, row.asked, row.missed) for row in rows] == [
        ("Ana", 3, 3, 3, 0),
        ("ben", 2, 3, 3, 0),
        ("Dia", 1, 3, 3, 0),
        ("Eva", 1, 2, 2, 1),
    ]
    assert [row.points for row in rows] == [30, 20, 10, 10]


def test_a_skipped_question_and_one_not_played_count_nowhere() -> None:
    wide = [item(), None, item(), item(), item()]
    apart = {0: 0, 1: 2, 2: 4}
    moved = [Reply(r.player, apart[r.place], r.choice, r.right) for r in REPLIES]
    asked = [Present(p.player, apart[p.since], p.named, p.name, p.points) for p in PLAYERS]
    skipped = [reply(1, 3, A), reply(4, 3, A)]
    found = sheet(wide, [*moved, *skipped], asked, {}, skipped=[3])
    assert [each.place for each in found.questions] == [0, 2, 4]
    assert found.skipped == 1
    assert found.rows == by_hand().rows
    figures = [(each.facility, each.discrimination) for each in found.questions]
    assert figures == [(each.facility, each.discrimination) for each in by_hand().questions]


def test_cards_add_to_the_share_and_are_told_apart() -> None:
    found = sheet([item()] * 3, REPLIES, PLAYERS, {0: (6, 1, 3)}).questions[0]
    assert (found.present, found.right) == (4, 3)
    assert (found.hands, found.cards, found.cards_right) == ((6, 1, 3, 0), 10, 6)
    assert found.facility == pytest.approx(100 * 9 / 14)
    assert found.wrong == (Wrong((C,), 3), Wrong((B,), 2))


def test_cards_cannot_answer_where_several_are_right() -> None:
    several = item("several", (A, C))
    found = told(reply(0, 0, A, C, of=several), players=2, of=several, paper={0: (5, 5, 5, 5)})
    assert (found.facility, found.cards, found.hands) == (50, 0, (5, 5, 5, 5))


def test_an_answer_counts_once_and_only_from_somebody_who_was_there() -> None:
    replies = [
        reply(0, 0, B),
        reply(0, 0, A),
        reply(8, 0, A),
        reply(9, 0, A),
        Reply(1, 0, (), False),
    ]
    everybody = [named(0), named(1), named(8, since=1)]
    found = sheet([item(), item()], replies, everybody, {}).questions[0]
    assert (found.present, found.answered, found.right) == (2, 1, 0)


def test_an_order_counts_who_put_what_where_it_belongs() -> None:
    order = item("order", (C, A, B), options=3)
    replies = [reply(n, 0, *c, of=order) for n, c in enumerate([(C, A, B), (C, B, A), (C, B, A)])]
    found = told(*replies, players=3, of=order)
    assert found.counts == (1, 1, 3)
    assert found.wrong == (Wrong((C, B, A), 2),)


def test_wrong_answers_given_as_often_as_the_last_told_are_counted() -> None:
    replies = [reply(n, 0, choice) for n, choice in enumerate((B, B, C, D, A))]
    found = told(*replies, players=5)
    assert found.wrong == (Wrong((B,), 2), Wrong((C,), 1))
    assert found.as_often == 1


@pytest.mark.parametrize(
    ("choices", "prompt"),
    [
        ((A, B, B, B), "wrong"),
        ((A, B, B, C, C), "wrong"),
        ((A, B, C, D), "scattered"),
        ((A, A, B, B), "split"),
        ((A, A, A, B), "mixed"),
        ((A, A, A, A), "easy"),
        ((A, A, None, None, B), "blank"),
        ((), ""),
    ],
)
def test_the_talk_begins_where_the_answers_lead(
    choices: tuple[int | None, ...], prompt: str
) -> None:
    replies = [reply(n, 0, choice) for n, choice in enumerate(choices) if choice is not None]
    assert told(*replies, players=len(choices)).prompt == prompt


def test_a_room_that_answers_by_card_has_not_left_it_open() -> None:
    assert told(players=1, paper={0: (28, 1)}).prompt == "easy"


@pytest.mark.parametrize(("players", "prompt"), [(20, "negative"), (18, "split")])
def test_a_negative_discrimination_is_talked_about_where_many_were_compared(
    players: int, prompt: str
) -> None:
    """Whoever is right at the first question is wrong at the two others, and the reverse."""
    half = [(each, each % 2) for each in range(players)]
    replies = [reply(p, 0, A if odd else B) for p, odd in half]
    replies += [reply(p, place, B if odd else A) for p, odd in half for place in (1, 2)]
    found = sheet([item()] * 3, replies, [named(p) for p, _ in half], {})
    assert found.questions[0].discrimination == pytest.approx(-100)
    assert found.questions[0].prompt == prompt


@pytest.mark.parametrize(("players", "few"), [(19, True), (20, False)])
def test_fewer_than_twenty_are_few_and_who_came_after_the_end_is_none(
    players: int, few: bool
) -> None:
    everybody = [*(named(each) for each in range(players)), named(99, since=1)]
    found = sheet([item()], [], everybody, {})
    assert (found.participants, found.few) == (players, few)


def test_where_nothing_can_be_computed_nothing_is_said() -> None:
    alone = told(reply(0, 0, A), players=1)
    assert (alone.discrimination, alone.discrimination_range) == (None, "unknown")
    nobody = told(players=0)
    assert (nobody.facility, nobody.facility_range) == (None, "unknown")
    assert sheet([], [], [], {}) == Debrief((), (), 0)
