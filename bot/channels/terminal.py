"""The terminal: the same conversation, typed at a prompt; buttons are numbers."""

from __future__ import annotations

import asyncio
import html
import re
import sys
import textwrap
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from bot.core.message import Button, File, Message
from bot.core.turn import Cause, Command, Tap, Text, Turn
from bot.service.service import Service
from bot.store.errors import StoreError
from bot.store.outbox import Mark
from bot.store.store import Store

CHANNEL, CHAT, PERSON = "terminal", "local", "local"
ADDRESS = (CHANNEL, CHAT)
TAG = re.compile(r"<(/?)([bi])>")
LINK = re.compile(r"<a href=\"([^\"]*)\">(.*?)</a>")
BOLD, ITALIC, PLAIN = "\x1b[1m", "\x1b[3m", "\x1b[0m"
WIDTH = 78

ReadLine = Callable[[], Awaitable[str | None]]


class Terminal:
    """`read` gives a typed line, None at the end; `write` shows one."""

    def __init__(
        self,
        service: Service,
        store: Store,
        clock: Callable[[], datetime],
        files: Path,
        read: ReadLine,
        write: Callable[[str], None],
        *,
        language: str = "",
        styled: bool = False,
    ) -> None:
        self._service, self._store, self._clock, self._files = service, store, clock, files
        self._read, self._write = read, write
        self._language, self._styled = language, styled
        self._buttons: tuple[Button, ...] = ()
        self._nonce = 0

    async def talk(self) -> None:
        """Talk until the input ends."""
        await self._hear(Command("start"))
        while (line := await self._read()) is not None:
            if line.strip():
                await self._hear(self._cause(line))

    def _cause(self, line: str) -> Cause:
        """What a typed line is: a number taps a button, a slash is a command."""
        body = line.strip()
        number = int(body) if body.isascii() and body.isdigit() and len(body) <= 3 else 0
        if 0 < number <= len(self._buttons):
            return Tap(self._buttons[number - 1].action, self._nonce)
        if body.startswith("/") and len(body) > 1 and body[1].isalpha():
            name, _, argument = body[1:].partition(" ")
            return Command(name.lower(), argument)
        return Text(body)

    async def _hear(self, cause: Cause) -> None:
        key = uuid4().hex
        turn = Turn(key, CHANNEL, CHAT, PERSON, self._clock(), cause, self._language, key)
        try:
            await self._service.run([turn])
            await self._deliver()
        except StoreError as problem:
            # Nothing was stored, so nothing may look as if it were.
            self._write(f"amorce: {problem}")

    async def _deliver(self) -> None:
        while letters := await self._store.next_letters([ADDRESS]):
            mark = Mark(letters[0], "sent")
            try:
                self._show(letters[0].message)
            except OSError as problem:
                # Left in the outbox it would stop every later start as well.
                mark = Mark(letters[0], "failed", error=type(problem).__name__)
                self._write(f"amorce: a file could not be written ({problem.strerror}).")
            await self._store.mark([mark])

    def _show(self, message: Message) -> None:
        self._write("")
        for line in words(message, self._styled):
            self._write(line)
        if message.file:
            self._write(f"  -> {self._kept(message.file)}")
        if message.buttons:
            self._buttons, self._nonce = message.buttons, message.nonce
            for line in numbers(message):
                self._write(line)

    def _kept(self, file: File) -> Path:
        self._files.mkdir(parents=True, exist_ok=True)
        path = self._files / f"{self._clock():%Y%m%d-%H%M%S}-{Path(file.name).name}"
        # What a founder told is for their eyes, also on a machine shared with others.
        path.touch(mode=0o600)
        path.write_text(file.text, encoding="utf-8")
        return path


def words(message: Message, styled: bool = False) -> list[str]:
    """The lines of a message as a terminal shows them."""
    lines = _styled(message.html, styled).split("\n")
    return [textwrap.fill(line, WIDTH, subsequent_indent="  ") if line else "" for line in lines]


def numbers(message: Message) -> list[str]:
    """The buttons of a message, each with the number that taps it."""
    return [_numbered(number, button.label) for number, button in enumerate(message.buttons, 1)]


def _numbered(number: int, label: str) -> str:
    """A button with the number that taps it, which some labels bring along."""
    bare = label.removeprefix("✓ ")
    if bare == str(number) or bare.startswith(f"{number}. "):
        return f"  {label.rjust(2) if bare == label else label}"
    return f"  {number:>2}  {label}"


def _styled(text: str, styled: bool) -> str:
    """Simple HTML as terminal text."""

    def mark(found: re.Match[str]) -> str:
        end, name = found.groups()
        if not styled:
            return ""
        return PLAIN if end else (BOLD if name == "b" else ITALIC)

    return html.unescape(TAG.sub(mark, LINK.sub(r"\2: \1", text)))


def prompt() -> ReadLine:
    """Lines typed by a person, with history and editing; plain lines where input is piped."""
    if not sys.stdin.isatty():
        return _piped
    from prompt_toolkit import PromptSession
    from prompt_toolkit.patch_stdout import patch_stdout

    session: PromptSession[str] = PromptSession("\n> ")

    async def read() -> str | None:
        try:
            with patch_stdout():
                return await session.prompt_async()
        except (EOFError, KeyboardInterrupt):
            return None

    return read


async def _piped() -> str | None:
    """A line of a file or pipe; shown, so that what is printed reads as a talk."""
    line = await asyncio.to_thread(sys.stdin.readline)
    if line.strip():
        sys.stdout.write(f"\n> {line.strip()}\n")
    return line if line else None
