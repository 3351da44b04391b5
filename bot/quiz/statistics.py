"""Computes the debrief of a round: facility, discrimination, wrong answers, named players."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.quiz.debrief import Debrief, Present, Question, Reply, Row, Wrong
from bot.quiz.discrimination import indices
from bot.quiz.item import Item

MOST_WRONG = 2


def sheet(
    items: Sequence[Item | None],
    replies: Iterable[Reply],
    players: Sequence[Present],
    paper: Mapping[int, Sequence[int]],
    skipped: Collection[int] = (),
) -> Debrief:
    """The debrief of a round of `items`; None stands for one that was not played.

    `paper`: at each place, the hands counted for each option. Skipped questions do not count.
    """
    here = {p: item for p, item in enumerate(items) if item is not None and p not in skipped}
    given = _given(replies, players)
    throughout = [each.player for each in players if here and each.since <= min(here)]
    scores = [[_score(given, player, place) for place in here] for player in throughout]
    compared = indices(scores) if scores else [None] * len(here)
    questions = [
        _question(place, item, _Room(players, given), paper.get(place, ()))
        for place, item in here.items()
    ]
    return Debrief(
        tuple(
            replace(question, discrimination=index, compared=len(throughout))
            for question, index in zip(questions, compared, strict=True)
        ),
        _rows(here, given, players),
        sum(any(each.since <= place for place in here) for each in players),
        sum(item is not None for item in items) - len(here),
    )


Given = Mapping[tuple[int, int], Reply]


class _Room(NamedTuple):
    """Who was there, and what they answered."""

    players: Sequence[Present]
    given: Given


def _given(replies: Iterable[Reply], players: Sequence[Present]) -> Given:
    """By player and place: an answer counts once, and only from somebody who was there."""
    since = {each.player: each.since for each in players}
    given: dict[tuple[int, int], Reply] = {}
    for reply in replies:
        if reply.choice and since.get(reply.player, math.inf) <= reply.place:
            given.setdefault((reply.player, reply.place), reply)
    return given


def _score(given: Given, player: int, place: int) -> int:
    reply = given.get((player, place))
    return int(reply is not None and reply.right)


def _question(place: int, item: Item, room: _Room, counted: Sequence[int]) -> Question:
    found = [room.given.get((each.player, place)) for each in room.players]
    replies = [reply for reply in found if reply]
    hands = _hands(item, counted)
    wrong, as_often = _most_wrong(item, replies, hands)
    return Question(
        place,
        item,
        present=sum(each.since <= place for each in room.players),
        answered=len(replies),
        right=sum(reply.right for reply in replies),
        counts=_counts(item, replies),
        hands=hands,
        wrong=wrong,
        as_often=as_often,
    )


def _hands(item: Item, counted: Sequence[int]) -> tuple[int, ...]:
    """One number an option; none where no card was counted."""
    size = len(item.options)
    return tuple([*counted, *[0] * size][:size]) if any(counted) else ()


def _counts(item: Item, replies: Sequence[Reply]) -> tuple[int, ...]:
    """Players who chose each option, or who put it where it belongs in an order."""
    if item.kind == "order":
        pairs = (zip(reply.choice, item.right, strict=False) for reply in replies)
        chosen = Counter(option for pair in pairs for option, right in pair if option == right)
    else:
        chosen = Counter(option for reply in replies for option in set(reply.choice))
    return tuple(chosen[place] for place in range(len(item.options)))


def _most_wrong(
    item: Item, replies: Sequence[Reply], hands: tuple[int, ...]
) -> tuple[tuple[Wrong, ...], int]:
    """The wrong answers given most, and how many more were given as often as the last."""
    ordered = item.kind == "order"
    times = Counter(
        reply.choice if ordered else tuple(sorted(set(reply.choice)))
        for reply in replies
        if not reply.right
    )
    if item.has_one_answer:
        times.update({(p,): n for p, n in enumerate(hands) if n and p not in item.right})
    ranked = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    shown, others = ranked[:MOST_WRONG], ranked[MOST_WRONG:]
    return (
        tuple(Wrong(choice, number) for choice, number in shown),
        sum(number == shown[-1][1] for _, number in others),
    )


def _rows(here: Collection[int], given: Given, players: Sequence[Present]) -> tuple[Row, ...]:
    """Those who agreed to be named, by name: the sheet is no ranking."""
    rows = []
    for each in players:
        if not each.named:
            continue
        places = [place for place in here if each.since <= place]
        replies = [given[each.player, at] for at in places if (each.player, at) in given]
        right = sum(reply.right for reply in replies)
        asked, missed = len(places), len(here) - len(places)
        rows.append(Row(each.player, each.name, right, len(replies), asked, missed, each.points))
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.player)))


__all__ = ["Debrief", "Present", "Question", "Reply", "Row", "Wrong", "sheet"]
