"""The one writing connection and its read-only sisters, each on a thread of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite

from bot.store.errors import StoreError

T = TypeVar("T")

# What SQLite says when one row is at fault, not the disk: the turn's own mistake.
ROW_FAULTS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)

WRITER_PRAGMAS = (
    "journal_mode=WAL",
    # Safe after a power cut, not only after a crash: what we confirm to a channel stays.
    "synchronous=FULL",
    "foreign_keys=ON",
    # Deleted words are overwritten with zeros.
    "secure_delete=ON",
    "busy_timeout=5000",
    "temp_store=MEMORY",
)
READER_PRAGMAS = ("query_only=ON", "busy_timeout=5000", "temp_store=MEMORY", "wal_autocheckpoint=0")


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that also runs a whole function on its thread, in one hop."""

    async def run(self, body: Callable[[sqlite3.Connection], T]) -> T:
        """`body(connection)`; a caller that is cancelled does not stop it half-way."""
        # aiosqlite has no public name for this; statement by statement a turn costs ten hops.
        return cast("T", await self._execute(body, self._conn))  # type: ignore[no-untyped-call]


@contextmanager
def faults() -> Iterator[None]:
    """Turns SQLite's complaints about the database itself into StoreError."""
    try:
        yield
    except ROW_FAULTS:
        raise
    except sqlite3.Error as error:
        raise StoreError(f"The database cannot be used just now: {error}.") from error


async def open_writer(path: Path) -> Connection:
    """The connection that writes and checkpoints; WAL and full syncing are asserted."""
    writer = await _opened(path, WRITER_PRAGMAS)
    mode = await writer.run(lambda db: db.execute("PRAGMA journal_mode").fetchone()[0])
    level = await writer.run(lambda db: db.execute("PRAGMA synchronous").fetchone()[0])
    if (mode, level) != ("wal", 2):
        await writer.close()
        raise StoreError(f"{path} is on a disk that cannot keep a write-ahead log safely.")
    return writer


async def open_reader(path: Path) -> Connection:
    return await _opened(path, READER_PRAGMAS)


async def _opened(path: Path, pragmas: tuple[str, ...]) -> Connection:
    connection = Connection(
        lambda: sqlite3.connect(path, isolation_level=None, cached_statements=256), 64
    )
    with faults():
        await connection
        try:
            await connection.run(lambda db: [db.execute(f"PRAGMA {p}") for p in pragmas] and None)
        except BaseException:
            await connection.close()
            raise
    return connection


def transaction(db: sqlite3.Connection, body: Callable[[], T]) -> T:
    """`body()` between BEGIN IMMEDIATE and COMMIT; anything raised undoes it all."""
    db.execute("BEGIN IMMEDIATE")
    try:
        result = body()
        db.execute("COMMIT")
    finally:
        # A full disk has rolled back by itself; a second ROLLBACK would raise.
        if db.in_transaction:
            db.execute("ROLLBACK")
    return result
