"""The app: puts the parts together; alone knows them all."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from bot.channels.telegram.run import Profile

# The commands a founder sees in Telegram's own list; all others work too.
LISTED = ("menu", "back", "tips", "step", "review", "ask", "help", "language", "privacy")
KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Mind:
    """What answers a turn, without any wire: the knowledge, the dialogs, the words."""

    library: Library
    renderer: Renderer
    search: Search

    def step(self, world: World, turn: Turn) -> Outcome:
        return step(world, turn, register(), self.library)

    def voice(self) -> Voice:
        return Voice(self.renderer.message, self.apology, self.export)

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


def mind(folder: Path = KNOWLEDGE) -> Mind:
    """Loads the knowledge base; KnowledgeError names every mistake in it."""
    kb = load(folder)
    search = Search(kb)
    return Mind(Library(kb, search), Renderer(kb), search)


@asynccontextmanager
async def opened(
    settings: Settings, mind: Mind, stop: asyncio.Event | None = None
) -> AsyncIterator[tuple[Store, Service]]:
    """The store and the service over it, closed at the end whatever happens.

    With `stop` a full disk is waited out until it is set; without, it raises StoreError.
    """
    store = Store(settings.database_path)
    await (store.open_when_possible(stop) if stop else store.open())
    key = settings.secret.get_secret_value().encode()
    try:
        yield store, Service(store, mind.step, mind.voice(), clock=now, secret=key)
    finally:
        await store.close()


async def chat(settings: Settings, language: str = "") -> None:
    """The conversation in the terminal, on the same pipeline as everywhere."""
    from bot.channels.terminal import Terminal, prompt

    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a sign shows another one; the talk goes on.
        sys.stdout.reconfigure(errors="replace")
    amorce = mind()
    here = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    spoken = language or amorce.library.spoken(here)
    hints = [amorce.notice(f"engine.{key}", spoken).html for key in ("terminal", "terminal_bye")]
    async with opened(settings, amorce) as (store, service):
        await store.tidy(now())
        terminal = Terminal(
            service,
            store,
            now,
            settings.data_dir / "exports",
            prompt(),
            print,
            language=spoken,
            styled=sys.stdout.isatty(),
        )
        sys.stdout.write(f"{hints[0]}\n")
        await terminal.talk()
        sys.stdout.write(f"\n{hints[1]}\n")


async def run(settings: Settings, language: str = "") -> None:
    """The service: Telegram where there is a token, else the conversation in the terminal.

    Raises TokenRefusedError, StoreError and what else cannot be waited out.
    """
    if settings.telegram_token is None:
        await chat(settings, language)
    else:
        await on_telegram(settings, settings.telegram_token.get_secret_value())


async def on_telegram(settings: Settings, token: str) -> None:
    """Polls, serves and sends until the first SIGTERM or SIGINT."""
    from bot.channels.courier import Courier
    from bot.channels.redact import log_to
    from bot.channels.telegram.run import Telegram, serve

    key = settings.secret.get_secret_value()
    log_to(logging.StreamHandler(), settings.log_level, (token, key))
    amorce, stop = mind(), stopped()
    telegram = Telegram(
        token, settings.telegram_api_url, key.encode(), amorce.cannot_save, now, profile(amorce)
    )
    async with opened(settings, amorce, stop) as (store, service):
        if stop.is_set():
            return
        courier = Courier(store, {"telegram": telegram.send}, now)
        service.posted = courier.wake
        sys.stdout.write("Amorce starts on Telegram; Ctrl-C stops it. Nothing stored is lost.\n")
        sys.stdout.flush()
        warming = asyncio.create_task(warm(amorce, stop))
        await serve(telegram, service, courier, stop)
        await warming


async def warm(amorce: Mind, stop: asyncio.Event) -> None:
    """Makes the search ready beside the talk, so that nobody waits for a language's first use."""
    for language in amorce.library.kb.languages.complete:
        if not stop.is_set():
            await asyncio.to_thread(amorce.search.index, language)


def profile(amorce: Mind) -> Profile:
    """What people see of the bot on Telegram before they write; English for all others."""
    from bot.channels.telegram.run import Profile

    languages = amorce.library.kb.languages.complete
    codes = {**{language: language for language in languages}, "": amorce.library.fallback}

    def said(key: str, language: str) -> str:
        return amorce.renderer.plain(Words(f"telegram.{key}"), language)

    return Profile(
        commands={
            code: [(name, said(f"command_{name}", language)) for name in LISTED]
            for code, language in codes.items()
        },
        description={code: said("description", language) for code, language in codes.items()},
        about={code: said("about", language) for code, language in codes.items()},
    )


def stopped() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; the second one ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask_to_stop() -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ask_to_stop)
    return stop
