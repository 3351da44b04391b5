"""The store: opens the database, writes through one connection, reads through another."""

from __future__ import annotations

import asyncio
import errno
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.store import outbox, rounds
from bot.store.batch import Address, Batch
from bot.store.connection import Connection, faults, open_reader, open_writer, transaction
from bot.store.errors import BrokenDatabaseError, StoreError
from bot.store.lock import Lock
from bot.store.migrate import migrate
from bot.store.staffing import IDLE, LONGEST
from bot.store.times import stamp

T = TypeVar("T")

log = logging.getLogger(__name__)

TRY_DISK = 5.0
# A transaction holds up everybody else: one that takes long is worth a line.
SLOW = 1.0
KEEP_SEEN = timedelta(days=3)
KEEP_SENT = timedelta(days=7)
KEEP_RAW = timedelta(hours=48)
# So long after a round its players can still come back to their results.
KEEP_PLAYERS = timedelta(days=30)


class Store:
    """One database file. `open` before use, `close` in a `finally`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock(path)
        self._turn = asyncio.Lock()
        self._writer: Connection | None = None
        self._reader: Connection | None = None
        # Of its own, so that no page of the desk makes a talk wait.
        self._looker: Connection | None = None

    async def open(self) -> None:
        """Takes the lock, migrates, connects.

        Raises AlreadyRunningError, NewerDatabaseError, or StoreError while the disk cannot be used.
        """
        self._lock.take()
        try:
            self._made()
            await asyncio.to_thread(migrate, self.path)
            self._writer = await open_writer(self.path)
            self._reader = await open_reader(self.path)
            self._looker = await open_reader(self.path)
        except BaseException:
            await self.close()
            raise

    def _made(self) -> None:
        """Makes the file, readable by its owner alone; SQLite gives its others the same rights."""
        try:
            self.path.touch(mode=0o600)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            kind = StoreError if full else BrokenDatabaseError
            raise kind(f"{self.path} cannot be written ({error.strerror}).") from None

    async def open_when_possible(self, stop: asyncio.Event) -> bool:
        """`open`, again and again while the disk is full; False when `stop` came first."""
        while not stop.is_set():
            try:
                await self.open()
            except StoreError as error:
                log.error("the database cannot be opened yet: %s", error)
                try:
                    async with asyncio.timeout(TRY_DISK):
                        await stop.wait()
                except TimeoutError:
                    continue
            else:
                return True
        return False

    async def close(self) -> None:
        """Checkpoints and lets go of the database; harmless when it is not open."""
        try:
            for reader in (self._reader, self._looker):
                if reader is not None:
                    await reader.close()
            if self._writer is not None:
                await self._writer.close()
        finally:
            self._reader = self._looker = self._writer = None
            self._lock.free()

    async def write(self, body: Callable[[sqlite3.Connection], T]) -> T:
        """`body(db)` in one transaction, alone, and whole even if the caller is cancelled."""
        return await asyncio.shield(self._write(body))

    async def _write(self, body: Callable[[sqlite3.Connection], T]) -> T:
        writer = _open(self._writer)
        async with self._turn:
            began = time.monotonic()
            with faults():
                result = await writer.run(lambda db: transaction(db, lambda: body(db)))
            if (took := time.monotonic() - began) > SLOW:
                log.warning("a transaction took %.1f s", took)
            return result

    async def batch(self, now: datetime, body: Callable[[Batch], T]) -> tuple[T, Batch]:
        """`body(batch)` in one transaction; returns its result and what the batch collected."""

        def work(db: sqlite3.Connection) -> tuple[T, Batch]:
            batch = Batch(db, now)
            return body(batch), batch

        return await self.write(work)

    async def read(self, body: Callable[[sqlite3.Connection], T]) -> T:
        """`body(db)` on the read-only connection."""
        with faults():
            return await _open(self._reader).run(body)

    async def look(self, body: Callable[[sqlite3.Connection], T]) -> T:
        """`body(db)` for a page that may take its time: read-only, beside the talks."""
        with faults():
            return await _open(self._looker).run(body)

    async def waiting(self) -> list[Address]:
        return await self.read(outbox.waiting)

    async def next_letters(self, chats: Iterable[Address]) -> list[outbox.Letter]:
        return await self.read(lambda db: outbox.next_letters(db, chats))

    async def mark(self, marks: Iterable[outbox.Mark]) -> None:
        """Writes down what became of several letters in one transaction."""
        await self.write(lambda db: outbox.mark(db, marks))

    async def wipe_log(self) -> None:
        """Empties the write-ahead log, where erased words would otherwise linger."""
        async with self._turn:
            for _ in range(50):
                with faults():
                    busy = await _open(self._writer).run(_truncate)
                if not busy:
                    return
                await asyncio.sleep(0.1)
        raise StoreError("The write-ahead log could not be emptied; something keeps reading.")

    async def tidy(self, now: datetime) -> None:
        """Lets go of what has done its work: old turn keys, sent rows, raw texts set aside,
        codes and sign-ins that are over, whoever played in a round long ago."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM seen WHERE at < ?", (stamp(now - KEEP_SEEN),))
            db.execute(
                "DELETE FROM outbox WHERE status IN ('sent', 'failed', 'cancelled')"
                " AND created_at < ?",
                (stamp(now - KEEP_SENT),),
            )
            db.execute(
                "UPDATE set_aside SET raw = '' WHERE raw <> '' AND at < ?",
                (stamp(now - KEEP_RAW),),
            )
            rounds.forget_players(db, now - KEEP_PLAYERS)
            db.execute("DELETE FROM ticket WHERE expires_at < ?", (stamp(now),))
            db.execute(
                "DELETE FROM signin WHERE seen_at < ? OR made_at < ?",
                (stamp(now - IDLE), stamp(now - LONGEST)),
            )

        await self.write(work)


def _open(connection: Connection | None) -> Connection:
    if connection is None:
        raise StoreError("The database is not open.")
    return connection


def _truncate(db: sqlite3.Connection) -> bool:
    return bool(db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
