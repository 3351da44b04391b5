"""docs/dialogs.md: pictures and tables of the dialogs, from their own machines."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

from bot.core.check import sources
from bot.core.dialog import ALL, SAME, Dialog, Row
from bot.core.questionnaire import Questionnaire, Slot, always
from bot.dialogs import register

PAGE = "docs/dialogs.md"
ANY_STATE = "any_state"
HEAD = """\
# The dialogs

Made from the code by `./dev update`; change the dialogs, not this page.

An arrow is a trigger: a button, or a typed text (`text`); on an arrow *by itself* the dialog goes
on its own decision. What happens without an arrow is listed below each picture. The commands of
all dialogs (menu, help, back, language, privacy …) work in every state and are not drawn."""


def page() -> str:
    """The whole page, dialogs by name."""
    parts = [HEAD, *("\n".join(_dialog(kind)) for kind in register().values())]
    return "\n\n".join(parts) + "\n"


def _dialog(kind: type[Dialog]) -> Iterator[str]:
    yield f"## {kind.name}"
    yield ""
    yield _first(sys.modules[kind.__module__].__doc__)
    yield ""
    if issubclass(kind, Questionnaire):
        yield from _questionnaire(kind)
    else:
        yield from _diagram(kind)
    yield from _in_place(kind)


def _diagram(kind: type[Dialog]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    entered = {row.dest for row in kind.rows}
    # A state without a way in is one that `start` may open the dialog at.
    for number, state in enumerate(kind.states):
        if not number or state not in entered:
            yield f"    [*] --> {state}"
    if any(row.source == ALL and row.dest for row in kind.rows):
        yield f'    state "any state" as {ANY_STATE}'
    for row in kind.rows:
        if row.dest is None:
            continue
        for source in (ANY_STATE,) if row.source == ALL else sources(kind, row):
            yield f"    {source} --> {source if row.dest == SAME else row.dest}: {_label(row)}"
    yield "```"


def _label(row: Row) -> str:
    return "by itself" if _own(row) else row.trigger


def _own(row: Row) -> bool:
    """Whether a dialog goes this way on its own decision (see `ways`)."""
    return row.source == ALL and row.trigger == f"to_{row.dest}"


def _questionnaire(kind: type[Questionnaire]) -> Iterator[str]:
    yield "Asked in this order, each only while it is open:"
    yield ""
    for number, slot in enumerate(kind.slots, 1):
        yield f"{number}. **{slot.name}** ({slot.chapter}): {'; '.join(_slot(slot))}"


def _slot(slot: Slot) -> Iterator[str]:
    if slot.dialog:
        yield f"asked by the dialog `{slot.dialog}`"
    if slot.text:
        yield "in their own words"
    if slot.choices:
        yield ", ".join(f"`{choice}`" for choice in slot.choices)
    if slot.ask_if is not always:
        said = inspect.getdoc(slot.ask_if)
        yield f"only if {_condition(slot)}" + (f" ({_first(said).rstrip('.')})" if said else "")
    if slot.depends_on:
        yield f"void when {', '.join(slot.depends_on)} changes"


def _condition(slot: Slot) -> str:
    return getattr(slot.ask_if, "__name__", "it applies").replace("_", " ")


def _in_place(kind: type[Dialog]) -> Iterator[str]:
    """Triggers that move to no state: they open or close a dialog, or answer in place."""
    rows = [row for row in kind.rows if row.dest is None]
    if not rows:
        return
    yield ""
    yield "Without an arrow:"
    yield ""
    for row in rows:
        every = row.source == ALL or len(sources(kind, row)) > 4
        where = "several states" if every else ", ".join(sources(kind, row))
        said = inspect.getdoc(getattr(kind, row.do)) if row.do else None
        yield f"- `{row.trigger}` ({where})" + (f": {_first(said)}" if said else "")


def _first(doc: str | None) -> str:
    """The first sentence or paragraph of a docstring, on one line."""
    return " ".join((doc or "").strip().split("\n\n")[0].split())
