"""The register of dialogs: the folder is the list; each module holds one Dialog of its name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import isclass
from pathlib import Path

from bot.core.dialog import Dialog, Register


@cache
def register() -> Register:
    """Every dialog by its name."""
    names = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if p.stem != "__init__")
    return {name: _dialog(name) for name in names}


def _dialog(name: str) -> type[Dialog]:
    module = import_module(f"{__name__}.{name}")
    for thing in vars(module).values():
        if isclass(thing) and issubclass(thing, Dialog) and getattr(thing, "name", "") == name:
            return thing
    raise LookupError(f"bot/dialogs/{name}.py holds no Dialog named {name!r}: add one or remove it")
