"""What a button carries fits, comes back, and cannot be forged or taken to another chat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.buttons import LIMIT, STALE, Buttons, base36, from_base36
from bot.core.turn import Tap

BUTTONS = Buttons(b"a secret of sixteen bytes")
ACTIONS = st.text("abcdefghijklmnopqrstuvwxyz_:.0123456789-", min_size=1, max_size=40)


@given(action=ACTIONS, nonce=st.integers(0, 36**4 - 1), chat=st.integers(-(2**60), 2**60))
def test_what_is_carried_comes_back_in_its_own_chat_only(
    action: str, nonce: int, chat: int
) -> None:
    data = BUTTONS.carry(str(chat), action, nonce)
    assert 1 <= len(data.encode()) <= LIMIT
    assert BUTTONS.read(str(chat), data) == Tap(action, nonce)
    assert BUTTONS.read(str(chat + 1), data) == STALE


@given(data=st.one_of(st.text(max_size=80), st.none(), st.integers(), st.binary(max_size=64)))
def test_no_data_from_outside_is_taken_for_ours(data: object) -> None:
    assert BUTTONS.read("7", data) == STALE


@given(place=st.integers(0, 63), letter=st.characters(max_codepoint=0x3FF))
def test_one_changed_letter_makes_it_stale(place: int, letter: str) -> None:
    data = BUTTONS.carry("7", "answer:yes", 12)
    place %= len(data)
    changed = data[:place] + letter + data[place + 1 :]
    assert (BUTTONS.read("7", changed) == STALE) == (changed != data)


@pytest.mark.parametrize(
    "data",
    [
        "",
        ".",
        "v1...",
        "v1.next.1.",
        "v2.next.1.AAAAAAAAAAA",
        "v1.next.-1.AAAAAAAAAAA",
        "v1.next.٣.AAAAAAAAAAA",
        "v1.next.01.AAAAAAAAAAA",
        "v1.next.zzzzzzzzzzzzzzzzzzzz.AAAAAAAAAAA",
        "v1.next.1.\udc00",
        "v1.next.1.'; DROP TABLE event; --",
        "x" * 5000,
    ],
)
def test_crooked_data_is_stale(data: str) -> None:
    assert BUTTONS.read("7", data) == STALE


def test_another_secret_does_not_open_it() -> None:
    data = BUTTONS.carry("7", "next", 3)
    assert Buttons(b"another secret, as long").read("7", data) == STALE


def test_an_action_that_does_not_fit_is_refused_when_made() -> None:
    with pytest.raises(ValueError, match="too long for a button"):
        BUTTONS.carry("7", "x" * 60, 1)


@given(st.integers(0, 10**18))
def test_a_number_in_base_36_comes_back(number: int) -> None:
    assert from_base36(base36(number)) == number
