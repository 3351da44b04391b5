"""A founder and the bot in memory: the pure centre with real words, and no channel."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.core.engine import step
from bot.core.events import Event
from bot.core.library import Library
from bot.core.message import Message
from bot.core.outcome import Outcome
from bot.core.session import Session, World
from bot.core.turn import Cause, Command, Tap, Text, Turn, Unreadable
from bot.dialogs import register
from bot.knowledge import load
from bot.knowledge.search import Search
from bot.render import Renderer

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TAG = re.compile(r"</?(?:b|i|a)[^>]*>")


@cache
def library() -> Library:
    kb = load(KNOWLEDGE)
    return Library(kb, Search(kb))


@cache
def renderer() -> Renderer:
    return Renderer(library().kb)


def plain(message: Message) -> str:
    return spaced(html.unescape(TAG.sub("", message.html)))


def spaced(text: str) -> str:
    """Plain spaces for the ones that do not break, so that a script can be typed."""
    return text.replace("\u00a0", " ")


@dataclass
class Conversation:
    """Speaks turns to `step` and keeps what came of them."""

    language: str = "fr"
    world: World = field(default_factory=World)
    now: datetime = START
    turns: int = 0
    events: list[Event] = field(default_factory=list)
    heard: list[Message] = field(default_factory=list)
    # Label -> (action, nonce) of buttons shown before the present question, newest last.
    past: dict[str, tuple[str, int]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def turn(self, cause: Cause, message: str = "") -> Turn:
        self.turns += 1
        self.now += timedelta(seconds=20)
        return Turn(
            key=str(self.turns),
            channel="test",
            chat="1",
            person="test:1",
            at=self.now,
            cause=cause,
            language=self.language,
            message=message or str(self.turns),
        )

    def hear(self, cause: Cause, message: str = "") -> list[Message]:
        outcome: Outcome = step(self.world, self.turn(cause, message), register(), library())
        self.world = outcome.world
        self.events.extend(outcome.events)
        session: Session = outcome.world.session
        language = session.language or self.language
        self.heard = [renderer().message(s, language, session.asked) for s in outcome.says]
        buttons = {spaced(b.label): b.action for m in self.heard for b in m.buttons}
        if buttons:
            self.past |= {label: (a, session.asked - 1) for label, a in self.shown.items()}
            self.shown = buttons
        return self.heard

    def again(self, label: str) -> list[Message]:
        """A tap on a button of an earlier question."""
        return self.hear(Tap(*self.past[label]))

    def say(self, text: str) -> list[Message]:
        return self.hear(Text(text))

    def command(self, name: str) -> list[Message]:
        return self.hear(Command(name))

    def send(self, kind: str) -> list[Message]:
        return self.hear(Unreadable(kind))

    def wait(self, span: timedelta) -> None:
        self.now += span

    def buttons(self) -> dict[str, str]:
        """Label -> action of the present question."""
        return self.shown

    def tap(self, label: str) -> list[Message]:
        shown = self.buttons()
        if label not in shown:
            raise AssertionError(f"no button [{label}] is shown; there are {list(shown)}")
        return self.do(shown[label])

    def do(self, action: str) -> list[Message]:
        return self.hear(Tap(action, self.world.session.asked))


def begun(need: str = "clear", language: str = "fr") -> Conversation:
    """A founder who agreed and told what would help most."""
    talk = Conversation(language=language)
    talk.command("start")
    talk.do("yes")
    talk.do(f"need:{need}")
    return talk


def state(talk: Conversation) -> str:
    """Where the talk stands."""
    return talk.world.session.frames[-1].state
