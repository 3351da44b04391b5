"""A questionnaire: slots asked in order; the place follows from what is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from bot.case.file import CaseFile, Given
from bot.core.dialog import Dialog, Row, ways
from bot.core.events import SlotCleared

# Telegram's own programs cut a long text into messages of 4,096 and send them at once.
SPLIT_LENGTH = 4000

Asked = Callable[[CaseFile], bool]


def always(_: CaseFile) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Slot:
    """One question. Without `choices` it takes text; `dialog` hands it to a dialog of its own.

    `depends_on` names the slots whose change makes this answer void.
    """

    name: str
    chapter: str
    choices: tuple[str, ...] = ()
    ask_if: Asked = always
    depends_on: tuple[str, ...] = ()
    text: bool = False
    dialog: str | None = None


class Questionnaire(Dialog):
    """Asks its slots one by one; going back or editing asks again only what depends on it."""

    slots: ClassVar[tuple[Slot, ...]]
    end: ClassVar[str] = "end"

    def start(self) -> None:
        """Open at the first open question, or at the one to be changed (`data["edit"]`)."""
        edit = self.data.get("edit")
        self._to(str(edit) if edit else self.following())
        self.trail = [] if edit else [s.name for s in self.ordered() if self._passed(s)]

    def resume(self) -> None:
        """A slot's own dialog has closed: on to what is open now."""
        here = self.slot()
        done = here.dialog is not None and here.name in self.talk.case.answers
        self.next() if done else self.ask()

    def left_above(self) -> None:
        """Back out of the dialog that asks this very slot is back from the question."""
        self.back() if self.slot().dialog and self.trail else self.resume()

    def _passed(self, slot: Slot) -> bool:
        return slot.name != self.state and slot.name in self.talk.case.answers

    def slot(self) -> Slot:
        return next(s for s in self.slots if s.name == self.state)

    def ordered(self) -> Iterable[Slot]:
        """The slots in the order that suits this team."""
        return self.slots

    def applies(self, slot: Slot, case: CaseFile) -> bool:
        """Whether `slot` is worth asking, given what is known."""
        return slot.ask_if(case)

    def following(self) -> str:
        """The first open slot; while editing, only what the change has opened."""
        queue = self.data.get("queue")
        for slot in self.ordered():
            wanted = queue is None or slot.name in queue
            if (
                wanted
                and slot.name not in self.talk.case.answers
                and self.applies(slot, self.talk.case)
            ):
                return slot.name
        return self.end

    def answer(self) -> None:
        """A choice was taken: `arg` is its id."""
        self.fill_slot(self.arg, "told")

    def write(self) -> None:
        """A text was typed."""
        if len(self.arg) >= SPLIT_LENGTH:
            self.talk.more = self.state
        self.fill_slot(self.arg, "told")

    def pass_over(self) -> None:
        self.fill_slot(None, "skipped")

    def not_known(self) -> None:
        self.fill_slot(None, "unknown")

    def fill_slot(self, value: str | tuple[str, ...] | None, given: Given) -> None:
        before = self.talk.case
        self.talk.fill(self.state, value, given)
        self.clear_dependents(self.state, before)
        self.next()

    def clear_dependents(self, changed: str, before: CaseFile) -> None:
        """Void what rests on `changed`; while editing, queue that and whatever it newly opens."""
        old = before.answers.get(changed)
        now = self.talk.case.answers.get(changed)
        first_time = old is None and not self.data.get("edit")
        if first_time or (old and now and old.value == now.value):
            return
        void = [
            s.name
            for s in self.slots
            if changed in s.depends_on and s.name in self.talk.case.answers
        ]
        for name in void:
            self.talk.record(SlotCleared(name, changed))
        self.talk.case = self.talk.case.without(*void)
        if self.data.get("edit"):
            opened = [
                s.name
                for s in self.slots
                if self.applies(s, self.talk.case) and not self.applies(s, before)
            ]
            self.data["queue"] = sorted({*self.data.get("queue", ()), *void, *opened})

    def next(self) -> None:
        """Move on; while editing with nothing opened, the dialog is over."""
        if self.data.get("edit") and "queue" not in self.data:
            self.data["queue"] = []
        self._to(self.following())

    def _to(self, state: str) -> None:
        if state == self.end and self.data.get("edit"):
            self.talk.close()
            return
        self.go(state)

    def remember(self, before: str) -> None:
        if not self.trail or self.trail[-1] != before:
            self.trail.append(before)


def rows_of(slots: tuple[Slot, ...], end: str = "end") -> tuple[Row, ...]:
    """The rows every questionnaire has: one way into each slot, and what answers it."""
    every = (*(s.name for s in slots), end)
    listening = (
        _row("set", slots, lambda s: bool(s.choices), "answer"),
        _row("text", slots, lambda s: s.text, "write"),
        _row("skip", slots, lambda s: s.dialog is None, "pass_over"),
        _row("unknown", slots, lambda s: s.dialog is None, "not_known"),
        _row("keep", slots, lambda s: s.dialog is None, "next"),
    )
    return (*ways(*every), *listening)


def _row(trigger: str, slots: tuple[Slot, ...], when: Callable[[Slot], bool], do: str) -> Row:
    return Row(trigger, tuple(s.name for s in slots if when(s)), None, do)
