"""Draws where a team stands in the first steps: a segment each, its state by sign and by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.pictures.svg import (
    LEADING,
    WIDTH,
    Shape,
    block,
    broken,
    clean,
    group,
    picture,
    shape,
    width,
)

STATES = ("open", "begun", "done", "owed")
# How high a segment is, and how far it points into the next one.
HIGH, POINT = 40, 9
# As broad as bold letters are.
BOLD = 13.5
# The first of these at which no word of a name is too long for its segment.
SIZES = (12, 11.5, 11, 10.5)


@dataclass(frozen=True, slots=True)
class Step:
    """`state`: one of STATES; `main`: whether it is the one that counts now."""

    label: str
    state: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class StepsPicture:
    """`states`: key -> its label. `main`: what is said of the step that counts now."""

    label: str
    steps: tuple[Step, ...]
    states: Mapping[str, str]
    main: str


def draw(it: StepsPicture) -> str:
    wide = (WIDTH - POINT - 4) / max(1, len(it.steps))
    top = 26 if any(step.main for step in it.steps) else 4
    drawn: list[Shape] = []
    deep, size = 0.0, _size(it, wide)
    for place, step in enumerate(it.steps):
        x = 2 + place * wide
        words, foot = _words(step.label, it.states[step.state], x + 2, top + HIGH + 16, wide, size)
        deep = max(deep, foot)
        drawn += [_segment(step, x, top, wide), *words]
        drawn += [_flag(it.main, x, wide)] if step.main else []
    return picture("steps", it.label, [_told(it, step) for step in it.steps], round(deep), *drawn)


def _size(it: StepsPicture, wide: float) -> float:
    words = [word for step in it.steps for word in clean(step.label).split(" ")]
    longest = max((width(word, 1) for word in words), default=0)
    return next((size for size in SIZES if longest * size <= wide - 4), SIZES[-1])


def _words(
    name: str, state: str, x: float, y: float, wide: float, size: float
) -> tuple[list[Shape], float]:
    shown, below = broken(name, wide - 4, 3, size), broken(state, wide - 4, 3, size)
    middle = y + len(shown) * size * LEADING + 2
    words = [
        block(shown, name, x, y, size=size),
        block(below, state, x, middle, size=size, look="quiet"),
    ]
    return words, middle + len(below) * size * LEADING - 6


def _told(it: StepsPicture, step: Step) -> str:
    return f"{step.label}: {it.states[step.state]}{f' ({it.main})' if step.main else ''}"


def _segment(step: Step, x: float, y: float, wide: float) -> Shape:
    side = wide - 4
    point = f"l{POINT} {HIGH / 2:g} {-POINT} {HIGH / 2:g}"
    way = f"M{x:.1f} {y:g}h{side:.1f}{point}h{-side:.1f}l{POINT} {-HIGH / 2:g}z"
    looks: dict[str, str | float] = {
        "stroke": "currentColor",
        "stroke_width": 3 if step.main else 1.3,
    }
    full = {"begun": "0.08", "done": "0.2"}.get(step.state, "0")
    looks["stroke_dasharray"] = "5 3" if step.state == "owed" else "none"
    around = shape(
        "path", d=way, class_="picture-segment", fill="currentColor", fill_opacity=full, **looks
    )
    sign = SIGNS[step.state](x + (wide + POINT) / 2 - 2, y + HIGH / 2)
    main = " picture-main" if step.main else ""
    return group(around, sign, class_=f"picture-step picture-{step.state}{main}")


def _circle(x: float, y: float, reach: float, **looks: str | float) -> Shape:
    return shape("circle", cx=x, cy=y, r=reach, stroke="currentColor", **looks)


def _open(x: float, y: float) -> Shape:
    return _circle(x, y, 8, fill="none", stroke_width=1.6)


def _begun(x: float, y: float) -> Shape:
    half = shape("path", d=f"M{x:.1f} {y - 8:.1f}a8 8 0 0 0 0 16z", fill="currentColor")
    return group(_open(x, y), half)


def _done(x: float, y: float) -> Shape:
    tick = shape(
        "path",
        d=f"M{x - 4:.1f} {y + 0.5:.1f}l3 3 5.5 -6.5",
        class_="picture-tick",
        fill="none",
        stroke="currentColor",
        stroke_width=2,
    )
    return group(_circle(x, y, 9, fill="none", stroke_width=1.6, class_="picture-full"), tick)


def _owed(x: float, y: float) -> Shape:
    """An arrow that turns back: worth going back to, nothing to be blamed for."""
    way = f"M{x - 7:.1f} {y - 3:.1f}h9a4.5 4.5 0 0 1 0 9h-6M{x - 3:.1f} {y - 7:.1f}l-4 4 4 4"
    return shape("path", d=way, fill="none", stroke="currentColor", stroke_width=2)


SIGNS = {"open": _open, "begun": _begun, "done": _done, "owed": _owed}


def _flag(said: str, x: float, wide: float) -> Shape:
    """Above the segment, and never beyond the edge of the picture."""
    middle = x + (wide + POINT) / 2 - 2
    arrow = shape(
        "path", d=f"M{middle - 6:.1f} 17h12l-6 6z", class_="picture-flag", fill="currentColor"
    )
    shown = broken(said, WIDTH - 40, 1, BOLD)
    half = width(shown[0], BOLD) / 2
    at = min(max(middle, half), WIDTH - half)
    return group(arrow, block(shown, said, at, 12, look="flag", anchor="middle"))
