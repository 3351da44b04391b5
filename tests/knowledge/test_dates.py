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
        ("am 15.3.", date(2027, 3, 15)),
        ("bis zum 31. 12. 27", date(2027, 12, 31)),
        ("3 de enero del 2028", date(2028, 1, 3)),
        ("1 de setiembre", date(2027, 9, 1)),
        ("vor dem 15. März", date(2027, 3, 15)),
        ("heute", date(2027, 3, 1)),
        ("vendredi prochain", date(2027, 3, 5)),
        ("next Monday", date(2027, 3, 8)),
        ("am Dienstag", date(2027, 3, 2)),
        ("el próximo jueves", date(2027, 3, 4)),
        ("Montag in einer Woche", date(2027, 3, 8)),
        ("Freitag in zwei Wochen", None),
        ("hace dos semanas", None),
        ("two weeks ago", None),
        ("nicht vor dem 15. März", None),
        ("erst nach dem 10. März", None),
        ("en dos meses y medio", None),
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
