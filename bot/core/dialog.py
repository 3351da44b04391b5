"""A dialog: a small state machine that asks, listens and says keys. `transitions` lives here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from transitions import Machine

from bot.core.session import Frame
from bot.core.talk import Talk

TRAIL_LIMIT = 40
ALL = "*"
SAME = "="


@dataclass(frozen=True, slots=True)
class Row:
    """One transition. `dest` SAME asks the state again, None stays and asks nothing.

    `do` names the method run before the move, `when` the method that allows it.
    """

    trigger: str
    source: str | tuple[str, ...]
    dest: str | None
    do: str | None = None
    when: str | None = None


class Dialog:
    """Subclasses name their states and rows; `ask_<state>` says a state's question.

    An object lives for one turn. `arg` is what came with the trigger: the typed text, or what
    stands behind the colon of an action.
    """

    name: ClassVar[str]
    typed_is_answer: ClassVar[bool] = True
    states: ClassVar[tuple[str, ...]]
    rows: ClassVar[tuple[Row, ...]]

    def __init__(self, talk: Talk, frame: Frame) -> None:
        self.talk = talk
        self.state = frame.state or self.states[0]
        self.trail = list(frame.trail)
        self.data: dict[str, Any] = dict(frame.data)
        self.arg = ""
        self._entered = False

    def frame(self) -> Frame:
        return Frame(self.name, self.state, tuple(self.trail[-TRAIL_LIMIT:]), self.data)

    def start(self) -> None:
        """The dialog was just opened."""
        self.ask()

    def resume(self) -> None:
        """The dialog above was closed; this one speaks again."""
        self.ask()

    def is_over(self) -> bool:
        """Whether its question, once something else was heard, is not worth asking again."""
        return False

    def left_above(self) -> None:
        """Back led out of the dialog above: its first step back, and here nothing changes."""
        self.resume()

    def ask(self) -> None:
        """Say the present state's question."""
        getattr(self, f"ask_{self.state}")()

    def takes(self, trigger: str) -> bool:
        return (trigger, self.state) in _takes(type(self))  # type: ignore[arg-type]

    def trigger(self, trigger: str, arg: str = "") -> bool:
        """Run `trigger`; False when this state does not know it."""
        if not self.takes(trigger):
            return False
        self.arg = arg
        before = self.state
        event = machine(type(self)).events[trigger]  # type: ignore[arg-type]
        moved: bool = event.trigger(self)
        if moved and self._entered:
            self._entered = False
            if self.state != before:
                self.remember(before)
            self.ask()
        return moved

    def enter(self) -> None:
        """A state was entered; it is asked once the trail is right, so that back is offered."""
        self._entered = True

    def go(self, state: str) -> None:
        """Move on to `state`; the dialog has a row `to_<state>` for it (see `ways`)."""
        if not self.trigger(f"to_{state}"):
            raise LookupError(f"{self.name}: no way from {self.state} to {state}")

    def abandon(self) -> None:
        """The dialog is given up with all others; what was typed and not stored yet is kept."""

    def back(self) -> None:
        """One state back on the trail; from the first one, out of the dialog."""
        if self.trail:
            self.state = self.trail.pop()
            self.ask()
        else:
            self.talk.close(back=True)

    def remember(self, before: str) -> None:
        """Coming back to a state cuts the trail there, so that back never runs in circles."""
        if self.state in self.trail:
            del self.trail[self.trail.index(self.state) :]
        else:
            self.trail.append(before)


@cache
def machine(kind: type[Dialog]) -> Machine:
    """The one shared flat machine of a dialog class; no model is ever attached."""
    return Machine(
        None,
        states=[{"name": state, "on_enter": "enter"} for state in kind.states],
        transitions=[
            {
                "trigger": row.trigger,
                "source": list(row.source) if isinstance(row.source, tuple) else row.source,
                "dest": row.dest,
                "before": row.do,
                "conditions": row.when,
            }
            for row in kind.rows
        ],
        initial=None,
        auto_transitions=False,
    )


@cache
def _takes(kind: type[Dialog]) -> frozenset[tuple[str, str]]:
    """Every (trigger, state) pair a dialog has a row for."""
    pairs = set()
    for row in kind.rows:
        sources = kind.states if row.source == ALL else row.source
        for state in (sources,) if isinstance(sources, str) else sources:
            pairs.add((row.trigger, state))
    return frozenset(pairs)


def ways(*states: str) -> tuple[Row, ...]:
    """Rows by which a dialog may go to `states` on its own decision."""
    return tuple(Row(f"to_{state}", ALL, state) for state in states)


Register = Mapping[str, type[Dialog]]
