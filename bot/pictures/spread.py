"""Draws how numbers are spread: the middle one and the middle half of them, a line a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.pictures.axis import THIN, Axis, axis, checked
from bot.pictures.marks import diamond, hatched, key
from bot.pictures.svg import SIZE, WIDTH, Shape, picture, shape, text, width

# Room on both sides for a diamond that stands at an end.
LEFT, LONG = 10, WIDTH - 32
THICK = 8
ROW = 50


@dataclass(frozen=True, slots=True)
class Quarters:
    """A quarter lies below `low`, a half below `middle`, three quarters below `high`."""

    low: float
    middle: float
    high: float

    def __post_init__(self) -> None:
        ordered = sorted(map(checked, (self.low, self.middle, self.high)))
        if ordered != [self.low, self.middle, self.high]:
            raise ValueError(f"{self} is not in order")


@dataclass(frozen=True, slots=True)
class Spread:
    """`middle`, `half`: the printed numbers, as "30" and "12 to 58". None: too few to show."""

    label: str
    quarters: Quarters | None
    middle: str = ""
    half: str = ""


@dataclass(frozen=True, slots=True)
class SpreadPicture:
    """`middle`, `half`: what the diamond and the line mean."""

    label: str
    rows: tuple[Spread, ...]
    middle: str
    half: str
    too_few: str
    unit: str = ""
    thousands: str = THIN


def draw(it: SpreadPicture) -> str:
    scale = axis([row.quarters.high for row in it.rows if row.quarters], LEFT, LONG)
    signs = [(diamond(8, 0, "middle"), it.middle), (_half(0, 16, 0), it.half)]
    legend, top = key(signs, 0)
    drawn = [legend]
    y = top + 10.0
    for row in it.rows:
        drawn += _row(row, scale, it.too_few, y)
        y += ROW
    drawn += scale.numbers(y + 4, it.unit, it.thousands)
    return picture("spread", it.label, _told(it), round(y + (26 if it.unit else 10)), *drawn)


def _numbers(row: Spread, too_few: str) -> str:
    if row.quarters is None:
        return too_few
    return f"{row.middle} ({row.half})" if row.half else row.middle


def _told(it: SpreadPicture) -> Iterator[str]:
    for row in it.rows:
        yield f"{row.label}: {_numbers(row, it.too_few)}"


def _row(row: Spread, scale: Axis, too_few: str, y: float) -> list[Shape]:
    said = _numbers(row, too_few)
    look = "number" if row.quarters else "quiet"
    number = text(said, WIDTH - 4, y + SIZE, room=WIDTH / 2 - 8, look=look, anchor="end")
    room = max(WIDTH / 2, WIDTH - 1.12 * width(said) - 20) - 8
    label = text(row.label, 2, y + SIZE, room=room)
    line = y + 28
    return [label, number, *scale.grid(line - 9, 18), *_measured(row.quarters, scale, line)]


def _measured(quarters: Quarters | None, scale: Axis, y: float) -> list[Shape]:
    if quarters is None:
        return [hatched(LEFT, y - 6, 42, 12)]
    low, high = scale.at(quarters.low), scale.at(quarters.high)
    return [_half(low, high, y), diamond(scale.at(quarters.middle), y, "middle", 7)]


def _half(low: float, high: float, y: float) -> Shape:
    return shape(
        "rect",
        x=low,
        y=y - THICK / 2,
        width=max(2.0, high - low),
        height=THICK,
        rx=THICK / 2,
        class_="picture-half",
        fill="currentColor",
        fill_opacity="0.45",
    )
