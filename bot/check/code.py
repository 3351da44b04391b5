"""Checks of the code against the words: it says only texts that are there, and says them all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from bot import core, dialogs, service
from bot.check import pages
from bot.check.keys import ANY, Use, dialogs_opened, keys_said
from bot.core.dialog import Dialog, Register
from bot.core.questionnaire import Questionnaire
from bot.knowledge import Knowledge, Mistake

# Where whatever looks like a key must be one; elsewhere a file name or an address may look so.
PACKAGES = (core, dialogs, service)
HOMES = frozenset(package.__name__.rpartition(".")[2] for package in PACKAGES)


def mistakes(kb: Knowledge, dialogs: Register) -> Iterator[Mistake]:
    """Keys and dialogs that are named and not there, and texts that nothing says."""
    known = frozenset([*kb.patterns, *(entry.id for entry in kb.entries())])
    for file, use in _on_pages():
        if not use.among(known):
            what = f"nothing is written under {use.shown!r}"
            yield Mistake(file, "", what, "Correct the key, or write it down", use.line)
    for file, keys, opened in _strict():
        for use in keys:
            if not use.among(known):
                what = f"nothing is written under {use.shown!r}"
                remedy = "Correct the key, or write it under knowledge/dialogs"
                yield Mistake(file, "", what, remedy, use.line)
        for use in opened:
            if use.shown not in dialogs:
                remedy = "Correct the name, or add the dialog"
                yield Mistake(file, "", f"no dialog is {use.shown!r}", remedy, use.line)
    yield from _unsaid(kb, dialogs)


def _unsaid(kb: Knowledge, dialogs: Register) -> Iterator[Mistake]:
    """Texts of dialogs that nothing says: a key was renamed, or its dialog has gone."""
    uses = [
        *_elsewhere(),
        *(use for _, use in _on_pages()),
        *(use for _, keys, _ in _strict() for use in keys),
    ]
    said = {use.name for use in uses}
    said |= {key for name, dialog in dialogs.items() for key in _slot_keys(name, dialog)}
    open_ended = {use.name: use for use in uses if ANY in use.name}.values()
    for key in sorted(kb.patterns.keys() - kb.rules.patterns().keys() - said):
        if not any(use.among({key}) for use in open_ended):
            yield Mistake(kb.file(key), key, "nothing says this text", "Remove it, or say it")


def _slot_keys(name: str, dialog: type[Dialog]) -> Iterator[str]:
    """The keys a questionnaire builds from its slots."""
    for slot in dialog.slots if issubclass(dialog, Questionnaire) else ():
        yield from (f"{name}.chapter_{slot.chapter}", f"{name}.{slot.name}", f"slot.{slot.name}")
        yield from (f"{name}.{slot.name}_{choice}" for choice in slot.choices)


@cache
def _strict() -> tuple[tuple[str, list[Use], list[Use]], ...]:
    """Each module that says keys: its file, the keys it says, the dialogs it opens."""
    found = []
    for package in PACKAGES:
        for path in sorted(Path(package.__path__[0]).glob("*.py")):
            stem = "" if path.stem == "__init__" else f".{path.stem}"
            names = vars(import_module(f"{package.__name__}{stem}"))
            source = path.read_text(encoding="utf-8")
            file = f"{package.__name__.replace('.', '/')}/{path.name}"
            found.append((file, keys_said(source, names), dialogs_opened(source)))
    return tuple(found)


@cache
def _elsewhere() -> tuple[Use, ...]:
    """Whatever may be a key in all other modules."""
    root = Path(core.__path__[0]).parent
    files = [path for path in root.rglob("*.py") if path.parent.name not in HOMES]
    return tuple(use for path in files for use in keys_said(path.read_text("utf-8"), {}))


@cache
def _on_pages() -> tuple[tuple[str, Use], ...]:
    """The keys that the templates of the pages say, each with its file."""
    root = Path(core.__path__[0]).parent
    return tuple(
        (f"bot/{path.relative_to(root).as_posix()}", use)
        for path in pages.templates(root)
        for use in pages.keys_of(path.read_text("utf-8"))
    )
