"""Whose turn at a round it is: who they are, in which language they read, how they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.core.message import Message
from bot.core.say import Say, Value, Words
from bot.core.turn import Tap, Turn
from bot.service.told import Told
from bot.service.voice import Insight, Voice
from bot.store import faces, players
from bot.store.batch import Batch, language_of, person_id


@dataclass(frozen=True)
class Caller:
    """Made for one turn."""

    batch: Batch
    turn: Turn
    voice: Voice
    insight: Insight

    @cached_property
    def person(self) -> str:
        return faces.person_of(self.batch.db, person_id(self.turn))

    @property
    def is_among_others(self) -> bool:
        """Whether what is answered here is read by a whole group."""
        return self.turn.chat != self.turn.person

    @property
    def language(self) -> str:
        """The one they chose, here or on the desk; else the nearest to the channel's hint."""
        db, turn = self.batch.db, self.turn
        alone = f"{turn.channel}:{turn.person}:{turn.person}"
        chosen = players.host_language(db, self.person) or language_of(db, alone)
        return chosen or self.voice.spoken(turn.language)

    def message(self, say: Say, language: str = "") -> Message:
        return self.voice.render(say, language or self.language, 0)

    def told(self, key: str, /, **values: Value) -> Told:
        return Told((self.message(Say(Words(key, values))),))

    def toast(self, key: str, language: str = "", /, **values: Value) -> Told:
        """Shown over the chat; the answer to a tap."""
        return Told(toasts=(self.message(Say(Words(key, values), toast=True), language),))

    def refused(self, why: str) -> Told:
        """Why nothing was changed."""
        return self.toast(why) if isinstance(self.turn.cause, Tap) else self.told(why)
