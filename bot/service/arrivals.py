"""What reaches the service besides turns, and what it hands back."""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.case.plain import plain
from bot.core.message import Message
from bot.core.turn import Due, Turn
from bot.store.timers import Timer


@dataclass(frozen=True, slots=True)
class Spoilt:
    """Something a channel could not read as a turn. Without `chat` nobody can be answered."""

    key: str
    channel: str
    raw: Any
    error: str
    chat: str = ""
    person: str = ""
    language: str = ""

    @property
    def conversation(self) -> str:
        return f"{self.channel}:{self.chat}:{self.person}"


Arrival = Turn | Spoilt


@dataclass(frozen=True, slots=True)
class Served:
    """One arrival after the commit: what may be shown over the chat, if it can still be."""

    key: str
    toasts: tuple[Message, ...] = ()


def raw_of(arrival: Arrival) -> Any:
    if isinstance(arrival, Spoilt):
        return arrival.raw
    return {"cause": type(arrival.cause).__name__, **plain(arrival)}


def shape(value: Any) -> Any:
    """`value` with every text replaced by its length: what a bug needs, without any word."""
    if isinstance(value, str):
        return f"<{len(value)}>"
    if isinstance(value, dict):
        return {str(key): shape(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shape(item) for item in value]
    return value if value is None or isinstance(value, bool) else 0


def kept_raw(arrival: Arrival, agreed: bool) -> str:
    """The arrival as ASCII JSON; only its shape from a person who has not agreed to storing."""
    raw = raw_of(arrival)
    return json.dumps(raw if agreed else shape(raw), default=str)


def place_of(error: BaseException) -> str:
    """The error's kind and where it arose. Its text stays out: it may quote what was typed."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    where = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{type(error).__name__} at {where}"


def due_turn(timer: Timer, now: datetime) -> Turn:
    """A timer that came due, as a turn of its conversation; `message` is the timer's number."""
    channel, chat, person = timer.conversation.split(":", 2)
    cause, number = Due(timer.kind, timer.about), str(timer.id)
    return Turn(f"timer-{number}", channel, chat, person, now, cause, message=number)
