"""What answers a turn, without any wire: the knowledge, the dialogs, the words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.case.file import CaseFile
from bot.case.overview import Overview, overview
from bot.core.engine import step
from bot.core.library import Library
from bot.core.message import Message
from bot.core.outcome import Outcome
from bot.core.say import Words
from bot.core.session import World
from bot.core.summary import everything
from bot.core.turn import Turn
from bot.dialogs import register
from bot.knowledge import load
from bot.knowledge.search import Search
from bot.quiz.bank import bank
from bot.render import Renderer
from bot.service.voice import Addresses, Insight, Voice
from bot.store.questions import Taught

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


@dataclass(frozen=True, slots=True)
class Mind:
    """Made once by `mind`."""

    library: Library
    renderer: Renderer
    search: Search

    def step(self, world: World, turn: Turn) -> Outcome:
        return step(world, turn, register(), self.library)

    def voice(self, addresses: Addresses) -> Voice:
        spoken = self.library.spoken
        return Voice(self.renderer.message, self.apology, self.export, addresses, spoken)

    def insight(self) -> Insight:
        private = self.library.kb.rules.private_keys
        library = self.library
        return Insight(self.overview, private, lambda: bank(library.kb), library.intent)

    def overview(self, case: CaseFile, last_at: datetime, members: int) -> Overview:
        """A team as the desk lists it, made without what stays with the team."""
        return overview(case, self.library.reading(case, last_at, shared=True), last_at, members)

    def apology(self, language: str) -> Message:
        return self.notice("engine.apology", language)

    def cannot_save(self, language: str) -> str:
        """Said straight through the channel while the disk is full."""
        return self.notice("engine.disk_full", language).html

    def export(self, world: World, language: str) -> tuple[Message, ...]:
        return tuple(self.renderer.message(say, language, 0) for say in everything(world.case))

    def notice(self, key: str, hint: str) -> Message:
        """A message outside any turn, in the complete language nearest to `hint`."""
        return Message(self.renderer.html(Words(key), self.library.spoken(hint)))

    def taught(self, taught: Taught) -> None:
        """Lets the search know what staff taught."""
        self.search.teach(taught.language, taught.question, taught.entry)

    async def warm(self, stop: asyncio.Event) -> None:
        """Makes search and questions ready beside the talk: nobody waits for a first use."""
        await asyncio.to_thread(bank, self.library.kb)
        for language in self.library.kb.languages.complete:
            if not stop.is_set():
                await asyncio.to_thread(self.search.index, language)


def mind(folder: Path = KNOWLEDGE) -> Mind:
    """Loads the knowledge base; KnowledgeError names every mistake in it."""
    kb = load(folder)
    search = Search(kb)
    return Mind(Library(kb, search), Renderer(kb), search)
