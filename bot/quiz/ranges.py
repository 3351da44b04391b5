"""The plain names Moodle's quiz report gives to ranges of facility and discrimination."""

from __future__ import annotations

import math
from typing import Final

# The lowest whole percentage of each range. Moodle lets neighbours meet (20 ends one, 34 another);
# here each number has one name.
FACILITY: Final = (
    (95, "extremely_easy"),
    (90, "very_easy"),
    (81, "easy"),
    (65, "fairly_easy"),
    (35, "about_right"),
    (21, "moderately_difficult"),
    (11, "difficult"),
    (6, "very_difficult"),
    (0, "extremely_difficult"),
)
DISCRIMINATION: Final = (
    (50, "very_good"),
    (30, "adequate"),
    (20, "weak"),
    (0, "very_weak"),
    (-100, "invalid"),
)
UNKNOWN = "unknown"


def facility_range(percent: float | None) -> str:
    """The name of the range a facility lies in; "unknown" where nobody was asked."""
    return _named(percent, FACILITY)


def discrimination_range(percent: float | None) -> str:
    """The name of the range a discrimination lies in; "unknown" where it cannot be computed."""
    return _named(percent, DISCRIMINATION)


def whole(percent: float) -> int:
    """As a sheet shows it; halves go up, as people round."""
    return math.floor(percent + 0.5)


def _named(percent: float | None, ranges: tuple[tuple[int, str], ...]) -> str:
    """By the number as it is shown, so that the number and its name never disagree."""
    if percent is None:
        return UNKNOWN
    return next(name for lowest, name in ranges if whole(percent) >= lowest)
