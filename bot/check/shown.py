"""What cards and questions look like when they are said: for checks and previews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from bot.core.dialog import Register
from bot.core.library import Library
from bot.core.message import Message
from bot.core.questionnaire import Questionnaire
from bot.core.say import Choice, Say, Value, Words
from bot.core.session import Consent, Frame, Session, World
from bot.core.talk import Talk
from bot.core.turn import Text, Turn
from bot.knowledge import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.search import Search
from bot.render import Renderer

ANY_DAY = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)
VARIABLE = re.compile(r"\{[^{}]*?\$([A-Za-z][\w-]*)")
AS_DATE = re.compile(r"DATETIME\(\s*\$([A-Za-z][\w-]*)")
COUNTED = re.compile(r"\$([A-Za-z][\w-]*)\s*(?:\)\s*)?->")
SIDES = ("front", "steps", "watch", "source")
# Kinds no card is opened of.
UNOPENED = frozenset({"purpose", "topic"})


class Showroom:
    """Says cards and questions of one knowledge base in any language."""

    def __init__(self, kb: Knowledge, dialogs: Register) -> None:
        self.kb = kb
        self.library = Library(kb, Search(kb))
        self.renderer = Renderer(kb)
        self.dialogs = dialogs

    def card(self, entry: Entry, language: str) -> Iterator[Message]:
        """Every side of an entry's card, as a founder who agreed to be remembered sees it."""
        for side in SIDES:
            if side == "front" or side == "source" or getattr(entry, _field(side), None):
                for say in self._said("card", side, language, {"entry": entry.id}):
                    yield self.renderer.message(say, language, 1)

    def question(self, key: str, language: str) -> Message:
        """A text of a dialog, example values filled in, with its buttons where it is a slot's."""
        words = Words(key, samples(self.kb.patterns[key].get(language, "")))
        return self.renderer.message(Say(words, self._choices(key)), language, 1)

    def _choices(self, key: str) -> tuple[Choice, ...]:
        name, _, slot = key.partition(".")
        dialog = self.dialogs.get(name)
        if dialog is None or not issubclass(dialog, Questionnaire):
            return ()
        found = [each.choices for each in dialog.slots if each.name == slot]
        return tuple(Choice(c, Words(f"{key}_{c}")) for choices in found for c in choices)

    def _said(self, name: str, state: str, language: str, data: dict[str, str]) -> list[Say]:
        frame = Frame(name, state, (), data)
        world = World(Session(language, (frame,)), consent=Consent("", ANY_DAY))
        turn = Turn("1", "preview", "1", "1", ANY_DAY, Text(""), language)
        talk = Talk(world, turn, self.library)
        self.dialogs[name](talk, frame).ask()
        return talk.says


def samples(pattern: str) -> dict[str, Value]:
    """A value for each placeable of a pattern: a day, a number, or its own name."""
    values: dict[str, Value] = {name: f"[{name}]" for name in VARIABLE.findall(pattern)}
    values |= dict.fromkeys(COUNTED.findall(pattern), 2)
    values |= dict.fromkeys(AS_DATE.findall(pattern), date(2027, 3, 12))
    return values


def _field(side: str) -> str:
    return {"watch": "watch_out"}.get(side, side)
