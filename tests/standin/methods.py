"""The methods of the Bot API that the bot uses, with the server's limits and wording."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.standin.markup import MarkupError, text_of, units
from tests.standin.state import Button, Sent, State

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_TOAST = 4096, 1024, 200


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
