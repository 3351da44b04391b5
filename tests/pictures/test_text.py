"""Text is measured, cut and broken without harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.svg import broken, clean, shortened, width

FAMILY = "👩\u200d👩\u200d👧"


def test_what_fits_is_left_alone() -> None:
    assert shortened("Mairie", 100) == "Mairie"


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    cut = shortened("Association des pêcheurs", 60)
    assert cut.endswith("…")
    assert width(cut) <= 60


@pytest.mark.parametrize("sign", [FAMILY, "e\u0301", "👍🏽"])
def test_a_sign_of_several_letters_is_kept_whole_or_left_out(sign: str) -> None:
    for room in range(15, 90):
        kept = shortened(sign * 20, room).removesuffix("…")
        assert kept.replace(sign, "") == ""


def test_names_are_broken_between_words() -> None:
    shown = broken("Direction régionale de la pêche", 145, 2)
    assert shown == ("Direction régionale de", "la pêche")


def test_a_line_takes_all_the_words_it_has_room_for() -> None:
    assert broken("Institut marin", 145, 2) == ("Institut marin",)


def test_only_the_last_line_is_cut() -> None:
    shown = broken("Direction régionale de la pêche", 75, 2)
    assert shown == ("Direction", "régionale…")


@given(st.text(max_size=80), st.integers(20, 200), st.integers(1, 3))
def test_no_line_is_broader_than_its_room(said: str, room: int, lines: int) -> None:
    shown = broken(said, room, lines)
    assert len(shown) <= lines
    assert all(width(line) <= room for line in shown)


@given(st.text())
def test_cleaned_words_stand_on_one_line_and_stay_cleaned(said: str) -> None:
    assert clean(clean(said)) == clean(said)
    assert not set("\n\r\t\x00\x85\u2028") & set(clean(said))
