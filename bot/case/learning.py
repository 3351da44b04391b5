"""What a person has practised: how each question sits, and whether they want to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Learnt:
    """One question as the scheduler counts it: `stability` in days, `difficulty` from 1 to 10."""

    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reps: int = 1


@dataclass(frozen=True, slots=True)
class Learning:
    """`items`: question -> how it sits. `every`: days between small questions, 0 for none.

    `offered`: they were offered once. `unanswered`: how many in a row got no answer. `stopped`:
    they ended by themselves, and that was not said yet. `last`: the small question put last.
    """

    items: Mapping[str, Learnt] = field(default_factory=dict)
    every: int = 0
    offered: bool = False
    unanswered: int = 0
    stopped: bool = False
    last: str = ""
