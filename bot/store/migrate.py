"""Brings a database to today's tables, all in one transaction, or refuses it untouched."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.store.connection import faults
from bot.store.errors import BrokenDatabaseError, NewerDatabaseError, StoreError

# Oldest first. A test holds this list to the files in `migrations/versions`.
REVISIONS = ("0001", "0002", "0003")


def migrate(path: Path, upto: str = REVISIONS[-1]) -> None:
    """Upgrades the database at `path`, making it if absent; blocking.

    Raises NewerDatabaseError when a newer Amorce wrote it, BrokenDatabaseError when it is no
    sound database; nothing is changed then. An older one is copied aside before it is upgraded.
    """
    with faults():
        check(path)
        found = revision(path)
        if found == upto:
            return
        if found is not None and found not in REVISIONS:
            raise NewerDatabaseError(
                f"The database {path} was written by a newer Amorce (tables {found}, this one "
                f"knows {REVISIONS[-1]}); install that version, or restore an older backup."
            )
        if found is not None:
            copy_aside(path, f"{path}.before-{upto}")
        _upgrade(path, upto)


def check(path: Path) -> None:
    """Reads the whole file once for damage; an absent or empty one is sound."""
    if not path.exists() or not path.stat().st_size:
        return
    db = sqlite3.connect(path)
    try:
        said = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        said = str(error)
    finally:
        db.close()
    said = said.splitlines()[0]
    if said != "ok":
        raise BrokenDatabaseError(
            f"{path} is damaged or no database ({said}). Restore a backup in its place, or move "
            "it away to begin with an empty one."
        )


def copy_aside(path: Path, copy: str) -> None:
    """A whole copy through SQLite itself; one that lies there from before is kept."""
    if Path(copy).exists():
        return
    db = sqlite3.connect(path)
    try:
        db.execute("VACUUM INTO ?", (copy,))
    finally:
        db.close()


def revision(path: Path) -> str | None:
    """The revision of the database at `path`; None when there are no tables yet."""
    if not path.exists():
        return None
    db = sqlite3.connect(path)
    try:
        tables = db.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
        if tables.fetchone() is None:
            return None
        found = db.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(found[0]) if found else None
    finally:
        db.close()


def _upgrade(path: Path, upto: str) -> None:
    # Here and not above: a start with nothing to migrate need not wait for these imports.
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config

    engine = sa.create_engine("sqlite://", creator=lambda: _opened(path), poolclass=sa.NullPool)
    # The driver opens no transaction for CREATE TABLE; said by hand it covers all revisions.
    sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, upto)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise StoreError(
                    f"The upgrade would leave {len(broken)} rows without their owner; "
                    "nothing was changed."
                )
    except sa.exc.DBAPIError as error:
        # Bare, so that a full disk is told as such and not as a page of the library's.
        raise (error.orig or error) from None
    finally:
        engine.dispose()


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    # Off, or a table rebuilt by a migration would delete the rows that refer to it.
    try:
        for pragma in ("foreign_keys=OFF", "journal_mode=WAL", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        db.close()
        raise
    return db
