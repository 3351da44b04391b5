"""How often somebody may do something; forgotten at a restart, so that nobody is locked out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

# Past this many names the longest silent are forgotten.
MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` at once, filled up again evenly over `seconds`."""

    most: int
    seconds: float


class Limiter:
    """A bucket for each name; `clock` gives seconds."""

    def __init__(self, limit: Limit, clock: Callable[[], float]) -> None:
        self._limit = limit
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, name: str) -> bool:
        """Takes one of what `name` has left; False where nothing is left."""
        now = self._clock()
        left, at = self._left.pop(name, (float(self._limit.most), now))
        more = max(0.0, now - at) * self._limit.most / self._limit.seconds
        left = min(self._limit.most, left + more)
        enough = left >= 1
        self._left[name] = (left - 1 if enough else left, now)
        while len(self._left) > MOST_NAMES:
            self._left.popitem(last=False)
        return enough
