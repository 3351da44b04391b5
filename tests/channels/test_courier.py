"""The courier without a wire: order, several chats at once, and a disk that fails meanwhile."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.courier import Courier
from bot.channels.delivery import Delivery, Refused, Sent, Unclear, Wait
from bot.channels.pace import Pace, backoff
from bot.core.message import Message
from bot.store.outbox import Letter
from bot.store.store import Store

Send = Callable[[Letter], Awaitable[Delivery]]


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path / "a.db")
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def post(store: Store, chat: str, *texts: str) -> None:
    await store.batch(
        now(),
        lambda batch: batch.post(
            ("wire", chat), f"{chat}{texts[0]}", [Message(t) for t in texts], "talk"
        ),
    )


async def until(store: Store, status: str, count: int) -> None:
    sql = "SELECT count(*) FROM outbox WHERE status = ?"
    # The courier tells nobody but the database.
    while (await store.read(lambda db: db.execute(sql, (status,)).fetchone()))[0] != count:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def working(
    store: Store, send: Send, chats_at_once: int = 16
) -> Callable[[], Awaitable[None]]:
    """A courier at work on what is there; returns how to stop it."""
    courier = Courier(store, {"wire": send}, now, chats_at_once)
    stop = asyncio.Event()
    task = asyncio.create_task(courier.run(stop))

    async def end() -> None:
        stop.set()
        await task

    return end


async def test_what_lay_there_at_the_start_is_sent_in_order(store: Store) -> None:
    sent: list[str] = []

    async def send(letter: Letter) -> Delivery:
        sent.append(letter.message.html)
        return Sent(str(len(sent)))

    await post(store, "1", "a", "b", "c")
    end = await working(store, send)
    await until(store, "sent", 3)
    await end()
    assert sent == ["a", "b", "c"]


async def test_chats_overlap_but_never_two_letters_of_one(store: Store) -> None:
    under_way: list[str] = []
    most = 0

    async def send(letter: Letter) -> Delivery:
        nonlocal most
        assert letter.chat not in under_way
        under_way.append(letter.chat)
        most = max(most, len(under_way))
        await asyncio.sleep(0.02)
        under_way.remove(letter.chat)
        return Sent()

    for chat in range(9):
        await post(store, str(chat), "a", "b")
    end = await working(store, send, chats_at_once=4)
    await until(store, "sent", 18)
    await end()
    assert most == 4


async def test_a_letter_in_parts_goes_on_where_it_was(store: Store) -> None:
    parts: list[int] = []

    async def send(letter: Letter) -> Delivery:
        parts.append(letter.part)
        if parts == [0, 1]:
            return Unclear("lost")
        return Sent(more=letter.part < 2)

    await post(store, "1", "long")
    end = await working(store, send)
    await until(store, "sent", 1)
    await end()
    assert parts == [0, 1, 1, 2]


async def test_a_bug_in_a_sender_holds_up_one_chat_only(store: Store) -> None:
    async def send(letter: Letter) -> Delivery:
        if letter.chat == "1":
            raise ZeroDivisionError
        return Sent()

    await post(store, "1", "a")
    await post(store, "2", "b")
    end = await working(store, send)
    await until(store, "sent", 1)
    await end()


async def test_a_letter_no_sender_can_take_is_given_up_and_the_next_one_sent(store: Store) -> None:
    async def send(letter: Letter) -> Delivery:
        if letter.message.html == "a":
            raise ValueError
        return Sent()

    await post(store, "1", "a", "b")
    end = await working(store, send)
    await until(store, "sent", 1)
    await until(store, "failed", 1)
    await end()


async def test_what_is_refused_makes_way_for_the_next(store: Store) -> None:
    async def send(letter: Letter) -> Delivery:
        return Refused("no") if letter.message.html == "a" else Sent()

    await post(store, "1", "a", "b")
    end = await working(store, send)
    await until(store, "sent", 1)
    await until(store, "failed", 1)
    await end()


async def test_what_was_sent_but_could_not_be_marked_is_not_sent_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.courier.TRY_DISK", 0.1)
    sent: list[str] = []
    arrived = asyncio.Event()

    async def send(letter: Letter) -> Delivery:
        sent.append(letter.message.html)
        if not arrived.is_set():
            # While this letter is on its way, the table can no longer be written.
            await store.write(lambda db: db.execute(BREAK) and None)
            arrived.set()
        return Sent()

    await post(store, "1", "a", "b")
    end = await working(store, send)
    await arrived.wait()
    await asyncio.sleep(0.5)
    assert sent == ["a"]
    await store.write(lambda db: db.execute("DROP TRIGGER broken") and None)
    await until(store, "sent", 2)
    await end()
    assert sent == ["a", "b"]


BREAK = """CREATE TRIGGER broken BEFORE UPDATE ON outbox
BEGIN SELECT no_such_function(); END"""


def test_the_wait_after_failures_grows_to_a_minute() -> None:
    assert [backoff(n) for n in (0, 1, 2, 6, 7, 50)] == [0.5, 1, 2, 32, 60, 60]


def test_one_chat_asked_to_wait_waits_alone_and_two_stand_for_all() -> None:
    pace = Pace()
    pace.asked_to_wait(("wire", "1"), 30.0, 0.0)
    assert pace.ready_at(("wire", "2")) == 0
    pace.asked_to_wait(("wire", "2"), 10.0, 1.0)
    assert pace.ready_at(("wire", "3")) == 30.0
    assert pace.ready_at(("other", "1")) == 0


async def test_a_row_that_cannot_be_read_stops_nobody(store: Store) -> None:
    await post(store, "a", "one")
    await store.write(lambda db: db.execute("UPDATE outbox SET message = '[1'"))
    await post(store, "b", "two")

    async def send(letter: Letter) -> Delivery:
        return Sent("1") if letter.message.html else Refused("empty")

    end = await working(store, send)
    await until(store, "failed", 1)
    await until(store, "sent", 1)
    await end()


async def test_a_wait_beyond_all_dates_leaves_other_chats_served(store: Store) -> None:
    await post(store, "a", "one")
    await post(store, "b", "two")

    async def send(letter: Letter) -> Delivery:
        return Wait(1e12) if letter.chat == "a" else Sent("1")

    end = await working(store, send)
    await until(store, "sent", 1)
    sql = "SELECT next_at FROM outbox WHERE status = 'pending'"
    while not (await store.read(lambda db: db.execute(sql).fetchone()))[0]:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await end()


def began(
    pace: Pace, chats: Iterable[str], channel: str = "telegram", way: float = 0.0
) -> list[float]:
    """When a message to each of `chats` may be sent, each as early as it may."""
    times, now = [], 100.0
    for chat in chats:
        now = max(now, pace.ready_at((channel, chat)))
        pace.started((channel, chat), now)
        pace.ended((channel, chat), now + way)
        times.append(now)
    return times


@pytest.mark.parametrize("way", [0.0, 0.08, 0.7])
def test_no_second_has_more_than_thirty_messages_wherever_they_were_held_up(way: float) -> None:
    times = began(Pace(), (str(n) for n in range(200)), way=way)
    assert times[29] == 100.0
    for late in (0.0, way):
        for first in times:
            arrived = [at + (late if at < first + 0.5 else 0.0) for at in times]
            assert sum(first <= at < first + 1 for at in arrived) <= 30
    assert times[-1] - times[0] < 200 / 30 * (1 + way) + 1


def test_no_message_waits_while_there_is_room() -> None:
    pace = Pace()
    for n in range(29):
        pace.started(("telegram", str(n)), 100.0)
    assert pace.ready_at(("telegram", "29")) == 0
    pace.started(("telegram", "29"), 100.0)
    # Nobody knows yet when these thirty arrive.
    assert pace.ready_at(("telegram", "30")) == math.inf
    pace.ended(("telegram", "3"), 100.5)
    assert pace.ready_at(("telegram", "30")) == 101.5


def test_a_group_gets_twenty_messages_a_minute_and_others_go_on() -> None:
    pace = Pace()
    times = began(pace, ["-100"] * 21)
    assert times[19] == 100.0
    assert times[20] == 160.0
    assert pace.ready_at(("telegram", "7")) < 102


def test_a_channel_without_limits_has_none() -> None:
    assert set(began(Pace(), (str(n % 3) for n in range(500)), "wire")) == {100.0}


async def test_a_single_answer_goes_before_what_goes_to_a_whole_room(store: Store) -> None:
    sent: list[str] = []

    async def send(letter: Letter) -> Delivery:
        sent.append(letter.chat)
        if len(sent) == 1:
            await post(store, "alone", "answer")
            courier.wake({("wire", "alone")})
        return Sent()

    courier = Courier(store, {"wire": send}, now, chats_at_once=2)
    room = [str(n) for n in range(40)]
    for chat in room:
        await post(store, chat, "question")
    stop = asyncio.Event()
    task = asyncio.create_task(courier.run(stop))
    await until(store, "sent", 41)
    stop.set()
    await task
    assert sent.index("alone") < 6
    assert sorted(sent) == sorted([*room, "alone"])
