"""A message of ours as calls of the Bot API, one part at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.delivery import Delivery, Refused, Sent, Unclear, Wait
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.request import Request
from bot.channels.telegram.split import plain, split
from bot.core.message import Button, File, Message, Poll
from bot.store.outbox import Letter

# Two buttons share a row only where both can be read on a small phone.
SHORT_LABEL = 14
# Letters and numbers stand side by side.
A_SIGN, MOST_SIGNS = 2, 6
NO_PREVIEW = {"is_disabled": True}
WAIT = 10.0

Keyboard = list[list[dict[str, str]]]
GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "chat_write_forbidden")


class Sender:
    """Sends the next part of a letter and says what became of it."""

    def __init__(self, bot: Bot, request: Request, buttons: Buttons) -> None:
        self._bot = bot
        self._request = request
        self._buttons = buttons

    async def __call__(self, letter: Letter) -> Delivery:
        try:
            return await self._send(letter)
        except RetryAfter as error:
            return Wait(seconds_of(error))
        except Forbidden as error:
            return Refused(error.message)
        except BadRequest as error:
            return Refused(error.message)
        except ChatMigrated as error:
            return Refused(f"the group is now {error.new_chat_id}")
        except NetworkError as error:
            # Perhaps it arrived and only the answer was lost: then it comes twice, never not.
            return Unclear(error.message)
        except TelegramError as error:
            return Unclear(type(error).__name__)

    async def _send(self, letter: Letter) -> Delivery:
        parts = parts_of(letter.message)
        part = parts[min(letter.part, len(parts) - 1)]
        more = letter.part + 1 < len(parts)
        if isinstance(part, File):
            document = InputFile(part.text.encode(), filename=part.name)
            sent = (await self._bot.send_document(letter.chat, document)).message_id
        elif isinstance(part, Poll):
            sent = await self._poll(letter.chat, part)
        else:
            # Buttons stand under the last text; a file comes after it.
            texts = [p for p in parts if isinstance(p, str)]
            last = letter.part + 1 == len(texts)
            keyboard = self.keyboard(letter.chat, letter.message) if last else []
            sent = await self._say(letter.chat, part, keyboard)
        return Sent(str(sent), more)

    async def _poll(self, chat: str, poll: Poll) -> int:
        """A quiz poll without names, that cannot be passed on to people who were not there."""
        call: dict[str, Any] = {
            "chat_id": chat,
            "question": poll.question,
            "options": [{"text": option} for option in poll.options],
            "type": "quiz",
            "correct_option_ids": poll.right,
            "allows_multiple_answers": len(poll.right) > 1,
            "is_anonymous": True,
            "protect_content": True,
        }
        if poll.explanation:
            call["explanation"] = poll.explanation
        sent = await self._request.raw(f"{self._bot.base_url}/sendPoll", WAIT, **call)
        return int(sent["message_id"])

    async def _say(self, chat: str, html: str, keyboard: Keyboard) -> int:
        try:
            return await self._text(chat, html, keyboard, "HTML")
        except BadRequest as error:
            if any(word in error.message.lower() for word in GONE):
                raise
            # Most likely our markup: better without it than not at all.
            return await self._text(chat, plain(html), keyboard, None)

    async def _text(self, chat: str, text: str, keyboard: Keyboard, mode: str | None) -> int:
        """Past the library's objects: of all that comes back only the number is wanted."""
        call: dict[str, Any] = {"chat_id": chat, "text": text, "link_preview_options": NO_PREVIEW}
        if mode:
            call["parse_mode"] = mode
        if keyboard:
            call["reply_markup"] = {"inline_keyboard": keyboard}
        sent = await self._request.raw(f"{self._bot.base_url}/sendMessage", WAIT, **call)
        return int(sent["message_id"])

    def keyboard(self, chat: str, message: Message) -> Keyboard:
        """Rows of buttons as the Bot API has them."""
        carry = self._buttons.carry
        return [
            [{"text": b.label, "callback_data": carry(chat, b.action, message.nonce)} for b in row]
            for row in rows(message.buttons)
        ]


def parts_of(message: Message) -> list[str | File | Poll]:
    """What is sent one after the other: texts, then the file or the poll."""
    parts: list[str | File | Poll] = [t for t in split(message.html) if t]
    parts += [part for part in (message.file, message.poll) if part is not None]
    return parts or [""]


def rows(buttons: tuple[Button, ...]) -> list[list[Button]]:
    """One button a row, two neighbours with short labels, or several letters."""
    found: list[list[Button]] = []
    for button in buttons:
        if found and _has_room([*found[-1], button]):
            found[-1].append(button)
        else:
            found.append([button])
    return found


def _has_room(row: list[Button]) -> bool:
    longest = max(len(button.label) for button in row)
    most = MOST_SIGNS if longest <= A_SIGN else 2 if longest <= SHORT_LABEL else 1
    return len(row) <= most


def seconds_of(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
