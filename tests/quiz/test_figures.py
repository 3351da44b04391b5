"""Any round, its figures computed a second time: straight from the definitions."""

from __future__ import annotations

import statistics
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.item import Item, Kind
from bot.quiz.statistics import Present, Reply, sheet

A, B, C, D = range(4)


def item(kind: Kind, right: tuple[int, ...]) -> Item:
    words = tuple({"en": f"option {place}"} for place in range(4))
    return Item("an-item", kind, {"en": "Which?"}, words, right)


KINDS: tuple[tuple[Kind, tuple[int, ...]], ...] = (
    ("single", (B,)),
    ("several", (A, C)),
    ("order", (C, A, D, B)),
)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Item], list[Reply], list[Present], dict, set[int]]:
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=5))
    items = [item(kind, right) for kind, right in kinds]
    since = draw(st.lists(st.integers(0, len(items)), max_size=8))
    players = [Present(n, at, n % 2 == 0, f"name {n}") for n, at in enumerate(since)]
    replies = []
    for player in players:
        for place in range(player.since, len(items)):
            one = items[place]
            orders = st.permutations(range(4)).map(tuple)
            sets = st.sets(st.integers(0, 3), max_size=4).map(lambda s: tuple(sorted(s)))
            any_choice = orders if one.kind == "order" else sets
            choice = draw(st.one_of(st.just(one.right), st.none(), any_choice))
            if one.has_one_answer and choice:
                choice = choice[:1]
            if choice is not None:
                replies.append(Reply(player.player, place, choice, one.is_right(choice)))
    hands = st.lists(st.integers(0, 30), max_size=5)
    paper = draw(st.dictionaries(st.integers(0, 4), hands, max_size=2))
    skipped = draw(st.sets(st.integers(0, 4), max_size=2))
    return items, replies, players, paper, skipped


@given(rounds())
def test_every_figure_is_what_the_definitions_say(
    one: tuple[list[Item], list[Reply], list[Present], dict, set[int]],
) -> None:
    items, replies, players, paper, skipped = one
    found = sheet(items, replies, players, paper, skipped)
    places = [place for place in range(len(items)) if place not in skipped]
    assert [each.place for each in found.questions] == places
    for question in found.questions:
        here = [r for r in replies if r.place == question.place and r.choice]
        present = [p for p in players if p.since <= question.place]
        assert (question.present, question.answered) == (len(present), len(here))
        assert question.right == len([r for r in here if r.right])
        hands = paper.get(question.place, [])
        assert question.facility == _share(question.item, here, present, hands)
        expected = _discrimination(question.place, places, replies, players)
        if expected is None:
            assert question.discrimination is None
        else:
            assert question.discrimination == pytest.approx(expected, abs=1e-6)
        if question.item.kind != "order":
            chosen = Counter(option for r in here for option in r.choice)
            assert question.counts == tuple(chosen[n] for n in range(4))
        told = [(each.choice, each.times) for each in question.wrong]
        ranked = _wrong(question.item, here, hands)
        assert told == ranked[:2]
        assert question.as_often == len([n for _, n in ranked[2:] if n == told[-1][1]])
    for row in found.rows:
        player = next(p for p in players if p.player == row.player)
        there = [place for place in places if player.since <= place]
        own = [r for r in replies if r.player == row.player and r.place in there and r.choice]
        assert player.named
        assert (row.asked, row.missed) == (len(there), len(places) - len(there))
        assert (row.answered, row.right) == (len(own), len([r for r in own if r.right]))


def _share(item: Item, here: list[Reply], present: list[Present], hands: list[int]) -> float | None:
    scores = [1 if r.right else 0 for r in here] + [0] * (len(present) - len(here))
    if item.kind == "single":
        for option, raised in enumerate(hands[: len(item.options)]):
            scores += [1 if option in item.right else 0] * raised
    return float(Fraction(100 * sum(scores), len(scores))) if scores else None


def _wrong(item: Item, here: list[Reply], hands: list[int]) -> list[tuple[tuple[int, ...], int]]:
    given = [r.choice for r in here if not r.right]
    if item.kind == "single":
        for option, raised in enumerate(hands[: len(item.options)]):
            given += [] if option in item.right else [(option,)] * raised
    pairs = {(choice, given.count(choice)) for choice in given}
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _discrimination(
    place: int, places: list[int], replies: list[Reply], players: list[Present]
) -> float | None:
    right = {(r.player, r.place) for r in replies if r.right}
    throughout = [p.player for p in players if all(p.since <= each for each in places)]
    scores = [float((p, place) in right) for p in throughout]
    rests = [
        float(sum((p, other) in right for other in places if other != place)) for p in throughout
    ]
    try:
        return 100 * statistics.correlation(scores, rests)
    except statistics.StatisticsError:
        return None
