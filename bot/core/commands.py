"""Commands: what works in every state and every language, by slash, by word and by button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.core.events import ElsewhereAsked
from bot.core.turn import Command

if TYPE_CHECKING:
    from bot.core.engine import Floor
    from bot.core.library import Library

Act = Callable[["Floor", str], None]


def _enter(dialog: str, **data: object) -> Act:
    def act(floor: Floor, _: str) -> None:
        floor.enter(dialog, **data)

    return act


def _tell(key: str) -> Act:
    """Say one thing and ask the present question again."""

    def act(floor: Floor, _: str) -> None:
        floor.talk.say(key)
        floor.ask_again()

    return act


def _to_case(dialog: str) -> Act:
    """A dialog about the team's file; before consent there is none, so that is asked first."""

    def act(floor: Floor, _: str) -> None:
        if floor.talk.consent:
            floor.enter(dialog)
        else:
            floor.enter("welcome", wish=dialog)

    return act


def _start(floor: Floor, _: str) -> None:
    if not floor.talk.greeted:
        floor.talk.say("engine.hello_again")
    floor.ask_again()


def _ask(floor: Floor, argument: str) -> None:
    """`/ask` may bring its question along."""
    floor.enter("ask", question=argument)


def _back(floor: Floor, _: str) -> None:
    if floor.top is None:
        floor.ask_again()
    else:
        floor.top.back()


def _try(trigger: str) -> Act:
    """A trigger that only some states know."""

    def act(floor: Floor, _: str) -> None:
        if floor.top is None or not floor.top.trigger(trigger):
            floor.talk.say("engine.nothing_to_skip")
            floor.ask_again()

    return act


def _cancel(floor: Floor, _: str) -> None:
    floor.talk.say("engine.cancelled")
    floor.leave()


def _explain(floor: Floor, _: str) -> None:
    """Why: the reasons, where a reading is on the table; else how a question is meant."""
    if floor.top is None or not floor.top.trigger("why"):
        floor.talk.say("engine.explain")
        floor.ask_again()


def _bye(floor: Floor, _: str) -> None:
    """Whoever says goodbye is not asked again; the buttons above stay live."""
    floor.talk.say("engine.bye" if floor.talk.consent else "engine.bye_guest")


def _person(floor: Floor, argument: str) -> None:
    """Before consent there is no file by which the programme could answer."""
    act = _enter("standstill", want="help") if floor.talk.consent else _tell("engine.person")
    act(floor, argument)


def _standstill(floor: Floor, _: str) -> None:
    """Before consent nothing can be noted; the cards on hard moments help as well."""
    if floor.talk.consent:
        floor.enter("standstill")
    else:
        floor.enter("browse", phase="moments")


def _readers(floor: Floor, _: str) -> None:
    """Before consent there is nothing to read, which is what privacy says."""
    floor.enter("readers" if floor.talk.consent else "privacy")


def _arrived(floor: Floor, how: str) -> None:
    """A code was brought along; the service has done what it is for, or wants it confirmed."""
    kind, _, mark = how.partition(":")
    if kind == "ask" and mark:
        floor.enter("join", mark=mark)
        return
    if how == "choose":
        floor.enter("teams")
        return
    floor.talk.say(f"elsewhere.{how if how in ARRIVALS else 'expired'}")
    floor.ask_again()


def is_arrival(cause: object) -> bool:
    """Whether a turn brought a code along."""
    return isinstance(cause, Command) and cause.name == "arrived"


def meant(name: str, library: Library) -> str:
    """The command that `name` stands for in any language, "" for none."""
    found = name if name in COMMANDS else library.intent(name) or ""
    return found if found in COMMANDS else ""


def is_heard_first(cause: object, library: Library) -> bool:
    """Whether somebody who never wrote before is answered this, and not greeted."""
    return isinstance(cause, Command) and meant(cause.name, library) in HEARD_FIRST


def _elsewhere(floor: Floor, _: str) -> None:
    floor.talk.record(ElsewhereAsked())
    floor.ask_again()


def _again(floor: Floor, _: str) -> None:
    floor.ask_again()


# What may become of a code that was brought along.
ARRIVALS = frozenset({"linked", "same", "expired", "invited", "staff"})

COMMANDS: Mapping[str, Act] = {
    "start": _start,
    "help": _tell("engine.help"),
    "menu": _enter("menu"),
    "language": _enter("language"),
    "privacy": _enter("privacy"),
    "export": _enter("privacy", want="export"),
    "erase": _enter("privacy", want="erase"),
    "review": _to_case("review"),
    "reading": _to_case("reading"),
    "tips": _to_case("advice"),
    "step": _to_case("nextstep"),
    "intake": _to_case("intake"),
    "ask": _ask,
    "browse": _enter("browse"),
    "practice": _enter("practice"),
    "back": _back,
    "skip": _try("skip"),
    "unknown": _try("unknown"),
    "cancel": _cancel,
    "person": _person,
    "standstill": _standstill,
    "readers": _readers,
    "explain": _explain,
    "bye": _bye,
    "greeting": _start,
    "thanks": _tell("engine.thanks"),
    "arrived": _arrived,
    "elsewhere": _elsewhere,
    "again": _again,
    "teams": _enter("teams"),
}

# Whoever only played a quiz may want another language, or nothing of it kept; and a whole room is
# told to write /practice before anybody has a talk.
HEARD_FIRST = frozenset({"language", "privacy", "export", "erase", "practice", "arrived"})

# Words that mean the command even where an answer may be typed freely.
IN_ANY_QUESTION = frozenset(
    {"help", "menu", "language", "back", "skip", "unknown", "cancel", "greeting", "thanks"}
    | {"review", "person", "privacy", "explain", "bye", "standstill", "readers", "practice"}
)
