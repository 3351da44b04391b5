"""Which questions come next in practice, and what a typed answer means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.case.file import CaseFile
from bot.case.learning import Learnt
from bot.quiz.bank import Bank
from bot.quiz.item import Item, Kind
from bot.quiz.practising import places, plan, tiers_of_gaps
from bot.quiz.progress import Progress
from tests.conversation import library

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
FRUIT = (
    {"en": "A ripe apple", "fr": "Une pomme"},
    {"en": "A pear"},
    {"en": "A plum"},
    {"en": "A fig"},
)


def item(name: str, kind: Kind = "single", about: tuple[str, ...] = (), topic: str = "p1") -> Item:
    right = (2, 0, 1, 3) if kind == "order" else (0, 2) if kind == "several" else (1,)
    return Item(name, kind, {"en": name}, FRUIT, right, topic=topic, about=about)


def learnt(days: int) -> Learnt:
    """A question that is due in so many days."""
    return Learnt(2.0, 5.0, AT + timedelta(days=days), AT - timedelta(days=9))


POOL = [item(f"i{n}") for n in range(9)]


def test_what_is_due_comes_first_then_what_is_new_then_what_is_due_soonest() -> None:
    known = {"i1": learnt(-1), "i2": learnt(-5), **{f"i{n}": learnt(n) for n in range(3, 8)}}
    found = plan([POOL], known, AT, seed=7, number=6)
    assert found[:2] == ("i2", "i1")
    assert set(found[2:4]) == {"i0", "i8"}
    assert found[4:] == ("i3", "i4")


def test_the_questions_just_asked_do_not_come_again_while_others_are_left() -> None:
    past = plan([POOL], {}, AT, seed=7)
    assert not set(past) & set(plan([POOL], {}, AT, seed=8, number=4, past=past))
    assert set(plan([POOL], {}, AT, seed=8, number=9, past=past)[4:]) == set(past)
    assert plan([POOL[:2]], {"i1": learnt(9)}, AT, seed=1, past=("i0",)) == ("i1", "i0")


def test_the_same_seed_plans_the_same_sitting() -> None:
    assert plan([POOL], {}, AT, seed=7) == plan([POOL], {}, AT, seed=7)
    assert len({plan([POOL], {}, AT, seed) for seed in range(9)}) > 1


def test_a_later_tier_only_fills_up() -> None:
    near, far = POOL[:2], POOL[2:]
    found = plan([near, far], {}, AT, seed=1)
    assert set(found[:2]) == {"i0", "i1"}
    assert len(found) == 5


def test_gaps_lead_to_questions_about_the_tips_of_the_reading_first() -> None:
    reading = library().reading(CaseFile(), AT)
    tip = reading.next_tips[0]
    far = item("far", topic="tools")
    near = item("near", about=(tip,), topic="challenges")
    bank = Bank({each.id: each for each in (far, near, item("same step", topic=reading.phase))})
    first, second = tiers_of_gaps(bank, reading)
    assert [each.id for each in first] == ["near"]
    assert [each.id for each in second] == ["same step"]


@pytest.mark.parametrize(
    ("typed", "kind", "meant"),
    [
        ("b", "single", (1,)),
        ("B.", "single", (1,)),
        ("2", "single", (1,)),
        ("la réponse b", "single", (1,)),
        ("a pear", "single", (1,)),
        ("une pomme", "single", (0,)),
        ("ripe", "single", (0,)),
        ("pea", "single", None),
        ("A, C", "single", None),
        ("e", "single", None),
        ("5", "single", None),
        ("A, C", "several", (0, 2)),
        ("a et c", "several", (0, 2)),
        ("1 und 3", "several", (0, 2)),
        ("ac", "several", (0, 2)),
        ("c", "several", (2,)),
        ("a, x", "several", None),
        ("C A B D", "order", (2, 0, 1, 3)),
        ("c > a > b > d", "order", (2, 0, 1, 3)),
        ("cabd", "order", (2, 0, 1, 3)),
        ("", "single", None),
        ("²", "single", None),
        ("٢", "single", None),
    ],
)
def test_what_is_typed_names_options_or_nothing(
    typed: str, kind: Kind, meant: tuple[int, ...] | None
) -> None:
    assert places(typed, item("x", kind)) == meant


def test_several_toggle_until_it_is_said_that_they_are_all() -> None:
    each = item("x", "several")
    progress = Progress(("x",)).gives(each, (2,)).gives(each, (1,)).gives(each, (0,))
    assert progress.given == (0, 1, 2)
    assert not progress.is_whole(each, (0,))
    progress = progress.gives(each, (1,))
    assert each.is_right(progress.given)
    assert progress.gives(each, (3, 0)).is_whole(each, (3, 0))


def test_an_order_grows_and_is_whole_with_its_last_place() -> None:
    each = item("x", "order")
    progress = Progress(("x",)).gives(each, (2,)).gives(each, (0,)).gives(each, (2,))
    assert progress.given == (2, 0)
    assert not progress.is_whole(each, (2,))
    progress = progress.gives(each, (1, 3))
    assert progress.is_whole(each, (1, 3))
    assert progress.judged(each).missed == ()


def test_a_missed_topic_is_told_once() -> None:
    each = item("x")
    progress = Progress(("x", "y")).gives(each, (0,)).judged(each).next().gives(each, (3,))
    assert progress.judged(each).missed == ("p1",)
    assert progress.judged(each).answered == 2
    assert progress.next().item == ""
