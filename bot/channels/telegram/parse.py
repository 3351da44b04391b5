"""An update as a turn: text, tap, command, edit, or something that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Message, Update

from bot.channels.telegram.buttons import Buttons
from bot.core.turn import Cause, Command, Edited, Text, Turn, Unreadable
from bot.service import round_rooms
from bot.service.arrivals import Arrival, Spoilt, place_of

CHANNEL = "telegram"
# Answers to polls are not among them: a poll warms up, and what is said to it counts nowhere.
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")

# In this order: a document may come with a picture, a venue with a location.
KINDS = (
    "sticker",
    "voice",
    "video_note",
    "video",
    "animation",
    "audio",
    "photo",
    "document",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
)
# Said by Telegram about the chat, not by a person to us.
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "message_auto_delete_timer_changed",
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One update: what the service gets (None: nothing to do), and the tap to acknowledge."""

    arrival: Arrival | None
    tap: str = ""


class Parser:
    """`username` is the bot's own, for commands that name another bot; a tap has no time."""

    def __init__(self, buttons: Buttons, username: str, clock: Callable[[], datetime]) -> None:
        self._buttons = buttons
        self._clock = clock
        self._username = username.lower()

    def read(self, raw: Mapping[str, Any]) -> Arrived:
        """Never raises: what cannot be built is handed on as spoilt."""
        if not any(kind in raw for kind in ALLOWED):
            return Arrived(None)
        tap = _text(_inside(raw, "callback_query"), "id")
        try:
            update = Update.de_json(dict(raw), None)
            return Arrived(self._turn(update), tap)
        except Exception as error:  # noqa: BLE001  (any shape may come; none may stop the batch)
            return Arrived(_spoilt(raw, error), tap)

    def _turn(self, update: Update) -> Turn | None:
        if update.callback_query:
            return self._tap(update)
        edited = update.edited_message
        message = update.message or edited
        if message is None or message.from_user is None or message.from_user.is_bot:
            return None
        cause = self._edited(edited) if edited else self._cause(message)
        if cause is None:
            return None
        return Turn(
            str(update.update_id),
            CHANNEL,
            str(message.chat.id),
            str(message.from_user.id),
            (message.edit_date if edited else None) or message.date,
            cause,
            message.from_user.language_code or "",
            str(message.message_id),
            self._reply(message),
            clean(message.from_user.first_name),
        )

    def _reply(self, message: Message) -> str:
        """What the message replied to is about: the action of its first button, signed by us."""
        first = message.reply_to_message
        markup = first.reply_markup if first else None
        data = [b.callback_data for row in markup.inline_keyboard for b in row] if markup else []
        return self._buttons.read(str(message.chat.id), data[0]).action if data else ""

    def _tap(self, update: Update) -> Turn | None:
        query = update.callback_query
        if query is None or query.message is None:
            # Under an inline message or one too old to be shown: there is no chat to answer in.
            return None
        chat = str(query.message.chat.id)
        return Turn(
            str(update.update_id),
            CHANNEL,
            chat,
            str(query.from_user.id),
            self._clock(),
            self._buttons.read(chat, query.data),
            query.from_user.language_code or "",
            str(query.message.message_id),
            name=clean(query.from_user.first_name),
        )

    def _edited(self, message: Message) -> Cause | None:
        body = message.text or message.caption
        return Edited(clean(body)) if body and message.chat.type == "private" else None

    def _cause(self, message: Message) -> Cause | None:
        if message.chat.type != "private":
            return self._among_others(message)
        if message.text:
            body = clean(message.text)
            return self._command(body) or Text(body)
        if message.caption:
            return Text(clean(message.caption))
        if any(getattr(message, name) for name in SERVICE):
            return None
        kinds = (kind for kind in KINDS if getattr(message, kind))
        return Unreadable(next(kinds, "other"))

    def _among_others(self, message: Message) -> Cause | None:
        """In a group: what belongs to a round; another command is answered by an apology."""
        body = clean(message.text or "")
        command = self._command(body)
        if command is not None:
            return command if round_rooms.takes(command) else Unreadable("group")
        about_a_round = self._reply(message).startswith(round_rooms.PREFIX)
        return Text(body) if body and about_a_round else None

    def _command(self, body: str) -> Command | None:
        """`/name@bot argument`; None for other words and for other bots' commands."""
        head, argument = (*body.split(maxsplit=1), "", "")[:2]
        name, _, bot = head.removeprefix("/").partition("@")
        if not head.startswith("/") or not name.isidentifier():
            return None
        if bot and bot.lower() != self._username:
            return None
        return Command(name.lower(), argument.strip())


def clean(text: str) -> str:
    """`text` without what no table or file takes: NUL and halves of characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")


def _spoilt(raw: Mapping[str, Any], error: Exception) -> Spoilt:
    """What can still be said of an update that could not be built: whom to apologise to."""
    query = _inside(raw, "callback_query")
    message = _inside(raw, "message") or _inside(query, "message")
    sender = _inside(query, "from") or _inside(message, "from")
    chat = _inside(message, "chat")
    known = chat.get("type") == "private" and bool(sender)
    return Spoilt(
        key=str(raw.get("update_id")),
        channel=CHANNEL,
        raw=raw,
        error=place_of(error),
        chat=_text(chat, "id") if known else "",
        person=_text(sender, "id") if known else "",
        language=_text(sender, "language_code"),
    )


def _inside(raw: Any, key: str) -> Mapping[str, Any]:
    found = raw.get(key) if isinstance(raw, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    # A bool is an int to Python, but no id of anybody.
    known = isinstance(value, str | int) and not isinstance(value, bool)
    return clean(str(value)) if known else ""
