"""What a channel's sender tells the courier about one letter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.store.outbox import Letter


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived. `more` is true while parts of the letter are left."""

    message_id: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """The channel asks for patience: not before `seconds` have passed."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unclear:
    """No answer, or one that says nothing: to be tried again."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never arrive: blocked, gone, or not acceptable."""

    why: str


Delivery = Sent | Wait | Unclear | Refused
Sender = Callable[[Letter], Awaitable[Delivery]]
