"""What the bot says: keys and values; `render` finds the words of one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """A Fluent pattern (`advice.tips`) or a knowledge text (`p1.goal_early#title`), with values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lines:
    """Several pieces, one a line."""

    items: tuple[Words | str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Several pieces in one sentence, joined as the language does: a, b and c."""

    items: tuple[Words | str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Plain words that stand in several languages side by side, as a question of the quiz does."""

    texts: Mapping[str, str]


Value = str | int | date | Words | Lines | Listing | Spoken


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it does (`trigger` or `trigger:argument`, at most 43 bytes) and its label."""

    action: str
    label: Words | str


@dataclass(frozen=True, slots=True)
class Say:
    """One message. `head` is a small line above it; a `toast` may show over the chat."""

    words: Words
    choices: tuple[Choice, ...] = ()
    head: Words | None = None
    toast: bool = False
