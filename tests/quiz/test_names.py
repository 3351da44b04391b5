"""Names on the wall: short, visible, and each only once."""

from __future__ import annotations

import unicodedata

import pytest

from bot.quiz.names import LONGEST, MOST_MARKS, free, seen


def test_a_name_is_one_line_without_signs_that_are_not_seen() -> None:
    assert seen("  Ada \n Love\tlace ") == "Ada Love lace"
    assert seen("Ada\u202e\u200b\x00\ufeff") == "Ada"
    assert seen("\u202e\u2066") == ""
    assert len(seen("w" * 300)) == LONGEST


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free("Ada", {"ben"}, 7) == "Ada"
    assert free("Ada", {"ada", "ada 2"}, 7) == "Ada 3"
    assert free("", {"7"}, 7) == "8"


@pytest.mark.parametrize(
    "name",
    ["\u3164", "\u2800 \u2800", "\u034f", "\ufe0f", "\uffa0\u1160", "\u0301\u0302", " \U000e0100 "],
)
def test_a_name_that_shows_nothing_is_none(name: str) -> None:
    assert seen(name) == ""
    assert seen(f"{name}{name}Bo") == "Bo"


def test_a_letter_carries_only_so_many_marks() -> None:
    assert seen("A" + "\u0336" * 300) == "A" + "\u0336" * MOST_MARKS
    assert seen("A" + "\u0334" * 300 + "da") == "A" + "\u0334" * MOST_MARKS + "da"


def test_a_letter_and_its_mark_are_one_however_they_were_typed() -> None:
    composed, apart = "éva", unicodedata.normalize("NFD", "éva")
    assert seen(apart) == seen(composed) == composed
    assert free(composed, {apart}, 1) == "éva 2"
    assert free(apart, {composed}, 1) == f"{apart} 2"
    assert free("\u2764\ufe0f", {"\u2764"}, 1) == "\u2764\ufe0f 2"


@pytest.mark.parametrize(
    "name",
    [
        *("Nguyễn Thị Hạnh", "Ødegård", "Zoë", "Łukasz", "Ιωάννης", "Олександр", "Հասմիկ"),
        *("فَاطِمَة", "שָׁלוֹם", "ปิ่นแก้ว", "ཨོཾ་བསྒྲུབས", "နှင်းဆွှံ့", "ភ្នំពេញ", "ကျော်စွာ"),
        *("अनुष्का", "தமிழ்ச்செல்வி", "শ্রেয়া", "王小明", "さくら", "김민준", "\u1112\u1161\u11ab 씨"),
        *(
            "葛\U000e0100城",
            "ⵜⵉⴼⵉⵏⴰⵖ",
            "አበበ",
            "⠁⠙⠁",
            "\u2764\ufe0f Ada",
            "1\ufe0f\u20e3",
            "👍🏽",
            "🇸🇳",
        ),
    ],
)
def test_names_in_every_writing_stay_as_they_are(name: str) -> None:
    assert seen(name) == unicodedata.normalize("NFC", name)


def test_what_joins_pictures_goes_and_the_pictures_stay() -> None:
    assert seen("👩\u200d🌾 Awa") == "👩🌾 Awa"
