"""Draws numbers as bars below their labels; a number too small to be told stays untold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.pictures.axis import SMALL, THIN, Axis, axis, checked
from bot.pictures.marks import hatched, key
from bot.pictures.svg import (
    LEADING,
    SIZE,
    WIDTH,
    Shape,
    block,
    broken,
    group,
    picture,
    shape,
    text,
    width,
)

# Bars end here, so that the longest one has its number beside it.
LEFT, LONG = 2, 290
THICK = (15, 9)
STUB = 42


@dataclass(frozen=True, slots=True)
class Value:
    """`said`: the number in words of the reader's language."""

    size: float
    said: str

    def __post_init__(self) -> None:
        checked(self.size)


@dataclass(frozen=True, slots=True)
class Bar:
    """One value for each series; None: too few to show."""

    label: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class BarsPicture:
    """`series`: their names, one or two; a single one may be called nothing."""

    label: str
    bars: tuple[Bar, ...]
    too_few: str
    series: tuple[str, ...] = ("",)
    unit: str = ""
    thousands: str = THIN


def draw(it: BarsPicture) -> str:
    values = [value.size for bar in it.bars for value in bar.values if value]
    scale = axis(values, LEFT, LONG)
    drawn, y = _legend(it)
    for bar in it.bars:
        row, high = _bar(it, bar, scale, y)
        drawn += row
        y += high
    drawn += scale.numbers(y + 8, it.unit, it.thousands)
    return picture("bars", it.label, _told(it), round(y + (30 if it.unit else 14)), *drawn)


def _told(it: BarsPicture) -> Iterator[str]:
    for bar in it.bars:
        parts = zip(it.series, bar.values, strict=True)
        said = (f"{name} {value.said if value else it.too_few}".strip() for name, value in parts)
        yield f"{bar.label}: {'; '.join(said)}"


def _legend(it: BarsPicture) -> tuple[list[Shape], float]:
    if not any(it.series):
        return [], 2
    signs = [(_block(0, -5, 16, 10, place), name) for place, name in enumerate(it.series)]
    legend, high = key(signs, 0)
    return [legend], high + 8


def _bar(it: BarsPicture, bar: Bar, scale: Axis, y: float) -> tuple[list[Shape], float]:
    lines = broken(bar.label, WIDTH - 8, 2)
    top = y + len(lines) * SIZE * LEADING + 3
    drawn = [block(lines, bar.label, LEFT, y + SIZE)]
    bottom = float(top)
    for place, value in enumerate(bar.values):
        drawn.append(_value(value, it.too_few, scale, bottom, place))
        bottom += THICK[place] + 3
    return drawn, bottom - y + 11


def _value(value: Value | None, too_few: str, scale: Axis, y: float, place: int) -> Shape:
    thick = THICK[place]
    if value is None:
        end, said, look = float(LEFT + STUB), too_few, "quiet"
        sign = hatched(LEFT, y, STUB, thick)
    else:
        end, said, look = scale.at(value.size), value.said, "number"
        sign = _block(LEFT, y, max(1.5, end - LEFT), thick, place) if value.size else Shape("")
    words = text(
        said, end + 6, y + thick / 2, room=WIDTH - end - 8, size=SMALL, look=look, middle=True
    )
    grid = scale.grid(y - 1, thick + 2, end + 2, end + 12 + width(said, SMALL))
    return group(*grid, sign, words)


def _block(x: float, y: float, long: float, high: float, place: int) -> Shape:
    """The first series is full, the second one empty within its outline."""
    if place == 0:
        return shape(
            "rect",
            x=x,
            y=y,
            width=long,
            height=high,
            rx=2,
            class_="picture-bar",
            fill="currentColor",
        )
    inner = {"x": x + 0.8, "y": y + 0.8, "width": max(0.5, long - 1.6), "height": high - 1.6}
    looks: dict[str, str | float] = {"stroke": "currentColor", "stroke_width": 1.6}
    return shape("rect", class_="picture-bar-second", fill="none", rx=2, **inner, **looks)
