"""Spacing: when a question is worth asking again, by FSRS; all times come from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler, State

from bot.case.learning import Learnt

# Steps of minutes are for cramming; here a question comes back after days at the earliest.
# Nobody founds a partnership for longer than a year without looking at a question again.
SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
)
# Given because the library would otherwise make one from the clock.
ANY_ID = 1
DIGITS = 4


def review(learnt: Learnt | None, right: bool, at: datetime) -> Learnt:
    """How the question sits after this answer; None where it was never asked before."""
    # A clock may have been set back since.
    now = max(at.astimezone(UTC), learnt.last_review) if learnt else at.astimezone(UTC)
    rating = Rating.Good if right else Rating.Again
    card, _ = SCHEDULER.review_card(_card(learnt, now), rating, now)
    return Learnt(
        stability=round(card.stability or 0.0, DIGITS),
        difficulty=round(card.difficulty or 0.0, DIGITS),
        due=card.due,
        last_review=now,
        reps=learnt.reps + 1 if learnt else 1,
    )


def _card(learnt: Learnt | None, now: datetime) -> Card:
    if learnt is None:
        return Card(card_id=ANY_ID, due=now)
    return Card(
        card_id=ANY_ID,
        state=State.Review,
        stability=learnt.stability,
        difficulty=learnt.difficulty,
        due=learnt.due,
        last_review=learnt.last_review.astimezone(UTC),
    )


def due(items: Mapping[str, Learnt], now: datetime) -> tuple[str, ...]:
    """The questions that are due by now, the longest due first."""
    found = [(learnt.due, item) for item, learnt in items.items() if learnt.due <= now]
    return tuple(item for _, item in sorted(found))
