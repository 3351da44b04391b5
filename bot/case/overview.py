"""A team at a glance: what a list of teams shows, made only from what may be shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.case.file import CaseFile
from bot.case.model import Reading
from bot.case.stuck import Stuck, stuck
from bot.knowledge.text import plain

MOST_SOUGHT, HINT = 2000, 6


@dataclass(frozen=True, slots=True)
class Overview:
    """`sectors`: those of the actors named; `asked`: the slot answered last; `sought`: folded
    words a search looks in; `stuck`: each reason with the moment from which it holds; `tips`:
    (tip, what the team said of it), "chosen" where its next step grew from it; `read`: whether
    the team saw its reading."""

    shared: bool
    name: str
    phase: str
    form: str
    sectors: tuple[str, ...]
    step: str
    step_due: date | None
    slipped: int
    asked: str
    stuck: tuple[Stuck, ...]
    sought: str
    tips: tuple[tuple[str, str], ...] = ()
    read: bool = False


def overview(case: CaseFile, reading: Reading, last_at: datetime, members: int) -> Overview:
    """`reading`: one made without private answers; `last_at`: the team's last sign of life."""
    told = sorted(case.answers.items(), key=lambda item: item[1].at)
    step = case.step
    return Overview(
        shared=case.shared is True,
        name=case.name or _hint(case),
        phase=reading.phase,
        form=reading.form or "",
        sectors=tuple(sorted({a.sector for a in case.actors if a.sector})),
        step=step.what if step else "",
        step_due=step.due if step else None,
        slipped=step.slipped if step else 0,
        asked=told[-1][0] if told else "",
        stuck=stuck(case, last_at, members),
        sought=_sought(case),
        tips=_tips(case),
        read=case.read_at is not None,
    )


def _tips(case: CaseFile) -> tuple[tuple[str, str], ...]:
    marked = tuple((tip, mark.kind) for tip, mark in case.tips.items())
    grown = case.step.tip if case.step else None
    return (*marked, (grown, "chosen")) if grown else marked


def _hint(case: CaseFile) -> str:
    """The first words of the problem, to tell a team without a name from another."""
    words = str(case.told("problem") or "").split()
    return f"{' '.join(words[:HINT])} …" if words else ""


def risky(case: CaseFile) -> bool:
    """Whether names could endanger those affected: then no list, picture or export has any."""
    return case.told("affected") == "risky"


def _sought(case: CaseFile) -> str:
    goal, problem = case.told("goal"), case.told("problem")
    names = () if risky(case) else tuple(actor.name for actor in case.actors)
    return plain(" ".join([case.name or "", str(goal or ""), str(problem or ""), *names]))[
        :MOST_SOUGHT
    ]
