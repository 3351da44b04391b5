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
        ("la alcaldía y la cooperativa", ["la alcaldía", "la cooperativa"]),
        ("Stadt Kassel, die Kammer und der Verein", ["Stadt Kassel", "die Kammer", "der Verein"]),
        ("Secretaría de Agricultura y Desarrollo", ["Secretaría de Agricultura y Desarrollo"]),
        (
            "Ministère de l'Agriculture et de l'Élevage",
            ["Ministère de l'Agriculture et de l'Élevage"],
        ),
    ],
)
def test_names_are_taken_whole_and_one_by_one(typed: str, found: list[str]) -> None:
    assert names(typed) == found
