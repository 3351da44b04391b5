"""What a made-up team is made of; all days are counted back from the last day of its world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.case.file import Actor, Mark, Value
from bot.store.staffing import Role


@dataclass(frozen=True, slots=True)
class Founder:
    """A founder: the id within the made-up channel, and the language spoken."""

    id: str
    language: str


@dataclass(frozen=True, slots=True)
class Step:
    """The open next step: agreed `chosen` days ago, due in `due` days."""

    what: str
    who: str
    chosen: int
    due: int | None = None
    slipped: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """What a made-up team has told so far; slots and answers as the intake has them.

    `begun`, `last`: how many days ago it began and was last heard from. `signals`: what holds it
    up, since how many days; `money`: in how many days it ends. `talk`: who said what (founder or
    bot) at the end, kept where `transcript` opens it. `notes`, `labels`, `trained`: what staff
    adds; a trained team is assigned to the trainer.
    """

    name: str
    founders: tuple[Founder, ...]
    need: str
    shared: bool
    answers: Mapping[str, Value]
    actors: tuple[Actor, ...]
    begun: int = 0
    last: int = 0
    signals: Mapping[str, int] = field(default_factory=dict)
    money: int | None = None
    step: Step | None = None
    tips: Mapping[str, Mark] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    transcript: bool = False
    talk: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    trained: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the programme: the id within the made-up channel, name, and right."""

    id: str
    name: str
    role: Role
