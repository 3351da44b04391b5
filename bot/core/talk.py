"""The talk: the working sheet of one turn, on which dialogs say, record and move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.case.file import Answer, CaseFile, Given, Remark, Value
from bot.case.learning import Learning
from bot.case.model import Reading
from bot.core import events as happened
from bot.core.events import Event
from bot.core.library import Library
from bot.core.say import Choice, Say, Words
from bot.core.say import Value as SayValue
from bot.core.session import Consent, World
from bot.core.turn import Turn

Move = tuple[str, str, dict[str, Any]]


class Talk:
    """Mutable, made for one turn and thrown away; `world()` gives the frozen result."""

    def __init__(self, world: World, turn: Turn, library: Library) -> None:
        self.turn = turn
        self.library = library
        self.session = world.session
        self.case: CaseFile = world.case
        self.consent: Consent | None = world.consent
        self.teams = world.teams
        self.learning: Learning = world.learning
        self.says: list[Say] = []
        self.events: list[Event] = []
        self.moves: list[Move] = []
        self.more = ""
        self.below: tuple[str, ...] = ()
        # Whether the dialog right below asks something, so that no small question comes over it.
        self.waits_below = False
        self.greeted = False
        self._read: tuple[CaseFile, Reading] | None = None
        self.taken = world.session.taken
        self.repairs = world.session.repairs

    @property
    def language(self) -> str:
        return self.session.language

    @property
    def now(self) -> datetime:
        return self.turn.at

    def reading(self) -> Reading:
        """The reading of the case as it stands; made once while the case does not change."""
        if self._read is None or self._read[0] is not self.case:
            self._read = self.case, self.library.reading(self.case, self.now)
        return self._read[1]

    def say(self, key: str, /, toast: bool = False, **values: SayValue) -> None:
        """Say something that asks nothing."""
        self.says.append(Say(Words(key, values), toast=toast))

    def ask(
        self, words: Words, choices: list[Choice] | tuple[Choice, ...], head: Words | None = None
    ) -> None:
        """Say a question with its buttons."""
        self.says.append(Say(words, tuple(choices), head))

    def record(self, event: Event) -> None:
        self.events.append(event)

    def open(self, dialog: str, **data: Any) -> None:
        """Put `dialog` on top; it returns here when it closes."""
        self.moves.append(("open", dialog, data))

    def replace(self, dialog: str, **data: Any) -> None:
        """Put `dialog` in the place of the present one."""
        self.moves.append(("replace", dialog, data))

    def close(self, back: bool = False) -> None:
        """Close the present dialog; `back` says that it was left without an answer."""
        self.moves.append(("back" if back else "close", "", {}))

    def go_on(self) -> None:
        """Close this dialog and what was only looked into, back to what waits below."""
        self.moves.append(("return", "", {}))

    def end(self) -> None:
        """Close everything and open nothing: the next word begins anew."""
        self.moves.append(("end", "", {}))

    def fill(self, slot: str, value: Value | None, given: Given = "told") -> None:
        """Keep the answer to a question. Without consent nothing typed is kept."""
        answer = Answer(value, given, self.now, self.turn.person, self.turn.message)
        if slot == "goal" and self.case.told("goal") not in (None, value):
            self.update(goal_changes=(*self.case.goal_changes, self.now))
        self.case = self.case.with_answer(slot, answer)
        self.record(happened.SlotFilled(slot, value, given))

    def keep(self, text: str, about: str) -> None:
        """Keep words that answered no question, so that none is lost."""
        if self.consent:
            remark = Remark(text, self.now, about)
            self.case = replace(self.case, remarks=(*self.case.remarks, remark))
            self.record(happened.RemarkKept(text, about))

    def wonder(self, text: str) -> None:
        """A question nobody could answer: kept for those who write the cards, if kept at all."""
        if self.consent:
            asked = Remark(text, self.now, "ask")
            self.case = replace(self.case, unanswered=(*self.case.unanswered, asked))
            self.record(happened.QuestionUnanswered(text))

    def not_known(self, text: str) -> None:
        """Say that no card answers `text`, and keep it."""
        self.wonder(text)
        self.say("ask.unknown" if self.consent else "ask.unknown_guest")

    def update(self, **changes: Any) -> None:
        """Change fields of the case."""
        self.case = replace(self.case, **changes)

    def learn(self, **changes: Any) -> None:
        """Change what is known of what the person practised."""
        self.learning = replace(self.learning, **changes)

    def speak(self, language: str) -> None:
        self.session = replace(self.session, language=language)
        self.record(happened.LanguageChosen(language))

    def world(self) -> World:
        """Without consent all but the session is forgotten with the turn."""
        if not self.consent:
            return World(self.session, teams=self.teams)
        return World(self.session, self.case, self.consent, self.teams, self.learning)
