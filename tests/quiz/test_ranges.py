"""Facility and discrimination have the names Moodle gives them."""

from __future__ import annotations

import pytest

from bot.quiz.ranges import discrimination_range, facility_range


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        (0, "extremely_difficult"),
        (5.4, "extremely_difficult"),
        (5.5, "very_difficult"),
        (10, "very_difficult"),
        (11, "difficult"),
        (20, "difficult"),
        (21, "moderately_difficult"),
        (34, "moderately_difficult"),
        (35, "about_right"),
        (64, "about_right"),
        (65, "fairly_easy"),
        (80, "fairly_easy"),
        (81, "easy"),
        (89, "easy"),
        (90, "very_easy"),
        (94, "very_easy"),
        (95, "extremely_easy"),
        (100, "extremely_easy"),
    ],
)
def test_facility_has_the_names_of_moodle(percent: float, name: str) -> None:
    assert facility_range(percent) == name


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        (100, "very_good"),
        (50, "very_good"),
        (49, "adequate"),
        (30, "adequate"),
        (29, "weak"),
        (20, "weak"),
        (19, "very_weak"),
        (0, "very_weak"),
        (-0.4, "very_weak"),
        (-1, "invalid"),
        (-100.00000000000001, "invalid"),
    ],
)
def test_discrimination_has_the_names_of_moodle(percent: float, name: str) -> None:
    assert discrimination_range(percent) == name
