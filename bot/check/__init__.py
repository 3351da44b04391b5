"""Checks of the whole product, run by `amorce check`: dialogs, keys and patterns fit together."""

from bot.check.whole import mistakes

__all__ = ["mistakes"]
