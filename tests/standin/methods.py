"""The methods of the Bot API that the bot uses, with the server's limits and wording."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.standin.markup import MarkupError, text_of, units
from tests.standin.state import Button, Sent, State

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_TOAST = 4096, 1024, 200
LONGEST_QUESTION, LONGEST_OPTION, LONGEST_WHY, MOST_OPTIONS = 300, 100, 200, 12


class ApiError(Exception):
    """An answer with ok = false."""

    def __init__(self, code: int, said: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(said)
        self.code, self.said, self.parameters = code, said, parameters


def get_me(state: State, _params: Mapping[str, Any]) -> Any:
    return {
        "id": 100_001,
        "is_bot": True,
        "first_name": "Amorce",
        "username": state.username,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def send_message(state: State, params: Mapping[str, Any]) -> Any:
    chat = _chat(state, params)
    text = _parsed(params, "text")
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > LONGEST_TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    return _deliver(state, chat, text, str(params["text"]), _rows(params))


def send_document(state: State, params: Mapping[str, Any]) -> Any:
    chat = _chat(state, params)
    document = params.get("document")
    if isinstance(document, str) and document.startswith("attach://"):
        document = params.get(document.removeprefix("attach://"))
    if not isinstance(document, tuple):
        raise ApiError(400, "Bad Request: there is no document in the request")
    caption = _parsed(params, "caption")
    if units(caption) > LONGEST_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    return _deliver(state, chat, caption, caption, _rows(params), document)


def send_poll(state: State, params: Mapping[str, Any]) -> Any:
    chat = _chat(state, params)
    question, options = str(params.get("question") or ""), params.get("options") or []
    if not 1 <= units(question) <= LONGEST_QUESTION:
        raise ApiError(400, "Bad Request: poll question length must be between 1 and 300")
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise ApiError(400, "Bad Request: poll must have between 2 and 12 options")
    if any(not 1 <= units(str(each.get("text", ""))) <= LONGEST_OPTION for each in options):
        raise ApiError(400, "Bad Request: poll options length must not exceed 100")
    _quiz(params, len(options))
    lines = [question, *(str(each["text"]) for each in options)]
    answer = _deliver(state, chat, "\n".join(lines), question, ())
    del answer["text"]
    # As the real one may send it one day: with fields nobody here knows.
    return answer | {"poll": {"id": "5", "question": question, "type": "quiz"}}


def _quiz(params: Mapping[str, Any], options: int) -> None:
    """What the server asks of a quiz."""
    right = params.get("correct_option_ids")
    if params.get("type") != "quiz":
        return
    if not isinstance(right, list) or not right or not all(0 <= n < options for n in right):
        raise ApiError(400, "Bad Request: QUIZ_CORRECT_ANSWERS_EMPTY")
    if len(right) > 1 and not params.get("allows_multiple_answers"):
        raise ApiError(400, "Bad Request: QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    why = str(params.get("explanation") or "")
    if units(why) > LONGEST_WHY or why.count("\n") > 2:
        raise ApiError(400, "Bad Request: poll explanation length must not exceed 200")


def edit_message_text(state: State, params: Mapping[str, Any]) -> Any:
    """The whole message anew; nothing of it is kept but that it was done."""
    chat = _chat(state, params)
    text = _parsed(params, "text")
    number = int(params.get("message_id", 0))
    found = {"message_id": number, "date": int(time.time()), "chat": state.chats[chat]}
    return found | {"from": get_me(state, {}), "text": text}


def answer_callback_query(state: State, params: Mapping[str, Any]) -> Any:
    tap = str(params.get("callback_query_id"))
    if tap not in state.taps or state.taps[tap] is not None:
        raise ApiError(
            400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )
    text = str(params.get("text") or "")
    if units(text) > LONGEST_TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    state.taps[tap] = text
    return True


def accept(_state: State, _params: Mapping[str, Any]) -> Any:
    return True


METHODS: dict[str, Callable[[State, Mapping[str, Any]], Any]] = {
    "getme": get_me,
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendpoll": send_poll,
    "editmessagetext": edit_message_text,
    "answercallbackquery": answer_callback_query,
    "setmycommands": accept,
    "setmydescription": accept,
    "setmyshortdescription": accept,
    "deletewebhook": accept,
}


def _chat(state: State, params: Mapping[str, Any]) -> str:
    chat = str(params.get("chat_id", ""))
    if chat not in state.chats:
        raise ApiError(400, "Bad Request: chat not found")
    if chat in state.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def _parsed(params: Mapping[str, Any], field: str) -> str:
    text = str(params.get(field) or "")
    if params.get("parse_mode") != "HTML":
        return text
    try:
        return text_of(text)
    except MarkupError as error:
        raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None


def _rows(params: Mapping[str, Any]) -> tuple[tuple[Button, ...], ...]:
    markup = params.get("reply_markup") or {}
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = markup.get("inline_keyboard", [])
    for button in (b for row in rows for b in row):
        if not button.get("text"):
            raise ApiError(400, "Bad Request: inline keyboard button text can't be empty")
        data = button.get("callback_data", "")
        if "url" not in button and not 1 <= len(data.encode()) <= 64:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return tuple(tuple(Button(b["text"], b.get("callback_data", "")) for b in r) for r in rows)


def _deliver(
    state: State,
    chat: str,
    text: str,
    html: str,
    rows: tuple[tuple[Button, ...], ...],
    file: tuple[str, bytes] | None = None,
) -> Any:
    number = next(state.message_ids)
    state.sent.append(Sent(number, chat, text, html, rows, time.monotonic(), file))
    state.stir()
    answer: dict[str, Any] = {
        "message_id": number,
        "date": int(time.time()),
        "chat": state.chats[chat],
        "from": get_me(state, {}),
    }
    if file:
        kind = {"file_id": "f", "file_unique_id": "u", "file_name": file[0]}
        return answer | {"document": kind}
    return answer | {"text": text}
