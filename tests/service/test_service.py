"""A batch is one transaction, a turn one savepoint, and nothing happens twice."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.message import Message
from bot.core.session import World
from bot.core.turn import Command, Tap
from bot.service.arrivals import Spoilt
from bot.service.service import Service
from bot.store.errors import StoreError
from bot.store.store import Store
from tests.service.conftest import Clock
from tests.service.talk import INSIGHT, VOICE, step, turn


async def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return await store.read(lambda db: db.execute(sql).fetchall())


async def said(store: Store) -> list[str]:
    found = await rows(store, "SELECT message FROM outbox ORDER BY id")
    return [json.loads(str(m)).get("html", "") for (m,) in found]


async def test_a_turn_is_answered_and_kept(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"))])
    await service.run([turn("water"), turn("forest")])
    assert await said(store) == ["yes", "heard 1", "heard 2"]
    [(snapshot, version)] = await rows(store, "SELECT snapshot, version FROM case_file")
    assert [a["value"] for a in json.loads(str(snapshot))["answers"].values()] == [
        "water",
        "forest",
    ]
    assert version == 3
    kinds = await rows(store, "SELECT kind FROM event ORDER BY id")
    assert kinds == [("ConsentGiven",), ("SlotFilled",), ("SlotFilled",)]


async def test_a_redelivered_batch_is_absorbed(store: Store, service: Service) -> None:
    batch = [turn(Command("yes")), turn("water"), turn("forest")]
    await service.run(batch)
    await service.run(batch)
    await service.run([*batch, turn("river")])
    assert await said(store) == ["yes", "heard 1", "heard 2", "heard 3"]


async def test_a_batch_with_one_poison_serves_the_others(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"), person="1"), turn(Command("yes"), person="2")])
    batch = [turn("one", person="1"), turn("boom", person="2"), turn("two", person="1")]
    await service.run(batch)
    assert await said(store) == ["yes", "yes", "heard 1", "sorry fr", "heard 2"]
    [(raw, error)] = await rows(store, "SELECT raw, error FROM set_aside")
    assert json.loads(str(raw))["cause"] == {"body": "boom"}
    assert "ValueError at talk.py" in str(error)
    await service.run(batch)
    assert len(await said(store)) == 5


async def test_a_poisoned_turn_leaves_no_half_turn(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"))])
    await service.run([turn("one"), turn("boom"), turn("two")])
    assert await said(store) == ["yes", "heard 1", "sorry fr", "heard 2"]


async def test_a_turn_that_fails_after_writing_is_undone(store: Store, clock: Clock) -> None:
    def fails(_world: World, _language: str) -> tuple[Message, ...]:
        raise RuntimeError

    voice = replace(VOICE, export=fails)
    service = Service(store, step, voice, clock=clock, secret=b"k", insight=INSIGHT)
    await service.run([turn(Command("half")), turn("one")])
    assert await said(store) == ["sorry fr", "heard 1"]
    assert await rows(store, "SELECT 1 FROM person") == []
    assert await rows(store, "SELECT 1 FROM event") == []


async def test_a_turn_that_fails_at_its_very_end_is_undone(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"))])
    taken = "INSERT INTO outbox (dedupe_key, channel, chat, message, created_at)"
    await store.write(
        lambda db: db.execute(taken + " VALUES ('telegram:0:bad:0', 't', 'c', '{}', '')") and None
    )
    await service.run([turn("one"), turn("lost", key="bad"), turn("two")])
    assert await said(store) == ["yes", "", "heard 1", "sorry fr", "heard 2"]


async def test_an_error_in_a_poison_quotes_nothing_typed(store: Store, service: Service) -> None:
    await service.run([turn("boom MARKER")])
    [(raw, error)] = await rows(store, "SELECT raw, error FROM set_aside")
    assert "MARKER" not in str(raw) + str(error)


async def test_an_update_that_cannot_be_read_is_set_aside(store: Store, service: Service) -> None:
    spoilt = Spoilt("9", "telegram", {"update_id": 9, "x": "\udc00\x00"}, "TypeError", "7", "7")
    await service.run([spoilt, turn(Command("yes"))])
    await service.run([spoilt])
    assert await said(store) == ["sorry ", "yes"]
    assert len(await rows(store, "SELECT 1 FROM set_aside")) == 1


async def test_one_who_cannot_be_answered_is_set_aside_silently(
    store: Store, service: Service
) -> None:
    await service.run([Spoilt("9", "telegram", {"update_id": 9}, "TypeError")])
    assert await said(store) == []


async def test_a_toast_floats_where_the_turn_was_a_tap(store: Store, service: Service) -> None:
    [served] = await service.run([turn(Tap("next", 4))])
    assert [m.html for m in served.toasts] == ["toast 4"]
    assert await said(store) == ["tapped next"]


async def test_where_nothing_floats_a_toast_is_a_message(store: Store, clock: Clock) -> None:
    service = Service(store, step, VOICE, clock=clock, secret=b"k", insight=INSIGHT, toasts=())
    [served] = await service.run([turn(Tap("next", 4))])
    assert served.toasts == ()
    assert await said(store) == ["toast 4", "tapped next"]


async def test_an_error_of_the_database_fails_the_whole_batch(
    store: Store, service: Service
) -> None:
    await service.run([turn(Command("yes"))])
    await store.write(lambda db: db.execute("ALTER TABLE event RENAME TO elsewhere") and None)
    batch = [turn(Tap("next", 1)), turn("water")]
    with pytest.raises(StoreError):
        await service.run(batch)
    assert await said(store) == ["yes"]
    await store.write(lambda db: db.execute("ALTER TABLE elsewhere RENAME TO event") and None)
    await service.run(batch)
    assert await said(store) == ["yes", "tapped next", "heard 1"]


async def test_a_full_disk_changes_nothing_and_heals(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"))])
    pages = await store.write(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await store.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    batch = [turn("x" * 50_000)]
    with pytest.raises(StoreError, match="full"):
        await service.run(batch)
    await store.write(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchone())
    await service.run(batch)
    assert await said(store) == ["yes", "heard 1"]


async def test_a_cancelled_batch_is_whole_or_absent(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"))])
    batches = [[turn(f"a{n}"), turn(f"b{n}")] for n in range(30)]
    for n, batch in enumerate(batches):
        task = asyncio.create_task(service.run(batch))
        for _ in range(n % 4):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    for batch in batches:
        await service.run(batch)
    answers = [f"heard {n}" for n in range(1, 61)]
    assert await said(store) == ["yes", *answers]


async def test_batches_at_the_same_time_do_not_mix(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"), person=str(p)) for p in range(10)])
    batches = [
        service.run([turn("boom" if n % 3 == 0 else "fine", person=str(n % 10))]) for n in range(60)
    ]
    await asyncio.gather(*batches)
    assert len(await rows(store, "SELECT 1 FROM set_aside")) == 20
    assert len(await rows(store, "SELECT 1 FROM event")) == 50


async def test_a_restart_resumes_where_it_was(tmp_path: Path, clock: Clock) -> None:
    for n in range(3):
        store = Store(tmp_path / "amorce.db")
        await store.open()
        try:
            service = Service(store, step, VOICE, clock=clock, secret=b"k", insight=INSIGHT)
            await service.run([turn(Command("yes"), key="first"), turn("again")])
            assert (await said(store))[-1] == f"heard {n + 1}"
        finally:
            await store.close()


async def test_after_a_week_of_silence_ids_may_come_again(
    store: Store, service: Service, clock: Clock
) -> None:
    await service.run([turn(Command("yes"), key=5)])
    clock.pass_(days=5)
    await service.run([turn("same", key=5)])
    clock.pass_(days=6, seconds=1)
    await service.run([turn("anew", key=5)])
    assert await said(store) == ["yes", "heard 1"]
    assert await rows(store, "SELECT epoch FROM meta") == [(1,)]


async def test_the_language_chosen_before_agreeing_is_noted_of_the_person(
    store: Store, service: Service
) -> None:
    await service.run([replace(turn(Command("yes")), language="pt-BR")])
    assert await rows(store, "SELECT language FROM person") == [("fr",)]


async def test_two_members_of_a_team_write_one_case(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"), person="1")])

    def join(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO person (id, created_at) VALUES ('telegram:2', '2026')")
        db.execute(
            "INSERT INTO consent (person, text_version, at) SELECT 'telegram:2',"
            " text_version, at FROM consent"
        )
        db.execute(
            "INSERT INTO member (person, team, joined_at)"
            " SELECT 'telegram:2', team, joined_at FROM member"
        )

    await store.write(join)
    await service.run([turn("a", person="1"), turn("b", person="2"), turn("c", person="1")])
    assert (await said(store))[1:] == ["heard 1", "heard 2", "heard 3"]


async def test_what_has_done_its_work_is_let_go(
    store: Store, service: Service, clock: Clock
) -> None:
    await service.run([turn(Command("yes")), turn("boom")])
    await store.tidy(clock.now + timedelta(hours=49))
    assert await rows(store, "SELECT raw FROM set_aside") == [("",)]
    assert len(await rows(store, "SELECT 1 FROM seen")) == 2
    await store.tidy(clock.now + timedelta(days=4))
    assert await rows(store, "SELECT 1 FROM seen") == []
