"""Updates become turns; what cannot be one is handed on with whom to apologise to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.buttons import STALE, Buttons
from bot.channels.telegram.parse import Parser, clean
from bot.core.turn import Command, Edited, Tap, Text, Turn, Unreadable
from bot.service.arrivals import Spoilt

BUTTONS = Buttons(b"s" * 32)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
PARSER = Parser(BUTTONS, "AmorceBot", lambda: NOW)
AWA = {"id": 9_007_199_254_740_993, "is_bot": False, "first_name": "Awa", "language_code": "fr"}
ROOM = {"id": 9_007_199_254_740_993, "type": "private", "first_name": "Awa"}
GROUP = {"id": -1_001_234_567_890, "type": "supergroup", "title": "Les eaux"}
FILE = {"file_id": "f", "file_unique_id": "u"}


def message(**content: Any) -> dict[str, Any]:
    base = {"message_id": 5, "date": 1_772_366_400, "chat": ROOM, "from": AWA}
    return {"update_id": 77, "message": base | content}


def turn(raw: dict[str, Any]) -> Turn:
    found = PARSER.read(raw).arrival
    assert isinstance(found, Turn), found
    return found


def test_a_text_carries_who_where_when_and_in_which_language() -> None:
    assert turn(message(text="Bonjour")) == Turn(
        "77",
        "telegram",
        "9007199254740993",
        "9007199254740993",
        datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
        Text("Bonjour"),
        "fr",
        "5",
        name="Awa",
    )


def test_a_reply_carries_what_the_message_replied_to_is_about() -> None:
    def replied(chat: str) -> str:
        data = BUTTONS.carry(chat, "desk.team:1", 0)
        keyboard = {"inline_keyboard": [[{"text": "Look again", "callback_data": data}]]}
        first = {"message_id": 4, "date": 1, "chat": ROOM, "reply_markup": keyboard}
        return turn(message(text="They came back", reply_to_message=first)).reply

    assert replied(str(ROOM["id"])) == "desk.team:1"
    assert replied("1") == ""
    bare = {"message_id": 4, "date": 1, "chat": ROOM}
    assert turn(message(text="They came back", reply_to_message=bare)).reply == ""


@pytest.mark.parametrize(
    ("typed", "cause"),
    [
        ("/start", Command("start")),
        ("/Start", Command("start")),
        ("/start@amorcebot", Command("start")),
        ("/start team-42_x", Command("start", "team-42_x")),
        ("/ask  qui vient ?\nmerci", Command("ask", "qui vient ?\nmerci")),
        ("/start@other_bot", Text("/start@other_bot")),
        ("/", Text("/")),
        ("/2 fois", Text("/2 fois")),
        ("a /start", Text("a /start")),
        ("   ", Text("   ")),
        ("eau\x00 \ud83d", Text("eau \ufffd")),
    ],
)
def test_what_is_typed(typed: str, cause: object) -> None:
    assert turn(message(text=typed)).cause == cause


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ({"voice": FILE | {"duration": 3}}, Unreadable("voice")),
        ({"photo": [FILE | {"width": 1, "height": 1}]}, Unreadable("photo")),
        ({"photo": [FILE | {"width": 1, "height": 1}], "caption": "Carte"}, Text("Carte")),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, Unreadable("location")),
        ({"contact": {"phone_number": "1", "first_name": "K"}}, Unreadable("contact")),
        ({"document": FILE}, Unreadable("document")),
        ({"something_of_next_year": {"a": 1}}, Unreadable("other")),
    ],
)
def test_what_is_no_text(content: dict[str, Any], cause: object) -> None:
    assert turn(message(**content)).cause == cause


def test_an_edit_is_told_by_its_own_time() -> None:
    raw = message(text="Mieux dit", edit_date=1_772_366_460)
    found = turn({"update_id": 78, "edited_message": raw["message"]})
    assert (found.cause, found.at.minute, found.message) == (Edited("Mieux dit"), 1, "5")


def tap(data: Any, **more: Any) -> dict[str, Any]:
    under = message(text="?")["message"]
    query = {"id": "q1", "from": AWA, "chat_instance": "1", "message": under, "data": data}
    return {"update_id": 79, "callback_query": query | more}


def test_a_tap_carries_its_action_and_its_question() -> None:
    data = BUTTONS.carry("9007199254740993", "next:1", 42)
    arrived = PARSER.read(tap(data))
    assert isinstance(arrived.arrival, Turn)
    assert (arrived.tap, arrived.arrival.cause) == ("q1", Tap("next:1", 42))
    assert arrived.arrival.at == NOW


@pytest.mark.parametrize("data", ["v1.next.1.AAAAAAAAAAA", "", "x", None])
def test_a_forged_tap_is_stale_and_still_acknowledged(data: Any) -> None:
    arrived = PARSER.read(tap(data))
    assert isinstance(arrived.arrival, Turn)
    assert (arrived.tap, arrived.arrival.cause) == ("q1", STALE)


def test_a_tap_where_nobody_can_be_answered_is_only_acknowledged() -> None:
    arrived = PARSER.read(tap("x", message=None, inline_message_id="i"))
    assert (arrived.arrival, arrived.tap) == (None, "q1")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("/start", Unreadable("group")),
        ("/join ABC234", Unreadable("group")),
        ("/quiz", Command("quiz")),
        ("/quiz@AmorceBot ABC234", Command("quiz", "ABC234")),
        ("/quiz@another_bot ABC234", None),
        ("/warmup 3", Command("warmup", "3")),
        ("/start@AmorceBot q-ABC234", Command("start", "q-ABC234")),
        ("Bonjour à tous", None),
        ("B", None),
    ],
)
def test_in_a_group_only_commands_are_heard(text: str, cause: object) -> None:
    arrived = PARSER.read(message(chat=GROUP, text=text)).arrival
    assert (arrived.cause if isinstance(arrived, Turn) else None) == cause


def replied(text: str, action: str, chat: dict[str, Any] = GROUP) -> dict[str, Any]:
    """A message in the group that replies to one whose first button does `action`."""
    data = BUTTONS.carry(str(chat["id"]), action, 0)
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": data}]]}
    first = {"message_id": 4, "date": 1, "chat": GROUP, "reply_markup": keyboard}
    return message(chat=GROUP, text=text, reply_to_message=first)


def test_in_a_group_a_reply_to_a_question_of_a_round_is_heard() -> None:
    heard = turn(replied("B", "q.a:ABC234:3:A"))
    assert (heard.cause, heard.reply, heard.name) == (Text("B"), "q.a:ABC234:3:A", "Awa")
    assert PARSER.read(replied("B", "desk.team:1")).arrival is None
    forged = replied("B", "q.a:ABC234:3:A", chat={"id": 1})
    assert PARSER.read(forged).arrival is None


def poll_answer(**more: Any) -> dict[str, Any]:
    """What somebody chose in a poll: also an outsider, to whom it was passed on."""
    answer = {"poll_id": "5", "user": AWA, "option_ids": [1], "option_persistent_ids": ["b"]}
    return {"update_id": 80, "poll_answer": answer | more}


@pytest.mark.parametrize(
    "raw",
    [
        poll_answer(),
        poll_answer(user=AWA | {"id": 666}),
        poll_answer(user=None),
        poll_answer(option_ids="everything"),
        {"update_id": 80, "poll_answer": "not even an object"},
        {"update_id": 80, "poll": {"id": "5", "question": "?"}},
    ],
)
def test_what_is_answered_to_a_poll_is_passed_over_whatever_its_shape(raw: dict[str, Any]) -> None:
    assert PARSER.read(raw).arrival is None


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "something_new": {"a": 1}},
        message(chat=GROUP, new_chat_members=[AWA]),
        message(chat=GROUP, migrate_to_chat_id=-100),
        {"update_id": 1, "channel_post": message(text="x")["message"]},
        message(text="beep", **{"from": AWA | {"is_bot": True}}),
    ],
)
def test_what_nobody_said_to_us_is_passed_over(raw: dict[str, Any]) -> None:
    assert PARSER.read(raw).arrival is None


@pytest.mark.parametrize("missing", ["date", "chat", "message_id"])
def test_what_cannot_be_built_says_whom_to_apologise_to(missing: str) -> None:
    raw = message(text="x")
    del raw["message"][missing]
    found = PARSER.read(raw).arrival
    assert isinstance(found, Spoilt)
    assert found.key == "77"
    assert found.chat == ("" if missing == "chat" else "9007199254740993")


def test_whom_to_apologise_to_is_named_in_whole_characters() -> None:
    chat = {"id": "\ud800", "type": "private"}
    spoilt = PARSER.read({"update_id": 1, "message": {"chat": chat, "from": AWA}}).arrival
    assert isinstance(spoilt, Spoilt)
    spoilt.conversation.encode()


FIELDS = st.sampled_from(
    ["message", "callback_query", "edited_message", "chat", "from", "id", "date", "text", "data",
     "type", "message_id", "is_bot", "first_name", "photo", "entities", "update_id"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=12,
)


@given(raw=st.dictionaries(FIELDS, JSON, max_size=5), broken=JSON, field=FIELDS)
def test_no_update_whatever_its_shape_raises(raw: dict[str, Any], broken: Any, field: str) -> None:
    PARSER.read(raw | {"update_id": 3})
    whole = message(text="x")
    whole["message"][field] = broken
    arrived = PARSER.read(whole).arrival
    assert arrived is None or isinstance(arrived, Turn | Spoilt)


@given(st.text(st.characters(), max_size=40))
def test_cleaned_text_can_be_stored_anywhere(text: str) -> None:
    assert "\x00" not in clean(text)
    clean(text).encode()
