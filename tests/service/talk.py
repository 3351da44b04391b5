"""The smallest talk that uses every way a turn can end; it stands in for the dialogs."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from bot.case.file import Answer, CaseFile
from bot.case.overview import Overview
from bot.core.events import (
    ConsentGiven,
    ErasureConfirmed,
    Event,
    ExportRequested,
    LanguageChosen,
    SlotFilled,
    TeamNamed,
)
from bot.core.message import Button, Message
from bot.core.outcome import Outcome
from bot.core.say import Choice, Say, Words
from bot.core.session import Consent, World
from bot.core.turn import Cause, Command, Tap, Text, Turn
from bot.service.voice import Insight, Voice

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def turn(cause: Cause | str, key: object = None, person: str = "7", chat: str = "") -> Turn:
    """A turn in the private chat of `person`; text where `cause` is a str."""
    number = str(next(_numbers) if key is None else key)
    made = Text(cause) if isinstance(cause, str) else cause
    return Turn(number, "telegram", chat or person, person, START, made, "fr", f"m{number}")


def step(world: World, turn: Turn) -> Outcome:
    """`/yes` consents; a text is the next answer, one with `boom` in it fails."""
    session = replace(world.session, asked=world.session.asked + 1, language="fr")
    world = replace(world, session=session)
    cause = turn.cause
    if isinstance(cause, Command):
        return _command(world, turn, cause)
    if isinstance(cause, Tap):
        toast = Say(Words("toast", {"n": cause.nonce}), toast=True)
        return Outcome(world, (toast, Say(Words("tapped", {"n": cause.action}))), ())
    body = getattr(cause, "body", "")
    if "boom" in body:
        raise ValueError(body)
    slot = f"s{len(world.case.answers)}"
    case = world.case.with_answer(slot, Answer(body, "told", turn.at, turn.person, turn.message))
    says = (Say(Words("heard", {"n": len(case.answers)}), (Choice("next", "Next"),)),)
    return Outcome(replace(world, case=case), says, (SlotFilled(slot, body, "told"),))


def _command(world: World, turn: Turn, cause: Command) -> Outcome:
    events: dict[str, Event] = {
        "start": LanguageChosen("fr"),
        "yes": ConsentGiven("c1"),
        "fr": LanguageChosen("fr"),
        "export": ExportRequested(),
        "erase": ErasureConfirmed(),
        "team": TeamNamed(cause.argument),
    }
    if cause.name == "yes":
        world = replace(world, consent=Consent("c1", turn.at))
    if cause.name == "team":
        world = replace(world, case=replace(world.case, name=cause.argument))
    if cause.name == "erase":
        world = World()
    if cause.name in ("long", "crooked"):
        choices = (Choice("next", "Next"),)
        return Outcome(world, (Say(Words(cause.name), choices),), ())
    if cause.name == "half":
        # The second event fails where the export does: after the first has written its rows.
        return Outcome(world, (), (ConsentGiven("c1"), ExportRequested()))
    return Outcome(world, (Say(Words(cause.name)),), (events[cause.name],))


def render(say: Say, _language: str, nonce: int) -> Message:
    values = " ".join(str(v) for v in say.words.values.values())
    buttons = tuple(Button(str(c.label), c.action) for c in say.choices)
    html = {"long": "<b>long</b> word " * 900, "crooked": "<b>crooked &amp; kept"}.get(
        say.words.key, f"{say.words.key} {values}".strip()
    )
    return Message(html, buttons, nonce, say.toast)


VOICE = Voice(
    render=render,
    apology=lambda language: Message(f"sorry {language}"),
    export=lambda world, language: (Message(f"export {len(world.case.answers)} {language}"),),
)


def overview(case: CaseFile, _last_at: datetime, _members: int) -> Overview:
    """The least a list of teams shows: the name, and the words a search looks in."""
    told = " ".join(str(answer.value) for answer in case.answers.values())
    return Overview(
        shared=case.shared is True,
        name=case.name or "",
        phase="p1",
        form="",
        sectors=(),
        step="",
        step_due=None,
        slipped=0,
        asked=next(reversed(case.answers), ""),
        stuck=(),
        sought=told,
    )


INSIGHT = Insight(overview, frozenset())
