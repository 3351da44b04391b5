"""A turn: one thing that happened to a conversation, with its time. Every cause is a turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words."""

    body: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button: the choice's action and the nonce of the question it stood under."""

    action: str
    nonce: int


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, its name without the slash."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message (its channel id is the turn's `message`) now reads otherwise."""

    body: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is no text: sticker, voice, photo, document, location, contact, other."""

    kind: str


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder has come due: what it is for, and what it is about."""

    kind: str
    about: str = ""


Cause = Text | Tap | Command | Edited | Unreadable | Due


@dataclass(frozen=True, slots=True)
class Turn:
    """`key` is unique within `channel`; `at` is aware UTC; `language` is the channel's hint.

    `reply`: the first action under the message of ours that this one replies to, if any.
    `name`: what the channel calls the person, where it says so.
    """

    key: str
    channel: str
    chat: str
    person: str
    at: datetime
    cause: Cause
    language: str = ""
    message: str = ""
    reply: str = ""
    name: str = ""

    @property
    def conversation(self) -> str:
        """The key of the conversation this turn belongs to: one person in one chat."""
        return f"{self.channel}:{self.chat}:{self.person}"
