"""What is kept of a turn as it was said, and which of it staff may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.case.answers import MOODS
from bot.case.file import CaseFile
from bot.core.events import Event, SlotFilled
from bot.core.message import Message
from bot.core.session import Frame, World
from bot.core.turn import Command, Edited, Tap, Text, Turn
from bot.store import lines
from bot.store.batch import Batch, Place
from bot.store.lines import Line

# Dialogs in which nothing private is said. Any other one, also one not written yet, stays closed.
OPEN = frozenset(
    {"intake", "actors", "on_board", "ask", "browse", "card", "advice", "nextstep", "menu"}
)
# Commands nobody types: they come with a link, or from ourselves.
UNSAID = frozenset({"start", "arrived", "again"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn and what came of it. `private`: slots whose answers stay with the team."""

    turn: Turn
    place: Place
    before: World
    after: World
    events: Sequence[Event]
    private: frozenset[str]

    def keep(self, batch: Batch, said: Sequence[Message]) -> None:
        """Writes down the founder's words and ours."""
        where = self.turn.conversation
        lines.keep(batch.db, where, self.place.case_id, self._lines(batch, said))

    def _lines(self, batch: Batch, said: Sequence[Message]) -> Iterator[Line]:
        at, person = self.turn.at, self.place.person
        told = self._is_open(self.before) and not self._asks_private(self.before)
        told = told and not self._filled_private()
        if words := words_of(batch, self.turn):
            yield Line("founder", Message(words), at, person, told)
        shown = told and self._is_open(self.after)
        for message in said:
            yield Line("bot", message, at, "", shown)

    def _is_open(self, world: World) -> bool:
        """Whether what is said there, to us or by us, tells nothing of what stays private."""
        if not world.session.frames:
            return False
        top = world.session.frames[-1]
        return top.dialog in OPEN and not _tells_mood(top, world.case)

    def _asks_private(self, world: World) -> bool:
        frames = world.session.frames
        return bool(frames) and frames[-1].state in self.private

    def _filled_private(self) -> bool:
        return any(isinstance(e, SlotFilled) and e.slot in self.private for e in self.events)


def _tells_mood(top: Frame, case: CaseFile) -> bool:
    """Advice for a team that is stuck or tired, and cards for hard moments, tell of the mood."""
    entry = str(top.data.get("entry", ""))
    return (top.dialog == "advice" and case.need in MOODS) or entry.startswith("card.")


def words_of(batch: Batch, turn: Turn) -> str:
    """What the founder typed, or what stood on the button; a command with its slash."""
    cause = turn.cause
    if isinstance(cause, Text | Edited):
        return cause.body
    if isinstance(cause, Tap):
        return lines.label_of(batch.db, turn.conversation, cause.action, cause.nonce)
    if isinstance(cause, Command) and cause.name not in UNSAID:
        return f"/{cause.name} {cause.argument}".strip()
    return ""
