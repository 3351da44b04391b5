"""What a person practised is kept with them, and small questions come when they are due."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import faces, handovers
from bot.store.batch import Batch
from tests.desk.world import START, Founder, World, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def rows(here: World, sql: str) -> list[tuple[Any, ...]]:
    return await here.store.read(lambda db: db.execute(sql).fetchall())


async def said(here: World) -> list[str]:
    found = await rows(here, "SELECT message FROM outbox ORDER BY id")
    return [json.loads(str(m)).get("html", "") for (m,) in found]


async def practised(here: World, name: str = "ruth", answers: int = 1) -> Founder:
    """Somebody who agreed and has looked at a few questions."""
    ruth = here.founder(name)
    await ruth.does("/start")
    await ruth.taps("yes")
    await ruth.does("/practice")
    await ruth.taps("about:mixed")
    for _ in range(answers):
        await ruth.does("I don't know")
        await ruth.taps("next")
    return ruth


async def wanting(here: World) -> Founder:
    """Somebody who wants small questions and rests at the menu."""
    ruth = await practised(here)
    await ruth.does("/practice")
    await ruth.taps("every:few_days")
    await ruth.does("/cancel")
    return ruth


async def pass_days(here: World, days: int) -> list[str]:
    """What is said by itself meanwhile."""
    before = len(await said(here))
    here.clock.pass_(days=days)
    await here.service.come_due()
    return (await said(here))[before:]


async def open_timers(here: World) -> list[str]:
    found = await rows(here, "SELECT due_at FROM timer WHERE fired_at IS NULL ORDER BY due_at")
    return [str(due)[:10] for (due,) in found]


async def test_what_was_practised_is_kept_and_goes_on_elsewhere(here: World) -> None:
    ruth = await practised(here, answers=2)
    [(person, cards, every)] = await rows(here, "SELECT person, cards, every FROM learning")
    assert (person, every) == (ruth.person, 0)
    known = json.loads(cards)["items"]
    assert len(known) == 2
    phone = here.founder("phone")
    await here.service.commit(lambda batch: faces.unite(batch, ruth.person, phone.person))
    here.clock.pass_(days=2)
    await phone.does("/start")
    await phone.does("/practice")
    await phone.taps("about:mixed")
    [(session,)] = await rows(here, "SELECT session FROM conversation WHERE chat = 'phone'")
    planned = json.loads(session)["frames"][-1]["data"]["sitting"]["items"]
    assert set(planned[:2]) == set(known)


async def test_of_somebody_who_has_not_agreed_nothing_is_kept(here: World) -> None:
    guest = here.founder("guest")
    await guest.does("/start")
    await guest.taps("no")
    await guest.does("/practice")
    await guest.taps("about:mixed")
    await guest.does("I don't know")
    assert await rows(here, "SELECT * FROM learning") == []


async def test_a_turn_that_practises_nothing_writes_nothing(here: World) -> None:
    ruth = await practised(here)
    [before] = await rows(here, "SELECT * FROM learning")
    here.clock.pass_(minutes=5)
    await ruth.does("/menu")
    assert await rows(here, "SELECT * FROM learning") == [before]


async def test_a_small_question_comes_every_few_days_until_it_is_switched_off(
    here: World,
) -> None:
    ruth = await wanting(here)
    assert await pass_days(here, 2) == []
    [question] = await pass_days(here, 1)
    assert "A small question, if you like" in question
    await ruth.does("I don't know")
    await ruth.taps("enough")
    assert len(await pass_days(here, 3)) == 1
    await ruth.taps("never")
    assert await open_timers(here) == []
    assert await pass_days(here, 30) == []


async def test_its_buttons_are_live_and_its_answer_is_kept(here: World) -> None:
    ruth = await wanting(here)
    await pass_days(here, 3)
    [(message,)] = await rows(here, "SELECT message FROM outbox ORDER BY id DESC LIMIT 1")
    action = json.loads(message)["buttons"][0]["action"]
    assert action == "pick:0"
    await ruth.taps(action)
    [(session,)] = await rows(here, "SELECT session FROM conversation")
    frame = json.loads(session)["frames"][-1]
    if frame["state"] == "question":
        # Of several right ones, or of an order, this was the first.
        await ruth.does("I don't know")
    [(cards,)] = await rows(here, "SELECT cards FROM learning")
    assert "unanswered" not in json.loads(cards)
    assert any(item["reps"] > 1 for item in json.loads(cards)["items"].values() if "reps" in item)


async def test_two_left_unanswered_are_the_last_ones(here: World) -> None:
    ruth = await wanting(here)
    assert [len(await pass_days(here, 3)) for _ in range(4)] == [1, 1, 0, 0]
    assert await open_timers(here) == []
    before = len(await said(here))
    await ruth.does("/menu")
    assert "stopped by themselves" in (await said(here))[before]


async def test_there_is_one_next_question_however_often_it_is_chosen(here: World) -> None:
    ruth = await wanting(here)
    for span in ("never", "few_days", "never", "few_days"):
        await ruth.does("/practice")
        await ruth.taps(f"every:{span}")
        here.clock.pass_(hours=1)
    assert await open_timers(here) == [str((START + timedelta(days=3)).date())]
    await ruth.does("/menu")
    assert len(await pass_days(here, 3)) == 1


async def test_while_a_question_is_open_nothing_is_said_and_it_comes_later(here: World) -> None:
    ruth = await wanting(here)
    await ruth.does("/intake")
    asked = await ruth.asked()
    assert await pass_days(here, 3) == []
    assert await ruth.asked() == asked
    assert await open_timers(here) == [str((START + timedelta(days=6)).date())]


async def test_while_staff_has_the_talk_nothing_is_said_and_it_comes_later(here: World) -> None:
    ruth = await wanting(here)

    def take(batch: Batch) -> None:
        handovers.own(batch.db, ruth.conversation, "telegram:tess")

    await here.service.commit(take)
    assert await pass_days(here, 3) == []
    assert await open_timers(here) == [str((START + timedelta(days=6)).date())]


async def test_a_small_question_served_twice_is_asked_once(here: World) -> None:
    await wanting(here)
    here.clock.pass_(days=3)
    before = len(await said(here))
    await here.service.come_due()
    await here.service.come_due()
    assert len(await said(here)) == before + 1


async def test_it_is_in_the_copy_and_gone_after_an_erasure(here: World) -> None:
    ruth = await wanting(here)
    await ruth.does("/export")
    files = [json.loads(m).get("file") for (m,) in await rows(here, "SELECT message FROM outbox")]
    [copy] = [json.loads(file["text"]) for file in files if file]
    [row] = copy["learning"]
    assert row["every"] == 3
    assert row["cards"]["items"]
    await ruth.does("/erase")
    await ruth.taps("erase_all")
    assert await rows(here, "SELECT * FROM learning") == []
    assert await open_timers(here) == []


async def test_where_two_become_one_the_later_answer_to_each_question_counts(
    here: World,
) -> None:
    def write(db: sqlite3.Connection) -> None:
        for person, every, items in (
            ("telegram:1", 0, {"a": "2027-01-01", "b": "2027-02-01"}),
            ("telegram:2", 3, {"b": "2027-01-15", "a": "2027-01-15", "c": "2027-01-01"}),
        ):
            cards = {"items": {item: sits(day, person) for item, day in items.items()}}
            db.execute(
                "INSERT INTO learning (person, cards, every, updated_at) VALUES (?, ?, ?, '')",
                (person, json.dumps(cards), every),
            )

    def sits(day: str, person: str) -> dict[str, Any]:
        at = f"{day}T00:00:00+00:00"
        return {"stability": float(person[-1]), "difficulty": 5.0, "due": at, "last_review": at}

    await here.store.write(write)
    await here.service.commit(lambda batch: faces.unite(batch, "telegram:1", "telegram:2"))
    [(person, cards, every)] = await rows(here, "SELECT person, cards, every FROM learning")
    assert (person, every) == ("telegram:1", 3)
    items = json.loads(cards)["items"]
    assert {name: item["stability"] for name, item in items.items()} == {"a": 2, "b": 1, "c": 2}
