"""The machine check: what is wrong with a dialog, found before any chat gets there."""

from __future__ import annotations

import dis
from collections import Counter
from collections.abc import Iterator
from types import FunctionType

from bot.core.dialog import ALL, SAME, Dialog, Row
from bot.core.questionnaire import Questionnaire

# What fits into a button beside version, nonce and signature.
LONGEST_ACTION = 43


def mistakes(dialog: type[Dialog]) -> list[str]:
    """Every fault of one dialog as "what: remedy", in the order of its rows and states."""
    found = [*_names(dialog), *_methods(dialog), *_questions(dialog), *_ways(dialog)]
    if issubclass(dialog, Questionnaire):
        found += _slots(dialog)
    return [*found, *_actions(dialog)]


def sources(dialog: type[Dialog], row: Row) -> tuple[str, ...]:
    """The states a row starts from, each by its name."""
    if row.source == ALL:
        return dialog.states
    return (row.source,) if isinstance(row.source, str) else row.source


def _names(dialog: type[Dialog]) -> Iterator[str]:
    for state, times in Counter(dialog.states).items():
        if times > 1:
            yield f"the state {state!r} is listed twice: keep one of them"
    for row in dialog.rows:
        named = (*sources(dialog, row), *((row.dest,) if row.dest not in (None, SAME) else ()))
        for state in named:
            if state not in dialog.states:
                yield f"{row.trigger} knows no state {state!r}: correct the name or add the state"


def _methods(dialog: type[Dialog]) -> Iterator[str]:
    for row in dialog.rows:
        for name in (row.do, row.when):
            if name is not None and not callable(getattr(dialog, name, None)):
                yield f"{row.trigger} calls {name}, which is missing: write the method"


def _questions(dialog: type[Dialog]) -> Iterator[str]:
    if dialog.ask is not Dialog.ask:
        return
    for state in dialog.states:
        if not callable(getattr(dialog, f"ask_{state}", None)):
            yield f"the state {state!r} has no question: write ask_{state}"


def _ways(dialog: type[Dialog]) -> Iterator[str]:
    """States nobody gets into or out of, and rows that never have their turn."""
    into = {row.dest for row in dialog.rows} | _set_by_hand(dialog)
    out = {state for row in dialog.rows for state in sources(dialog, row)}
    for number, state in enumerate(dict.fromkeys(dialog.states)):
        if number and state not in into:
            yield f"no way leads into the state {state!r}: add a row or remove the state"
        if state not in out:
            yield f"no way leads out of the state {state!r}: add a row"
    taken: set[tuple[str, str]] = set()
    for row in dialog.rows:
        for state in sources(dialog, row):
            if (row.trigger, state) in taken:
                yield f"{row.trigger} in {state!r} comes after one that always runs: remove one"
            elif row.when is None:
                taken.add((row.trigger, state))


def _set_by_hand(dialog: type[Dialog]) -> set[str]:
    """States that a method may enter itself (`self.state = ...`), as `start` does."""
    found: set[str] = set()
    for kind in dialog.__mro__:
        for method in vars(kind).values():
            if isinstance(method, FunctionType) and _sets_state(method):
                found.update(c for c in method.__code__.co_consts if c in dialog.states)
    return found


def _sets_state(method: FunctionType) -> bool:
    steps = dis.get_instructions(method)
    return any(step.opname == "STORE_ATTR" and step.argval == "state" for step in steps)


def _slots(dialog: type[Questionnaire]) -> Iterator[str]:
    names = [slot.name for slot in dialog.slots]
    for slot in dialog.slots:
        if slot.name not in dialog.states:
            yield f"the slot {slot.name!r} is no state: add it to the states"
        if not (slot.choices or slot.text or slot.dialog):
            yield f"nothing answers the slot {slot.name!r}: give choices, text or a dialog"
        for other in slot.depends_on:
            if other not in names:
                yield f"{slot.name} depends on {other!r}, which is no slot: correct the name"


def _actions(dialog: type[Dialog]) -> Iterator[str]:
    actions = [row.trigger for row in dialog.rows]
    if issubclass(dialog, Questionnaire):
        actions += [f"set:{choice}" for slot in dialog.slots for choice in slot.choices]
    for action in dict.fromkeys(actions):
        if len(action.encode()) > LONGEST_ACTION:
            yield f"{action!r} is too long for a button: at most {LONGEST_ACTION} bytes"
