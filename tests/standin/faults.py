"""What can go wrong on the way, when and how often; the plan is scripted or drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["429", "500", "502", "drop_before", "drop_after", "slow", "foreign"]
KINDS: tuple[Kind, ...] = ("429", "500", "502", "drop_before", "drop_after")


@dataclass(slots=True)
class Fault:
    """One scripted fault, `times` in a row, for a method and perhaps one chat only."""

    method: str
    kind: Kind
    times: int = 1
    chat: str = ""
    seconds: float = 1.0


@dataclass(slots=True)
class Faults:
    """`shares` are chances by method (0..1); scripted faults come first."""

    seed: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    kinds: Sequence[Kind] = KINDS
    seconds: float = 0.2
    script: list[Fault] = field(default_factory=list)
    _chance: random.Random | None = None

    def next(self, method: str, chat: str) -> Fault | None:
        for fault in self.script:
            if fault.method == method and fault.chat in ("", chat) and fault.times > 0:
                fault.times -= 1
                return fault
        self._chance = self._chance or random.Random(self.seed)  # noqa: S311  (a plan to repeat)
        if self._chance.random() < self.shares.get(method, 0.0):
            return Fault(method, self._chance.choice(self.kinds), 0, chat, self.seconds)
        return None
