"""How the service speaks and what it makes of a case; the app hands over the functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from bot.case.file import CaseFile
from bot.case.overview import Overview
from bot.core.message import Message
from bot.core.say import Say
from bot.core.session import World
from bot.quiz.bank import Bank

HERE = frozenset({"127.0.0.1", "localhost", "::1"})

Export = Callable[[World, str], tuple[Message, ...]]
"""(world, language) -> the readable part of an export; the JSON file is added to its last."""


@dataclass(slots=True)
class Addresses:
    """Where people find Amorce, once known: the web page's address, the bot's name on Telegram."""

    web: str = ""
    telegram: str = ""

    @property
    def web_is_here(self) -> bool:
        """Whether the web's address leads nowhere but to the machine that opens it."""
        return urlsplit(self.web).hostname in HERE


@dataclass(frozen=True, slots=True)
class Voice:
    """`apology(language)` is said when a turn could not be served.

    `spoken(hint)`: the language we speak that is nearest to a channel's hint.
    """

    render: Callable[[Say, str, int], Message]
    apology: Callable[[str], Message]
    export: Export
    addresses: Addresses = field(default_factory=Addresses)
    spoken: Callable[[str], str] = lambda hint: hint


@dataclass(frozen=True, slots=True)
class Insight:
    """`overview(case, last sign of life, members)`; `private`: slots that stay with the team.

    `bank()`: the questions of the quiz; `intent(words)`: what a short text wants, such as "yes".
    """

    overview: Callable[[CaseFile, datetime, int], Overview]
    private: frozenset[str]
    bank: Callable[[], Bank] = lambda: Bank({})
    intent: Callable[[str], str | None] = lambda _: None
