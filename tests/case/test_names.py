"""Names out of a list keep what belongs to them."""

import pytest

from bot.case.names import names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Jugendwerkstatt e. V.", ["Jugendwerkstatt e. V."]),
        ("Savons S.A., Mairie.", ["Savons S.A.", "Mairie"]),
        ("Water Works Ltd., the council.", ["Water Works Ltd.", "the council"]),
        ("...", []),
    ],
)
def test_the_last_dot_stays_only_where_it_belongs_to_the_name(typed: str, found: list[str]) -> None:
    assert names(typed) == found
