"""Walks every question a founder can get to, by every button shown and a few typed words."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from bot.core.message import Message
from bot.core.session import World
from bot.core.turn import Cause, Command, Tap, Text
from bot.dialogs import register
from tests.conversation import START, Conversation

# Typed on the way, so that states behind a typed answer are reached as well.
TYPED = (
    "Les enfants tombent malades à cause de l'eau sale",
    "Mairie, ONG, Université",
    "2027-12-31",
    "/menu",
    "/step",
    "/review",
    "/reading",
    "/tips",
    "/ask",
    "/browse",
    "/privacy",
    "/language",
    "/practice",
    "Quelle est la différence entre un réseau et un partenariat ?",
)

# What the one who answers all types or taps in these states.
STORY = {
    "problem": "Les enfants tombent malades à cause de l'eau sale des puits",
    "goal": "Moins d'enfants malades d'ici cinq ans",
    "existing": "Eau pour tous",
    "why_ours": "Nous travaillons dans une autre région",
    "names": "Mairie, ONG Sahel, Université",
    "sorted": "[right]",
    "impression": "[set:go_on]",
    "name": "Puits et santé",
    "what": "Appeler la mairie",
    "who": "Awa",
    "when": "2027-12-31",
}
WAYS_OUT = ("unknown", "skip", "back", "keep", "done", "language", "more")

# Places where nobody ever stands: they hand over to another dialog at once.
PASSED_THROUGH = {("intake", "actors"), ("intake", "on_board"), ("intake", "end")}

Place = tuple[str, str]
"""A dialog and one of its states."""


@dataclass(frozen=True, slots=True)
class Node:
    """A question a founder stands before: the world, its time, and the way there."""

    world: World
    at: datetime
    turns: int
    way: tuple[str, ...]

    @property
    def place(self) -> Place:
        top = self.world.session.frames[-1]
        return top.dialog, top.state

    @property
    def mark(self) -> tuple[object, ...]:
        """What makes two questions the same to the walk: state, buttons, milestones."""
        case, frames = self.world.case, self.world.session.frames
        below = frames[-2].dialog if len(frames) > 1 else ""
        done = (case.read_at is None, case.step is None, case.shared is None)
        return *self.place, self.world.session.choices, below, self.world.consent is None, done

    def after(self, *typed: str) -> Node:
        """The question one stands before some steps later."""
        talk = self.talk()
        for each in typed:
            talk.hear(cause_of(each, talk))
        return node_of(talk, (*self.way, *typed))

    def talk(self) -> Conversation:
        return Conversation(world=self.world, now=self.at, turns=self.turns)


def node_of(talk: Conversation, way: tuple[str, ...]) -> Node:
    return Node(talk.world, talk.now, talk.turns, way)


def cause_of(typed: str, talk: Conversation) -> Cause:
    """A step of a way: a tap in brackets, a command with a slash, else words."""
    if typed.startswith("["):
        return Tap(typed[1:-1], talk.world.session.asked)
    if typed.startswith("/"):
        return Command(typed[1:])
    return Text(typed)


def starts() -> Iterator[Node]:
    """A newcomer, one who declined, and one who agreed; each in French and in English."""
    for language in ("fr", "en", "de", "es"):
        for answer in ("", "no", "yes"):
            talk = Conversation(language=language, now=START)
            talk.command("start")
            if answer:
                talk.do(answer)
            yield node_of(talk, (f"{language}:{answer or 'new'}",))
    for taste in range(4):
        told = tuple(story(taste))
        yield from told
        yield told[-1].after("/review", "[team]")
        yield told[-1].after("/privacy", "[erase]")
        yield told[-1].after("/browse", f"[phase:p{taste + 1}]")
        yield told[-1].after(
            "/review", "[chapter:actors]", "[edit:actors]", "[correct]", "[actor:0]"
        )
    yield from reader()
    yield from stood_still(told[-1])
    yield from practised(told[-1])
    yield two_teams(told[-1])
    talk = told[-1].talk()
    talk.hear(Command("arrived", "ask:0"))
    yield node_of(talk, ("a code of somebody else",))


def two_teams(node: Node) -> Node:
    """Whoever came from another place with a team of their own there."""
    teams = (("a" * 32, "Lagune"), ("b" * 32, ""))
    return replace(node, world=replace(node.world, teams=teams)).after("/teams")


def practised(node: Node) -> Iterator[Node]:
    """Whoever practises: at the choice of topics, a question, its answer, why, and the end."""
    yield node.after("/practice", "[topics]")
    way = ["/practice", "[about:mixed]", "/unknown", "[why]"]
    for length in range(2, len(way) + 1):
        yield node.after(*way[:length])
    yield node.after("/practice", "[about:mixed]", "/unknown", "[enough]")


def stood_still(node: Node) -> Iterator[Node]:
    """Whoever says what holds the team up, and looks who reads of it."""
    yield node.after("/standstill")
    for way in ("conflict", "money_ends", "someone"):
        yield node.after("/standstill", f"[{way}]")
    yield node.after("/person", "[yes]", "/readers")
    yield node.after("/review", "[team]", "[resharing]", "[share:yes]", "[team]", "[conversation]")


def reader() -> Iterator[Node]:
    """A guest who reads a tip down to one of its tools: far away for a walk in all directions."""
    talk = Conversation(now=START)
    talk.command("start")
    way = ["reader"]
    for action in ("no", "browse", "phase:p1", "tip:p1.goal_early", "tools", "tool:tool.41"):
        talk.do(action)
        way.append(f"[{action}]")
        yield node_of(talk, tuple(way))


def story(taste: int, most: int = 70) -> Iterator[Node]:
    """A founder who answers all: types where words are taken, else taps the same place each time.

    Such a way leads behind the questions that only an answer to many others opens.
    """
    talk = Conversation(now=START)
    talk.command("start")
    talk.do("yes")
    way = [f"story {taste}"]
    while len(way) < most and talk.world.session.frames:
        yield node_of(talk, tuple(way))
        typed = _next(node_of(talk, ()), taste)
        talk.hear(cause_of(typed, talk))
        way.append(typed)


def _next(node: Node, taste: int) -> str:
    dialog, state = node.place
    if state == "ticks":
        return "[tick:0]" if node.world.case.actors[0].status is None else "[done]"
    if state in STORY:
        return STORY[state]
    answers = [a for a in node.world.session.choices if a not in WAYS_OUT]
    if dialog == "menu" or not answers:
        return ("/step", "/reading", "/intake", "/tips")[taste]
    return f"[{answers[taste % len(answers)]}]"


def steps(node: Node) -> Iterator[tuple[str, Conversation, list[Message]]]:
    """Every tap, then the typed words, each done in a conversation of its own."""
    taps = [f"[{action}]" for action in node.world.session.choices]
    for typed in (*taps, *TYPED):
        talk = node.talk()
        yield typed, talk, talk.hear(cause_of(typed, talk))


@cache
def walk(most: int) -> tuple[Node, ...]:
    """Breadth first, at most `most` different questions."""
    found: dict[tuple[object, ...], Node] = {}
    queue = deque(starts())
    found.update({node.mark: node for node in queue})
    while queue and len(found) < most:
        node = queue.popleft()
        for typed, talk, _ in steps(node):
            if not talk.world.session.frames:
                continue
            reached = node_of(talk, (*node.way, typed))
            if reached.mark not in found:
                found[reached.mark] = reached
                queue.append(reached)
    return tuple(found.values())


@cache
def one_a_place(most: int = 3000) -> dict[tuple[str, str, bool], Node]:
    """One way to each state, and to each that a person who has not agreed can see."""
    found: dict[tuple[str, str, bool], Node] = {}
    for node in walk(most):
        found.setdefault((*node.place, node.world.consent is not None), node)
    return found


def unreached(most: int = 3000) -> set[Place]:
    every = {(name, state) for name, kind in register().items() for state in kind.states}
    return every - PASSED_THROUGH - {key[:2] for key in one_a_place(most)}
