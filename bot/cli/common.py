"""What the commands share: their answer, their refusal, the knowledge base and the settings."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.knowledge import Knowledge

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
DEFAULT_LANGUAGE = "en"


class InputError(BotError):
    """Something in what was typed or given cannot be used; the text says what and how to mend."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command prints, and its exit code."""

    text: str = ""
    code: int = 0


Command = Callable[[Namespace], Answer]


def as_json(value: object) -> Answer:
    """`value` as one JSON document for people and programs."""
    return Answer(json.dumps(value, ensure_ascii=False, indent=2))


def knowledge() -> Knowledge:
    """The knowledge base; one clear line where it is broken."""
    from bot.knowledge import KnowledgeError, load

    try:
        return load(KNOWLEDGE)
    except KnowledgeError as error:
        count = len(error.mistakes)
        many = "1 mistake" if count == 1 else f"{count} mistakes, the first in"
        raise BotError(
            f"the knowledge files hold {many} {error.mistakes[0]} `amorce check` tells all."
        ) from None


def language(kb: Knowledge, asked: str) -> str:
    """`asked`, if the bot speaks it; else InputError with the languages it speaks."""
    complete = kb.languages.complete
    if asked in complete:
        return asked
    state = "is not ready yet" if asked in kb.languages.declared else "is not known"
    raise InputError(f"the language {asked!r} {state}; use one of {', '.join(complete)}.")


def settings() -> Settings:
    """The settings of the environment and `.env`."""
    from bot.config import ConfigError, load

    try:
        return load(os.environ)
    except ConfigError as error:
        raise InputError(str(error)) from None
