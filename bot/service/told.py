"""What somebody is told without any dialog: messages, and what floats over the chat."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.message import Message


@dataclass(frozen=True, slots=True)
class Told:
    """`toasts` are shown over the chat where the channel can, else they are messages as well."""

    messages: tuple[Message, ...] = ()
    toasts: tuple[Message, ...] = ()
