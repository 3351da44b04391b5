"""Checks of the whole product, run by `amorce check`: dialogs, keys and patterns fit together."""

from bot.check import messages, whole
from bot.core.dialog import Register
from bot.dialogs import register
from bot.knowledge import Knowledge, Mistake


def mistakes(kb: Knowledge, every: Register | None = None) -> list[Mistake]:
    """Every fault of the sound base `kb` and of the dialogs that speak from it, sorted.

    `every`: the dialogs to look at, else all there are.
    """
    every = register() if every is None else every
    return sorted([*whole.mistakes(kb, every), *messages.mistakes(kb, every)])


__all__ = ["mistakes"]
