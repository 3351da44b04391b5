"""A scale from nought with whole, round numbers, shared by what is drawn to measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, isfinite

from bot.pictures.marks import line
from bot.pictures.svg import Shape, block, text, width

SMALL = 11
# Between thousands; read in every language.
THIN = "\u202f"


def checked(value: float) -> float:
    if not isfinite(value) or value < 0:
        raise ValueError(f"{value} cannot be drawn to measure")
    return value


@dataclass(frozen=True, slots=True)
class Axis:
    """`long`: how long the highest number is drawn."""

    left: float
    step: int
    top: int
    long: float

    def at(self, value: float) -> float:
        return self.left + self.long * value / max(1, self.top)

    @property
    def ticks(self) -> range:
        return range(0, self.top + 1, self.step) if self.top else range(0)

    def grid(self, y: float, high: float, start: float = 0, end: float = 0) -> list[Shape]:
        """Behind one row only, and not from start to end, so that no line runs through words."""
        return [
            line(x, y, x, y + high, "grid" if tick else "base", fade="0.3" if tick else "1")
            for tick, x in ((tick, self.at(tick)) for tick in self.ticks)
            if not start < x < end
        ]

    def numbers(self, y: float, unit: str, thousands: str) -> list[Shape]:
        """Below the last row, the unit below them; so few that they do not touch."""
        broadest = width(f"{self.top:,}", SMALL) + 10
        every = ceil(broadest * max(1, self.top) / (self.long * self.step))
        said = [
            block((number,), number, self.at(tick), y, size=SMALL, look="quiet", anchor=_side(tick))
            for tick in self.ticks[::every]
            for number in (f"{tick:,}".replace(",", thousands),)
        ]
        if unit and said:
            said.append(text(unit, self.left, y + 15, room=self.long, size=SMALL, look="quiet"))
        return said


def _side(tick: int) -> str:
    return "middle" if tick else "start"


def axis(values: list[float], left: float, long: float, most: int = 5) -> Axis:
    """Up to a round number; with nothing to measure, an axis without numbers."""
    highest = max(map(checked, values), default=0)
    step = next(size for size in _round_sizes() if size * most >= highest)
    return Axis(left, step, step * ceil(highest / step), long)


def _round_sizes() -> Iterator[int]:
    ten = 1
    while True:
        yield from (ten, 2 * ten, 5 * ten)
        ten *= 10
