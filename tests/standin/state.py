"""What the stand-in remembers: chats, updates that wait, everything that was sent and asked."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str

    @property
    def action(self) -> str:
        return self.data.partition(".")[2].rpartition(".")[0].rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that reached a chat; `text` is what a person reads."""

    id: int
    chat: str
    text: str
    html: str
    rows: tuple[tuple[Button, ...], ...]
    at: float
    file: tuple[str, bytes] | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    chat: str
    at: float
    params: Mapping[str, Any]


@dataclass(slots=True)
class State:
    """`violations` are rules of Telegram the bot broke; a good test ends with none."""

    username: str = "amorce_test_bot"
    chats: dict[str, dict[str, Any]] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    taps: dict[str, str | None] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    not_before: dict[str, float] = field(default_factory=dict)
    revoked: bool = False
    # Instants of the protocol a test may watch: delivered, confirming, sending, sent, answered.
    watch: Callable[[str], None] = lambda _point: None
    update_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(727_334_001))
    message_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def push(self, **content: Any) -> int:
        """Something happens in Telegram; returns its update id."""
        number = next(self.update_ids)
        self.waiting.append({"update_id": number, **content})
        self.stir()
        return number

    def stir(self) -> None:
        """Wakes whoever waits for updates or for replies."""
        news, self.news = self.news, asyncio.Event()
        news.set()

    def confirm(self, offset: int) -> None:
        self.waiting = [u for u in self.waiting if u["update_id"] >= offset]

    def messages(self, chat: str) -> list[Sent]:
        return [m for m in self.sent if m.chat == chat]

    def hold(self, chat: str, seconds: float) -> None:
        """From now on, a call before `seconds` have passed breaks the rules ("" = any chat)."""
        self.not_before[chat] = time.monotonic() + seconds
