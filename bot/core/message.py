"""A message as every channel understands it: simple HTML, buttons by action, perhaps a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is what the tap carries back; `label` is plain text in the founder's language."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class File:
    """A small text file that travels with a message."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Poll:
    """A quiz poll of the channel itself, in plain text; `right` are places from 0.

    Nobody's answers to it ever reach us: it warms a group up and counts for nothing.
    """

    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """`html` uses only <b>, <i>, <a href>; everything typed by people is escaped.

    `nonce` names the question the buttons belong to. A `toast` may be shown over the chat
    instead of in it. `by_staff`: somebody of the programme wrote it. `asks`: the question of a
    round and the player it is for ("round:place:player"), where its arrival is to be noted.
    `poll` stands for the whole message, where the channel has polls.
    """

    html: str
    buttons: tuple[Button, ...] = ()
    nonce: int = 0
    toast: bool = False
    file: File | None = None
    by_staff: bool = False
    asks: str = ""
    poll: Poll | None = None
