"""What people see of the bot on Telegram before they write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.core.say import Words
from bot.mind import Mind

if TYPE_CHECKING:
    from bot.channels.telegram.run import Commands, Profile

# The commands a founder sees in Telegram's own list; all others work too.
LISTED = (
    "menu",
    "back",
    "tips",
    "step",
    "review",
    "ask",
    "practice",
    "join",
    "help",
    "language",
    "privacy",
)
# What works among others.
IN_GROUPS = ("quiz", "warmup")


def profile(amorce: Mind) -> Profile:
    """What people see of the bot on Telegram before they write; English for all others."""
    from bot.channels.telegram.run import Profile

    languages = amorce.library.kb.languages.complete
    codes = {**{language: language for language in languages}, "": amorce.library.fallback}

    def said(key: str, language: str) -> str:
        return amorce.renderer.plain(Words(f"telegram.{key}"), language)

    def listed(names: Sequence[str]) -> Commands:
        return {
            code: [(name, said(f"command_{name}", language)) for name in names]
            for code, language in codes.items()
        }

    return Profile(
        commands=listed(LISTED),
        in_groups=listed(IN_GROUPS),
        description={code: said("description", language) for code, language in codes.items()},
        about={code: said("about", language) for code, language in codes.items()},
    )
