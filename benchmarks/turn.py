"""A whole turn without the network: load, step, render, save, commit. CPU and wall time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.app import mind, now
from bot.core.turn import Cause, Command, Tap, Text, Turn
from bot.service.service import Service
from bot.store.store import Store

TURNS = 600
WORDS = ("L'eau de la vallée manque en été", "Trois communes et une coopérative", "Plus tard")


async def main() -> None:
    ready = mind()
    print(f"turn: {TURNS} turns of the real dialogs on SQLite (WAL, synchronous=FULL)")
    for size in (1, 10, 50):
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder) / "bench.db")
            await store.open()
            try:
                voice = ready.voice()
                service = Service(store, ready.step, voice, clock=now, secret=b"k" * 32)
                await _measure(service, store, size)
            finally:
                await store.close()


async def _measure(service: Service, store: Store, size: int) -> None:
    """Batches of `size` turns, each of another founder, as a busy poll brings them."""
    first: tuple[Cause, ...] = (Command("start"), Tap("fr", 1), Text("oui"))
    for cause in first:
        await service.run([_turn(cause, n, f"warm{cause}") for n in range(size)])
    causes = _causes()
    cpu, wall, done = time.process_time(), time.perf_counter(), 0
    while done < TURNS:
        cause = next(causes)
        await service.run([_turn(cause, n, str(done)) for n in range(size)])
        done += size
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    kept = await store.read(lambda db: db.execute("SELECT count(*) FROM outbox").fetchone()[0])
    print(
        f"  batches of {size:>2}: {cpu / done * 1000:6.2f} ms CPU, {wall / done * 1000:6.2f} ms"
        f" wall a turn; {done / wall:6.0f} turns/s; {kept / (done + 3 * size):.1f} messages a turn"
    )


def _causes() -> Iterator[Cause]:
    """What founders do all day: mostly words, now and then the menu."""
    while True:
        yield Command("menu")
        for word in WORDS:
            yield Text(word)
        yield Command("help")


def _turn(cause: Cause, person: int, key: str) -> Turn:
    who = str(4000 + person)
    at = datetime.now(UTC)
    return Turn(f"{key}-{person}", "telegram", who, who, at, cause, "fr", key)
