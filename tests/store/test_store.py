"""One writer, safe to disk; one process; a claim that stays quick with a long queue."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.connection import open_reader, open_writer
from bot.store.errors import AlreadyRunningError, BrokenDatabaseError, StoreError
from bot.store.outbox import NEXT, WAITING
from bot.store.store import Store


async def test_the_writer_syncs_fully_and_overwrites_what_it_deletes(tmp_path: Path) -> None:
    writer = await open_writer(tmp_path / "a.db")
    names = ("synchronous", "journal_mode", "foreign_keys", "secure_delete", "busy_timeout")
    found = [
        await writer.run(lambda db, n=n: db.execute(f"PRAGMA {n}").fetchone()[0]) for n in names
    ]
    await writer.close()
    assert found == [2, "wal", 1, 1, 5000]


async def test_a_reader_cannot_write(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    await store.open()
    with pytest.raises(StoreError, match="readonly"):
        await store.read(lambda db: db.execute("DELETE FROM seen"))
    await store.close()


async def test_a_second_process_is_refused_with_one_line(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    await store.open()
    code = (
        "import asyncio, sys; from pathlib import Path; from bot.store.store import Store\n"
        "from bot.errors import BotError\n"
        "try: asyncio.run(Store(Path(sys.argv[1])).open())\n"
        "except BotError as e: sys.exit(str(e))"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(store.path), stderr=subprocess.PIPE
    )
    _, said = await other.communicate()
    await store.close()
    assert other.returncode == 1
    assert said.decode().count("\n") == 1
    assert "Another Amorce is using the database" in said.decode()


async def test_the_lock_is_free_again_after_closing(tmp_path: Path) -> None:
    for _ in range(2):
        store = Store(tmp_path / "a.db")
        await store.open()
        with pytest.raises(AlreadyRunningError):
            await Store(tmp_path / "a.db").open()
        await store.close()


async def test_no_word_reaches_a_store_that_is_not_open(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not open"):
        await Store(tmp_path / "a.db").waiting()


async def test_a_failed_write_leaves_no_open_transaction(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    await store.open()

    def fails(db: sqlite3.Connection) -> None:
        db.execute("UPDATE meta SET epoch = 9")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fails)
    assert await store.write(lambda db: db.execute("SELECT epoch FROM meta").fetchone()) == (0,)
    await store.close()


async def test_what_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("a shopping list, long enough to be looked at as a header" * 40)
    with pytest.raises(BrokenDatabaseError, match="damaged or no database"):
        await Store(tmp_path / "a.db").open()


async def test_a_start_on_a_full_disk_waits_until_there_is_space(tmp_path: Path) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STARTS_ON_FULL_DISK, str(tmp_path / "a.db"), stdout=subprocess.PIPE
    )
    said, _ = await child.communicate()
    assert said.decode().split() == ["waiting", "True"]


# A process that may not make any file longer stands for a disk without space.
STARTS_ON_FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from bot.store import store
store.TRY_DISK = 0.1
async def main():
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    kept = store.Store(Path(sys.argv[1]))
    opening = asyncio.create_task(kept.open_when_possible(asyncio.Event()))
    await asyncio.sleep(1.5)
    waiting = not opening.done()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    opened = await opening
    await kept.close()
    print("waiting" if waiting else "not waiting", opened)
asyncio.run(main())
"""


@pytest.fixture
async def crowded(tmp_path: Path) -> Path:
    store = Store(tmp_path / "a.db")
    await store.open()
    await store.write(
        lambda db: (
            db.executemany(
                "INSERT INTO outbox (dedupe_key, channel, chat, message, created_at, status)"
                " VALUES (?, 'telegram', ?, '{}', '', ?)",
                ((str(n), str(n % 997), "pending" if n % 3 else "sent") for n in range(100_000)),
            )
            and None
        )
    )
    await store.close()
    return store.path


async def test_the_claim_is_an_index_lookup_at_100_000_rows(crowded: Path) -> None:
    reader = await open_reader(crowded)
    [plan] = await reader.run(
        lambda db: db.execute(f"EXPLAIN QUERY PLAN {NEXT}", ("telegram", "5")).fetchall()
    )
    steps: list[int] = []

    def claim(db: sqlite3.Connection) -> None:
        db.set_progress_handler(lambda: steps.append(1), 1)
        db.execute(NEXT, ("telegram", "5")).fetchall()
        db.set_progress_handler(None, 0)

    await reader.run(claim)
    whole = await reader.run(lambda db: db.execute(f"EXPLAIN QUERY PLAN {WAITING}").fetchall())
    await reader.close()
    assert plan[3] == ("SEARCH outbox USING INDEX ix_outbox_pending_chat (channel=? AND chat=?)")
    assert len(steps) < 100
    assert "USING INDEX ix_outbox_pending_chat" in whole[0][3]
