"""The app: puts the parts together; alone knows them all."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
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
from bot.render import Renderer
from bot.service.service import Service, Voice
from bot.store.store import Store

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Mind:
    """What answers a turn, without any wire: the knowledge, the dialogs, the words."""

    library: Library
    renderer: Renderer

    def step(self, world: World, turn: Turn) -> Outcome:
        return step(world, turn, register(), self.library)

    def voice(self) -> Voice:
        return Voice(self.renderer.message, self.apology, self.export)

    def apology(self, language: str) -> Message:
        return self._notice("engine.apology", language)

    def disk_full(self, language: str) -> Message:
        """Said straight through the channel while nothing can be saved."""
        return self._notice("engine.disk_full", language)

    def export(self, world: World, language: str) -> tuple[Message, ...]:
        return tuple(self.renderer.message(say, language, 0) for say in everything(world.case))

    def _notice(self, key: str, hint: str) -> Message:
        return Message(self.renderer.html(Words(key), self.library.spoken(hint)))


def mind(folder: Path = KNOWLEDGE) -> Mind:
    """Loads the knowledge base; KnowledgeError names every mistake in it."""
    kb = load(folder)
    return Mind(Library(kb, Search(kb)), Renderer(kb))


@asynccontextmanager
async def opened(settings: Settings, mind: Mind) -> AsyncIterator[tuple[Store, Service]]:
    """The store and the service over it, closed at the end whatever happens."""
    store = Store(settings.database_path)
    await store.open()
    key = settings.secret.get_secret_value().encode()
    try:
        yield store, Service(store, mind.step, mind.voice(), clock=now, secret=key)
    finally:
        await store.close()


async def chat(settings: Settings, language: str = "") -> None:
    """The conversation in the terminal, on the same pipeline as everywhere."""
    from bot.channels.terminal import Terminal, prompt

    async with opened(settings, mind()) as (store, service):
        terminal = Terminal(
            service,
            store,
            now,
            settings.data_dir / "exports",
            prompt(),
            print,
            language=language,
            styled=sys.stdout.isatty(),
        )
        await terminal.talk()
