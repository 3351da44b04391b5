"""Days as founders type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.dates import typed_date
from tests.conversation import library

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-12", date(2027, 3, 12)),
        ("12/03/2027", date(2027, 3, 12)),
        ("12.3.", date(2027, 3, 12)),
        ("12.2.", date(2028, 2, 12)),
        ("le 15 mars", date(2027, 3, 15)),
        ("15 Mars 2028", date(2028, 3, 15)),
        ("March 15", date(2027, 3, 15)),
        ("15th of March", date(2027, 3, 15)),
        ("1er avril", date(2027, 4, 1)),
        ("12 août", date(2027, 8, 12)),
        ("demain", date(2027, 3, 2)),
        ("Tomorrow", date(2027, 3, 2)),
        ("dans 3 semaines", date(2027, 3, 22)),
        ("in two weeks", date(2027, 3, 15)),
        ("dans dix ans", None),
        ("31/02/2027", None),
        ("bientôt", None),
        ("mars", None),
        ("40 mars", None),
        ("99999-99-99", None),
    ],
)
def test_a_typed_day_is_read_as_it_is_meant(typed: str, meant: date | None) -> None:
    assert typed_date(library().kb.calendar, typed, TODAY) == meant


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_days(text: str) -> None:
    found = typed_date(library().kb.calendar, text, TODAY)
    assert found is None or isinstance(found, date)
