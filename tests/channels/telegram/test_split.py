"""Long messages in parts that each stand for themselves, with nothing lost."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.split import plain, split, units
from tests.standin.markup import text_of
from tests.standin.markup import units as counted

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=120)
WRAPS = st.sampled_from(["{}", "<b>{}</b>", "<i>{}</i>", '<a href="https://a.b/?c=1&amp;d">{}</a>'])
PIECES = st.builds(lambda wrap, words: wrap.format(escape(words)), WRAPS, WORDS)


@given(pieces=st.lists(PIECES, min_size=1, max_size=30), limit=st.integers(70, 400))
def test_every_part_fits_and_parses_and_no_letter_is_lost(pieces: list[str], limit: int) -> None:
    html = "".join(pieces)
    parts = split(html, limit)
    whole = text_of(html)
    texts = [text_of(part) for part in parts]
    assert all(counted(t) <= limit for t in texts)
    gone = str.maketrans("", "", "\n ")
    assert "".join(texts).translate(gone) == whole.translate(gone)


@given(words=WORDS)
def test_the_length_is_counted_as_telegram_counts(words: str) -> None:
    html = f"<b>{escape(words)}</b>"
    assert units(html) == counted(text_of(html)) == counted(words)
    assert plain(html) == words


def test_a_short_message_is_left_as_it_is() -> None:
    assert split("<b>Bonjour</b> &amp; bienvenue") == ["<b>Bonjour</b> &amp; bienvenue"]


def test_a_cut_falls_between_words_and_tags_are_taken_up_again() -> None:
    html = "<b>" + "mot " * 30 + "</b>"
    parts = split(html, 50)
    assert all(p.startswith("<b>mot") and p.endswith("mot</b>") for p in parts[:-1])


def test_no_cut_falls_inside_what_reads_as_one_character() -> None:
    family, flag, accent = "👩‍👩‍👧‍👦", "🇫🇷", "e\u0301"
    for sign in (family, flag, accent, "👍🏽", "&amp;"):
        for before in range(90, 101):
            parts = split("x" * before + sign * 30, 100)
            assert all(p.strip("x").replace(sign, "") == "" for p in parts), sign


def test_what_counts_double_is_counted_double() -> None:
    parts = split("😀" * 4096)
    assert [counted(p) for p in parts] == [4096, 4096]
