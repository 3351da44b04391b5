"""What a made-up team has been through: its case, what happened, and what was said at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.case.file import Answer, CaseFile, NextStep, Remark, Signal, TipMark
from bot.core.events import (
    ConsentGiven,
    Event,
    NeedTold,
    QuestionUnanswered,
    SharingChosen,
    SignalGiven,
    SlotFilled,
    StepChosen,
    TeamNamed,
    TipMarked,
)
from bot.core.message import Message
from bot.dialogs.welcome import CONSENT_TEXT
from bot.seed.story import Team
from bot.store.lines import Line

A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
# How much of the intake a team goes through on its first day, in answers of ten.
FIRST_DAY = 6
Happened = tuple[datetime, Event]


@dataclass(frozen=True, slots=True)
class Past:
    """A story placed in time: `day` is the last day of its world."""

    team: Team
    name: str
    id: str
    by: str
    person: str
    day: datetime

    @property
    def begun(self) -> datetime:
        return self.day - self.team.begun * A_DAY

    @property
    def last(self) -> datetime:
        return max(self.begun, self.day - self.team.last * A_DAY)

    def case(self) -> CaseFile:
        """The team's file as all of it left it."""
        team = self.team
        marked = self.last - A_MINUTE
        return CaseFile(
            id=self.id,
            name=self.name,
            shared=team.shared,
            need=team.need,
            answers=self._answers(),
            actors=team.actors,
            tips={tip: TipMark(kind, marked) for tip, kind in team.tips.items()},
            step=self._step(),
            unanswered=tuple(Remark(text, marked, "ask") for text in team.questions),
            transcript=team.transcript,
            signals=self._signals(),
        )

    def _answers(self) -> dict[str, Answer]:
        """Most of them from the first day, the others from half-way to the last."""
        told = {"actors": tuple(a.name for a in self.team.actors), **self.team.answers}
        many = len(told) * FIRST_DAY // 10
        later = self.begun + (self.last - self.begun) / 2
        return {
            slot: Answer(
                value, "told", (self.begun if n <= many else later) + n * A_MINUTE, self.by
            )
            for n, (slot, value) in enumerate(told.items(), 1)
        }

    def _step(self) -> NextStep | None:
        step = self.team.step
        if step is None:
            return None
        due = (self.day + step.due * A_DAY).date() if step.due is not None else None
        chosen = max(self.begun, self.day - step.chosen * A_DAY)
        return NextStep(step.what, step.who, due, chosen, slipped=step.slipped)

    def _signals(self) -> dict[str, Signal]:
        money = self.team.money
        ends = (self.day + money * A_DAY).date() if money is not None else None
        return {
            kind: Signal(self.day - days * A_DAY, ends if kind == "money_ends" else None)
            for kind, days in self.team.signals.items()
        }

    def happened(self, case: CaseFile) -> list[Happened]:
        """Everything in the record, oldest first."""
        found = [*self._beginning(case), *self._later(case)]
        return sorted(found, key=lambda pair: pair[0])

    def _beginning(self, case: CaseFile) -> Iterator[Happened]:
        yield self.begun, ConsentGiven(CONSENT_TEXT)
        yield self.begun, NeedTold(self.team.need)
        for slot, answer in case.answers.items():
            yield answer.at, SlotFilled(slot, answer.value, answer.given)
        named = self.begun + 40 * A_MINUTE
        yield named, TeamNamed(self.name)
        yield named, SharingChosen(self.team.shared)

    def _later(self, case: CaseFile) -> Iterator[Happened]:
        for kind, signal in case.signals.items():
            yield signal.at, SignalGiven(kind, signal.due)
        for tip, mark in case.tips.items():
            yield mark.at, TipMarked(tip, mark.kind)
        for asked in case.unanswered:
            yield asked.at, QuestionUnanswered(asked.text)
        if case.step:
            yield case.step.chosen_at, StepChosen(case.step.what, case.step.who, case.step.due)

    def said(self) -> list[Line]:
        """The last words of the talk."""
        began = self.last - len(self.team.talk) * A_MINUTE
        return [
            Line(
                "founder" if who == "founder" else "bot",
                Message(text),
                began + n * A_MINUTE,
                self.person if who == "founder" else "",
                shown=True,
            )
            for n, (who, text) in enumerate(self.team.talk, 1)
        ]
