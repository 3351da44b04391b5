"""A bot as a child process, a founder who talks to it, and kills at chosen instants."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.standin.founder import Founder
from tests.standin.server import StandIn

ECHO = (sys.executable, "-m", "tests.crash.echo_bot")
REAL = (sys.executable, "-m", "bot", "run")
OPENING = ("/start", "/yes")
PATIENCE = 30.0
# Instants of the protocol: a batch was handed over, its confirmation arrives (and is not yet
# taken), a send arrives, is applied, is answered.
POINTS = ("delivered", "confirming", "sending", "sent", "answered")


@dataclass(slots=True)
class Child:
    """The bot under test; `kill_at` arms one kill -9 at the next such instant."""

    command: Sequence[str]
    api: StandIn
    folder: Path
    process: asyncio.subprocess.Process | None = None
    armed: str = ""
    kills: int = 0
    log: Path = field(init=False)
    _calls: int = 0

    def __post_init__(self) -> None:
        self.log = self.folder / "log.txt"
        self.api.state.watch = self._instant

    @property
    def database(self) -> Path:
        return self.folder / "amorce.db"

    async def start(self) -> None:
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("AMORCE_")},
            "AMORCE_TELEGRAM_TOKEN": self.api.token,
            "AMORCE_TELEGRAM_API_URL": self.api.url,
            "AMORCE_DATA_DIR": str(self.folder),
            "AMORCE_LOG_LEVEL": "DEBUG",
            "AMORCE_PORT": "0",
        }
        self._calls = len(self.api.state.calls)
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command, env=environ, stdout=log, stderr=log
            )

    async def has_polled(self) -> None:
        """Until the process of the last `start` has asked for updates."""
        until = time.monotonic() + PATIENCE
        while not any(c.method == "getupdates" for c in self.api.state.calls[self._calls :]):
            assert time.monotonic() < until, self.log.read_text()[-3000:]
            await asyncio.sleep(0.01)

    def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)
            self.kills += 1

    def _instant(self, point: str) -> None:
        if point == self.armed:
            self.armed = ""
            self.kill()

    async def revive(self) -> None:
        """Starts the bot again if it lies dead."""
        if self.process is None or self.process.returncode is not None:
            await self.start()

    async def stop(self) -> int:
        """A graceful stop; its exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.terminate()
        return await self.process.wait()

    async def settle(self, updates: Sequence[int]) -> None:
        """Until these updates were served and every reply is out, however often it dies."""
        until = time.monotonic() + PATIENCE
        while not self._is_settled(updates):
            assert time.monotonic() < until, self.log.read_text()[-3000:]
            await self.revive()
            await asyncio.sleep(0.02)

    def _is_settled(self, updates: Sequence[int]) -> bool:
        if not self.database.exists() or self.armed:
            return False
        wanted = [str(u) for u in updates]
        try:
            seen = {key for (key,) in self.rows("SELECT key FROM seen")}
            left = self.rows("SELECT 1 FROM outbox WHERE status = 'pending' LIMIT 1")
        except sqlite3.OperationalError:
            return False
        return seen.issuperset(wanted) and not left

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        db = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()


@dataclass(frozen=True, slots=True)
class Record:
    """What a conversation left behind, duplicates of one message put together."""

    said: list[str]
    events: list[tuple[object, ...]]
    extra: int
    kills: int
    set_aside: int
    log: str


async def converse(
    command: Sequence[str], folder: Path, steps: int, kills: Sequence[str] = ()
) -> Record:
    """A founder's conversation of `steps` messages, with a kill at each one's instant."""
    async with StandIn() as api:
        founder = Founder(api)
        child = Child(command, api, folder)
        try:
            await child.start()
            for n in range(steps):
                child.armed = kills[n % len(kills)] if kills else ""
                await child.settle([_act(founder, n)])
            assert await child.stop() == 0, child.log.read_text()[-3000:]
        finally:
            child.kill()
        assert api.state.violations == []
        return _record(child, founder)


def _act(founder: Founder, n: int) -> int:
    """The n-th thing the founder does: the same for the same replies."""
    if n < len(OPENING):
        return founder.say(OPENING[n])
    if founder.buttons and n % 4:
        return founder.tap(founder.buttons[0])
    return founder.say(f"réponse {n}")


def _record(child: Child, founder: Founder) -> Record:
    said: list[str] = []
    for text in founder.texts:
        if not said or said[-1] != text:
            said.append(text)
    return Record(
        said,
        child.rows("SELECT kind, data FROM event ORDER BY id"),
        len(founder.texts) - len(said),
        child.kills,
        len(child.rows("SELECT 1 FROM set_aside")),
        child.log.read_text(),
    )
