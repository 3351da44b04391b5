"""The three pictures of a team: who is around the table, the four steps, and what happened when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from bot.case.model import Reading
from bot.case.overview import risky
from bot.core.quote import short
from bot.core.say import Words
from bot.desk.team_file import TeamFile
from bot.pictures import actors, steps, timeline

SECTORS = ("public", "private", "civil_society", "academia")
STATES = ("open", "begun", "done", "owed")
STATUSES = ("committed", "in_talks", "contacted", "idea")
GOAL = 80


@dataclass(frozen=True, slots=True)
class Pictures:
    """Each an svg element; `actors` None where nobody is named."""

    actors: Markup | None
    steps: Markup
    timeline: Markup


Said = Callable[[Words], str]


def drawn(file: TeamFile, reading: Reading, said: Said, today: date) -> Pictures:
    """The pictures, their words said by `said`."""
    return Pictures(
        actors=_safe(actors.draw(_actors(file, said))) if file.case.actors else None,
        steps=_safe(steps.draw(_steps(reading, said))),
        timeline=_safe(timeline.draw(_timeline(file, said, today))),
    )


def _safe(svg: str) -> Markup:
    # `bot.pictures` escapes every word it is given.
    return Markup(svg)  # noqa: S704


def _actors(file: TeamFile, said: Said) -> actors.ActorsPicture:
    """Names stay out where they could endanger those affected."""
    case, hidden = file.case, said(Words("team_page.no_name"))
    goal = case.told("goal")
    shown = tuple(
        actors.Actor(
            hidden if risky(case) else actor.name,
            actor.sector or actors.OTHER,
            actor.status if actor.status in STATUSES else "idea",
        )
        for actor in case.actors
    )
    sectors = {sector: said(Words(f"sector.{sector}")) for sector in SECTORS}
    return actors.ActorsPicture(
        label=said(Words("team_page.picture_actors")),
        goal=short(str(goal), GOAL) if goal else said(Words("team_page.no_goal_yet")),
        actors=shown,
        sectors={**sectors, actors.OTHER: said(Words("team_page.other_sector"))},
        statuses={status: said(Words(f"team_page.status_{status}")) for status in STATUSES},
        nobody=said(Words("team_page.nobody_there")),
    )


def _steps(reading: Reading, said: Said) -> steps.StepsPicture:
    return steps.StepsPicture(
        label=said(Words("team_page.picture_steps")),
        steps=tuple(
            steps.Step(said(Words(f"{phase}#title")), state, phase == reading.phase)
            for phase, state in reading.profile.items()
        ),
        states={state: said(Words(f"state.{state}")) for state in STATES},
        main=said(Words("team_page.main_step")),
    )


def _timeline(file: TeamFile, said: Said, today: date) -> timeline.TimelinePicture:
    step = file.case.step

    def point(at: date | datetime, words: Words | str) -> timeline.Point:
        on = at.date() if isinstance(at, datetime) else at
        label = words if isinstance(words, str) else said(words)
        return timeline.Point(on, said(Words("desk.day", {"day": on})), label)

    return timeline.TimelinePicture(
        label=said(Words("team_page.picture_timeline")),
        points=tuple(point(at, words) for at, words in _points(file)),
        today=point(today, Words("team_page.today")),
        due=point(step.due, short(step.what, GOAL)) if step and step.due else None,
        months=tuple(said(Words("team_page.months")).split()),
    )


def _points(file: TeamFile) -> Iterator[tuple[datetime, Words]]:
    """What is worth a mark on the line."""
    case = file.case
    yield datetime.fromisoformat(file.row.begun_at), Words("team_page.at_begun")
    told = [e.at for e in file.happened if e.kind == "SlotFilled" and e.data["slot"] == "goal"]
    if told:
        yield told[0], Words("team_page.at_goal")
    yield from ((at, Words("team_page.at_goal_changed")) for at in case.goal_changes)
    for phase, at in file.stays[1:]:
        yield at, Words("team_page.at_step", {"phase": Words(f"{phase}#title")})
    for kind, signal in case.signals.items():
        yield signal.at, Words(f"team_page.given_{kind}")
    yield from _steps_taken(file)
    began = [e.at for e in file.happened if e.kind == "HandoverBegan"]
    yield from ((at, Words("team_page.at_handover")) for at in began)


def _steps_taken(file: TeamFile) -> Iterator[tuple[datetime, Words]]:
    case = file.case
    for step in case.past_steps:
        if step.done_at:
            yield step.done_at, Words("team_page.step_done", {"what": short(step.what, GOAL)})
    if case.step:
        yield case.step.chosen_at, Words("team_page.at_chosen", {"what": short(case.step.what, 60)})
