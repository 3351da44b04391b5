"""Migrations give exactly the tables of the schema; a newer database is left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.store.errors import BrokenDatabaseError, NewerDatabaseError, StoreError
from bot.store.migrate import REVISIONS, copy_aside, migrate, revision
from bot.store.schema import TRIGGERS, metadata

VERSIONS = Path("bot/store/migrations/versions")


def said(db: sqlite3.Connection) -> set[str]:
    """Every statement that made the database, in one spelling."""
    found = db.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'"
    )
    return {" ".join(sql.split()).replace("( ", "(").replace(" )", ")") for (sql,) in found}


def test_migrations_give_what_the_schema_says(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrations_give_the_same_text_down_to_checks_and_triggers(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'b.db'}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for trigger in TRIGGERS:
            connection.exec_driver_sql(trigger)
    engine.dispose()
    migrated, made = sqlite3.connect(tmp_path / "a.db"), sqlite3.connect(tmp_path / "b.db")
    assert said(migrated) == said(made)
    migrated.close()
    made.close()


def test_the_list_of_revisions_is_that_of_the_files() -> None:
    assert [p.name[:4] for p in sorted(VERSIONS.glob("[0-9]*.py"))] == list(REVISIONS)


def test_a_second_migration_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    migrate(path)
    before = path.read_bytes()
    migrate(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    migrate(path)
    db = sqlite3.connect(path)
    db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError, match=r"a\.db was written by a newer Amorce.*install"):
        migrate(path)
    assert path.read_bytes() == before


def test_a_migration_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    db = sqlite3.connect(path)
    # The last statements of the migration meet a table that is in their way.
    db.execute("CREATE TABLE conversation (x)")
    db.close()
    with pytest.raises(StoreError, match="already exists"):
        migrate(path)
    assert revision(path) is None
    db = sqlite3.connect(path)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("conversation",)]
    db.close()


def test_events_are_neither_changed_nor_deleted(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db")
    db = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    db.execute(
        "INSERT INTO event (conversation, turn, at, kind, data) VALUES ('c', 't', '', 'K', '{}')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        db.execute("UPDATE event SET kind = 'other'")
    with pytest.raises(sqlite3.IntegrityError, match="kept"):
        db.execute("DELETE FROM event")
    db.close()


@pytest.mark.parametrize("damage", ["noise", "torn"])
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.db"
    if damage == "noise":
        path.write_bytes(b"no database at all, only words. " * 200)
    else:
        migrate(path)
        whole = path.read_bytes()
        path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    before = path.read_bytes()
    with pytest.raises(BrokenDatabaseError, match=r"a\.db is damaged or no database.*backup"):
        migrate(path)
    assert path.read_bytes() == before


def test_a_copy_aside_is_whole_and_an_earlier_one_is_kept(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.db", tmp_path / "a.db.before"
    migrate(path)
    copy_aside(path, str(copy))
    assert revision(copy) == REVISIONS[-1]
    copy.write_bytes(b"the first copy")
    copy_aside(path, str(copy))
    assert copy.read_bytes() == b"the first copy"
