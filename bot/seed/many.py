"""Many teams from few stories: each a little different, by a plan that is the same each time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random

from bot.case.plain import plain
from bot.core.events import (
    ActorSorted,
    Event,
    ReadingConfirmed,
    ReadingGiven,
    RemarkKept,
    SlotCleared,
    SlotFilled,
    StepChosen,
    StepClosed,
    TipMarked,
)
from bot.seed.story import Team

LONGEST_PAST = 640
COHORTS = ("Cohort 2024", "Cohort 2025", "Cohort 2026", "North", "South", "Coast")
STEPS = ("Call the town hall", "Write down who does what", "Visit the cooperative", "Meet again")
TIPS = ("p2.stakeholder_mapping", "p3.start_small", "p3.roles_needs", "p4.champions", "p4.time")
# What a team does over months besides its first answers, with how often each comes.
USUAL: tuple[tuple[int, Event], ...] = (
    (8, SlotFilled("goal", "Clean water in every street within five years", "told")),
    (8, SlotFilled("shared_goal", "begun", "told")),
    (8, SlotFilled("roles", "begun", "told")),
    (6, SlotFilled("funding", "single", "told")),
    (6, SlotFilled("rules", "not_yet", "told")),
    (4, SlotFilled("horizon", None, "unknown")),
    (4, SlotFilled("red_lines", None, "skipped")),
    (2, SlotCleared("horizon", "funding")),
    (8, ActorSorted("Fishers' cooperative", "civil_society")),
    (6, ActorSorted("Harbour office", "public")),
    (8, ReadingGiven("p2", None)),
    (6, ReadingGiven("p3", "msi")),
    (3, ReadingConfirmed(True)),
    *((2, TipMarked(tip, "done")) for tip in TIPS),
    *((1, TipMarked(tip, "not_now")) for tip in TIPS),
    *((2, StepChosen(step, "Ana", None)) for step in STEPS),
    (4, StepClosed("done")),
    (2, StepClosed("later")),
    (5, RemarkKept("We met twice since and will tell more soon", "menu")),
)
KINDS = tuple(
    (type(event).__name__, json.dumps(plain(event), separators=(",", ":"))) for _, event in USUAL
)
WEIGHTS = tuple(weight for weight, _ in USUAL)


def varied(team: Team, number: int) -> Team:
    """The story as team `number` lived it: other days, further along or not, mostly unhindered."""
    chance = Random(number)  # noqa: S311  (a plan to repeat, not a secret)
    begun = chance.randint(10, LONGEST_PAST)
    last = min(begun, int(chance.expovariate(1 / 30)))
    kept = chance.randint(len(team.answers) // 2, len(team.answers))
    held_up = chance.random() < 0.2
    return replace(
        team,
        shared=chance.random() < 0.8,
        begun=begun,
        last=last,
        answers=dict(list(team.answers.items())[:kept]),
        actors=team.actors[: chance.randint(1, len(team.actors))],
        signals=team.signals if held_up else {},
        step=team.step if chance.random() < 0.7 else None,
        questions=team.questions if chance.random() < 0.3 else (),
        notes=team.notes if chance.random() < 0.2 else (),
        labels=tuple(sorted(chance.sample(COHORTS, chance.randint(1, 2)))),
        trained=number % 40 == 0,
    )


def usual(
    number: int, many: int, begun: datetime, last: datetime
) -> Iterator[tuple[datetime, int]]:
    """`many` things that happened between two times, oldest first: when, and which of KINDS."""
    chance = Random(-number - 1)  # noqa: S311  (a plan to repeat, not a secret)
    span = last - begun
    moments = sorted(chance.random() for _ in range(many))
    which = chance.choices(range(len(KINDS)), WEIGHTS, k=many)
    return ((begun + span * at, kind) for at, kind in zip(moments, which, strict=True))
