"""The case: one team's file, with every answer it gave, its tips and its next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.case.plain import made, plain

Given = Literal["told", "unknown", "skipped"]
Mark = Literal["done", "not_now", "not_for_us"]
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said in answer to one question, when, by whom and in which message."""

    value: Value | None
    given: Given
    at: datetime
    by: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """One organisation or function named by the team. `sector` None = not sure."""

    name: str
    sector: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class TipMark:
    """What the team did with a tip, and when."""

    kind: Mark
    at: datetime


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one open commitment: what, who, until when; `slipped` counts how often it was put off."""

    what: str
    who: str
    due: date | None
    chosen_at: datetime
    tip: str | None = None
    slipped: int = 0
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a founder wrote that answered no question; kept so that no word is lost."""

    text: str
    at: datetime
    about: str


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that holds the team up, since when it was told; `due`: the day money ends."""

    at: datetime
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that is known of one team.

    `shared`: staff may read the summary; `transcript`: the conversation too. None = not asked
    yet, which counts as no. `signals`: what holds the team up, by `stuck.SIGNALS`.
    `goal_changes`: when an earlier goal was replaced.
    """

    id: str = ""
    name: str | None = None
    shared: bool | None = None
    need: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    actors: tuple[Actor, ...] = ()
    tips: Mapping[str, TipMark] = field(default_factory=dict)
    step: NextStep | None = None
    past_steps: tuple[NextStep, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unanswered: tuple[Remark, ...] = ()
    overruled_phase: str | None = None
    overruled_form: str | None = None
    read_at: datetime | None = None
    fits: bool | None = None
    settled: tuple[str, ...] = ()
    transcript: bool | None = None
    signals: Mapping[str, Signal] = field(default_factory=dict)
    goal_changes: tuple[datetime, ...] = ()

    def told(self, slot: str) -> Value | None:
        """The value told for `slot`, None when unknown, skipped or not asked."""
        answer = self.answers.get(slot)
        return answer.value if answer and answer.given == "told" else None

    def with_answer(self, slot: str, answer: Answer) -> CaseFile:
        return replace(self, answers={**self.answers, slot: answer})

    def without(self, *slots: str) -> CaseFile:
        kept = {k: v for k, v in self.answers.items() if k not in slots}
        return replace(self, answers=kept)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types only; `from_json` is its exact inverse."""
        data: dict[str, Any] = plain(self)
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> CaseFile:
        case: CaseFile = made(CaseFile, data)
        return case
