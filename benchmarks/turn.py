"""A whole turn without the network: load, step, render, save, commit. CPU and wall time."""

from __future__ import annotations

import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.app import now
from bot.core.turn import Cause, Command, Tap, Text, Turn
from bot.mind import mind
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store.store import Store

FOUNDERS, TURNS = 50, 1000


async def main() -> None:
    ready = mind()
    print(f"turn: {TURNS} turns of the real dialogs on SQLite (WAL, synchronous=FULL)")
    for size in (1, 10, 50):
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder) / "bench.db")
            await store.open()
            try:
                voice, insight = ready.voice(Addresses()), ready.insight()
                service = Service(
                    store, ready.step, voice, clock=now, secret=b"k" * 32, insight=insight
                )
                await _measure(service, store, size)
            finally:
                await store.close()


async def _measure(service: Service, store: Store, size: int) -> None:
    """Batches of `size` turns, each of another founder, as a busy poll brings them."""
    await service.run([_turn(Command("start"), n, "start") for n in range(FOUNDERS)])
    cpu = wall = 0.0
    for done in range(0, TURNS, size):
        who = [(done + n) % FOUNDERS for n in range(size)]
        step = done // FOUNDERS + 1
        batch = [_turn(await _next(store, person, step), person, str(done)) for person in who]
        began_cpu, began = time.process_time(), time.perf_counter()
        await service.run(batch)
        cpu += time.process_time() - began_cpu
        wall += time.perf_counter() - began
    kept = await store.read(
        lambda db: db.execute(
            "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM event)"
        ).fetchone()
    )
    print(
        f"  batches of {size:>2}: {cpu / TURNS * 1000:5.2f} ms CPU, {wall / TURNS * 1000:5.2f} ms"
        f" wall a turn; {TURNS / wall:5.0f} turns/s; {kept[0]} messages, {kept[1]} events"
    )


async def _next(store: Store, person: int, done: int) -> Cause:
    """What the founder does next: mostly the first button, now and then words or the menu."""
    if done % 13 == 12:
        return Command("menu")
    who = _key(person)
    [session] = await store.read(
        lambda db: db.execute("SELECT session FROM conversation WHERE id = ?", (who,)).fetchone()
    )
    known = json.loads(session)
    choices = known.get("choices", [])
    if choices and done % 4:
        return Tap(choices[0], known["asked"])
    return Text("Trois communes, une coopérative et l'université de la vallée")


def _key(person: int) -> str:
    return f"telegram:{4000 + person}:{4000 + person}"


def _turn(cause: Cause, person: int, key: str) -> Turn:
    who = str(4000 + person)
    at = datetime.now(UTC)
    return Turn(f"{key}-{person}", "telegram", who, who, at, cause, "fr", key)
