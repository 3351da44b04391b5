"""A founder with a phone: says things, taps buttons, waits for replies."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

from tests.standin.server import StandIn
from tests.standin.state import Sent

PATIENCE = 10.0


class Founder:
    """Writes to the bot in a private chat. Ids are those of Telegram: numbers."""

    def __init__(self, api: StandIn, number: int = 4242, language: str = "fr") -> None:
        self.state = api.state
        self.chat = str(number)
        self.person = {
            "id": number,
            "is_bot": False,
            "first_name": "Awa",
            "language_code": language,
        }
        self.place = {"id": number, "type": "private", "first_name": "Awa"}
        self.state.chats[self.chat] = self.place
        self._read = 0
        self._taps = itertools.count(1)

    def say(self, text: str, **more: Any) -> int:
        """Typed words; a command where they begin with a slash."""
        return self.send(text=text, **more)

    def send(self, **content: Any) -> int:
        """Any message: `send(sticker={...})`."""
        return self.state.push(message=self._message(**content))

    def edit(self, message: int, text: str) -> int:
        edited = self._message(text=text) | {"message_id": message, "edit_date": int(time.time())}
        return self.state.push(edited_message=edited)

    def tap(self, button: str, message: Sent | None = None) -> int:
        """Presses the newest button with this label or action (or one of `message`)."""
        places = [message] if message else reversed(self.messages)
        for place in places:
            for found in place.buttons:
                if button in (found.label, found.action):
                    return self.press(found.data, place.id)
        raise LookupError(f"no button {button!r} among {self.buttons}")

    def press(self, data: Any, message: int = 1) -> int:
        """A tap with these very data, ours or not."""
        tap = f"{self.chat}-{next(self._taps)}"
        self.state.taps[tap] = None
        under = self._message(text="…") | {"message_id": message, "from": BOT}
        query = {"id": tap, "from": self.person, "message": under, "chat_instance": "1"}
        return self.state.push(callback_query=query | {"data": data})

    @property
    def messages(self) -> list[Sent]:
        return self.state.messages(self.chat)

    @property
    def texts(self) -> list[str]:
        return [m.text for m in self.messages]

    @property
    def buttons(self) -> list[str]:
        """Labels under the newest message that has any."""
        withs = [m for m in self.messages if m.buttons]
        return [b.label for b in withs[-1].buttons] if withs else []

    async def wait_reply(self, count: int = 1, patience: float = PATIENCE) -> Sent:
        """The next message not waited for yet (the last of `count`)."""
        until = time.monotonic() + patience
        while len(self.messages) < self._read + count:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"no reply after {self.texts[-3:]}")
            try:
                await asyncio.wait_for(self.state.news.wait(), left)
            except TimeoutError:
                continue
        self._read += count
        return self.messages[self._read - 1]

    def _message(self, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(self.state.message_ids),
            "date": int(time.time()),
            "chat": self.place,
            "from": self.person,
            **_with_command(content),
        }


def _with_command(content: dict[str, Any]) -> dict[str, Any]:
    text = content.get("text")
    if isinstance(text, str) and text.startswith("/"):
        length = len(text.split()[0])
        return content | {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
    return content


BOT = {"id": 100_001, "is_bot": True, "first_name": "Amorce"}
