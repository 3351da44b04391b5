"""What holds for every picture: safe in a page, legible without sight, always the same."""

import re
from html import unescape

import pytest

from tests.pictures.samples import DRAWN, SVG, described, plain, seen, tree, whole

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an attribute": '"onload=alert(1) x="',
    "an entity": "&lt;b&gt; & <!-- ]]>",
    "very long": "Coopérative " * 42,
    "one endless word": "M" * 500,
    "emoji": "👩\u200d👩\u200d👧\u200d👦 " * 30,
    "from right to left": "جمعية الصيادين في البحيرة الكبرى",
    "turned around": "\u202egnirts\u202c",
    "not of XML": "a\x00b\nc\ud800\ufffe",
    "nothing": "",
    "blank": " \t ",
}
EVERY = pytest.mark.parametrize("kind", DRAWN)
HOSTILE_WORDS = pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
ELEMENTS = {"svg", "desc", "title", "g", "path", "rect", "circle", "line", "text", "tspan"}


@EVERY
def test_a_picture_has_a_name_and_a_description_for_those_who_do_not_see_it(kind: str) -> None:
    root = tree(DRAWN[kind](plain))
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert len(described(DRAWN[kind](plain))) > 40


@EVERY
def test_the_same_picture_is_drawn_twice_alike(kind: str) -> None:
    assert DRAWN[kind](plain) == DRAWN[kind](plain)


@EVERY
@HOSTILE_WORDS
def test_hostile_words_stay_words(kind: str, words: str) -> None:
    drawn = DRAWN[kind](lambda _: words)
    names = {each.tag.removeprefix(SVG) for each in tree(drawn).iter()}
    assert names <= ELEMENTS
    attributes = {name for each in tree(drawn).iter() for name in each.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    assert drawn.encode()


@EVERY
def test_nothing_in_a_picture_needs_a_style_a_script_or_another_address(kind: str) -> None:
    drawn = DRAWN[kind](plain).replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
    assert not re.search(r"style|script|href|url\(|https?:|\bid=", drawn)


@EVERY
def test_a_colour_is_only_ever_the_current_one(kind: str) -> None:
    for each in tree(DRAWN[kind](plain)).iter():
        assert each.get("fill", "none") in ("none", "currentColor")
        assert each.get("stroke", "none") in ("none", "currentColor")


@EVERY
def test_a_long_text_is_cut_and_told_whole_in_its_title(kind: str) -> None:
    words = "Coopérative " * 41 + "Coopérative"
    drawn = DRAWN[kind](lambda _: words)
    assert all(len(text) < 130 for text in seen(drawn))
    assert any(text.endswith("…") for text in seen(drawn))
    assert words in whole(drawn)


@EVERY
def test_a_hostile_word_is_seen_as_it_was_written(kind: str) -> None:
    words = '<b a="1">&'
    drawn = DRAWN[kind](lambda _: words)
    assert words in whole(drawn)
    assert words in unescape(described(drawn))


@EVERY
def test_what_turns_the_text_around_is_taken_out(kind: str) -> None:
    assert "\u202e" not in DRAWN[kind](lambda _: HOSTILE["turned around"])


@EVERY
@HOSTILE_WORDS
def test_no_shape_lies_outside_the_picture(kind: str, words: str) -> None:
    root = tree(DRAWN[kind](lambda _: words))
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    for name, most in (("x", wide), ("cx", wide), ("y", high), ("cy", high)):
        found = [float(each.get(name, "0")) for each in root.iter() if each.tag != f"{SVG}g"]
        # The signs of a key are drawn around a point of their own.
        assert all(-6 <= place <= most for place in found)
