"""Telegram misbehaves: delivered in order in the end, or given up for a stated reason."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest

from bot.channels.redact import Redacting
from bot.channels.telegram.poller import TokenRefusedError
from tests.channels.telegram.conftest import Running, running
from tests.standin.faults import Fault
from tests.standin.founder import Founder
from tests.standin.server import StandIn


async def until(true: Callable[[], bool], patience: float = 20.0) -> None:
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def status(bot: Running, chat: str) -> list[tuple[str, str]]:
    sql = "SELECT status, coalesce(last_error, '') FROM outbox WHERE chat = ? ORDER BY id"
    return await bot.store.read(lambda db: db.execute(sql, (chat,)).fetchall())


async def test_order_in_a_chat_survives_every_kind_of_fault(bot: Running, api: StandIn) -> None:
    founders = [Founder(api, 100 + n) for n in range(6)]
    for founder in founders:
        founder.say("/yes")
        await founder.wait_reply()
    api.faults.seed = 7
    api.faults.kinds = ("500", "502", "drop_before", "drop_after")
    api.faults.shares = {"sendmessage": 0.3, "getupdates": 0.2}
    for n in range(12):
        for founder in founders:
            founder.say(f"word {n}")
    wanted = [f"heard {n}" for n in range(1, 13)]
    await until(lambda: all(f"heard {12}" in f.texts for f in founders), 40)
    for founder in founders:
        heard = [t for t in founder.texts if t.startswith("heard")]
        assert list(dict.fromkeys(heard)) == wanted
        # Duplicates (the answer was lost on its way) stand side by side, never out of order.
        assert sorted(heard, key=lambda t: int(t.split()[1])) == heard


async def test_retry_after_is_never_undercut_and_delays_no_other_chat(
    bot: Running, api: StandIn
) -> None:
    slow, quick = Founder(api, 1), Founder(api, 2)
    api.faults.script.append(Fault("sendmessage", "429", chat="1", seconds=2))
    slow.say("/yes")
    await until(lambda: "1" in api.state.not_before)
    began = time.monotonic()
    slow.say("one")
    quick.say("/yes")
    await quick.wait_reply()
    assert time.monotonic() - began < 1
    await slow.wait_reply(2)
    assert slow.texts == ["yes", "heard 1"]
    assert time.monotonic() - began > 1.5
    # `api` ends with a look at its list of broken rules: an early call would be on it.


async def test_patience_asked_for_outlives_a_restart(api: StandIn, tmp_path: Path) -> None:
    awa = Founder(api)
    async with running(api, tmp_path / "a.db"):
        api.faults.script.append(Fault("sendmessage", "429", chat=awa.chat, seconds=2))
        awa.say("/yes")
        await until(lambda: awa.chat in api.state.not_before)
    async with running(api, tmp_path / "a.db"):
        await awa.wait_reply()


async def test_patience_asked_for_in_two_chats_is_taken_for_all(bot: Running, api: StandIn) -> None:
    founders = [Founder(api, n) for n in (1, 2, 3)]
    api.faults.script += [Fault("sendmessage", "429", chat=str(n), seconds=2) for n in (1, 2)]
    founders[0].say("/yes")
    founders[1].say("/yes")
    await until(lambda: {"1", "2"} <= set(api.state.not_before))
    api.state.hold("", 1.5)
    await asyncio.sleep(0.1)
    founders[2].say("/yes")
    await founders[2].wait_reply()


async def test_one_who_blocked_the_bot_is_given_up_and_nobody_else(
    bot: Running, api: StandIn
) -> None:
    gone, here = Founder(api, 1), Founder(api, 2)
    api.state.blocked.add("1")
    gone.say("/yes")
    here.say("/yes")
    await here.wait_reply()
    await until_async(bot, "1", "failed")
    assert await status(bot, "1") == [("failed", "Forbidden: bot was blocked by the user")]


async def until_async(bot: Running, chat: str, wanted: str) -> None:
    for _ in range(500):
        if [s for s, _ in await status(bot, chat)] == [wanted]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(await status(bot, chat))


async def test_a_chat_that_is_gone_is_given_up(bot: Running, api: StandIn, awa: Founder) -> None:
    del api.state.chats[awa.chat]
    awa.say("/yes")
    await until_async(bot, awa.chat, "failed")
    assert await status(bot, awa.chat) == [("failed", "Chat not found")]


async def test_what_was_sent_does_not_stay_in_the_outbox(bot: Running, awa: Founder) -> None:
    awa.say("/yes")
    await awa.wait_reply()
    await until_async(bot, awa.chat, "sent")
    rows = await bot.store.read(
        lambda db: db.execute("SELECT message, message_id FROM outbox").fetchall()
    )
    assert rows == [("", str(awa.messages[0].id))]


async def test_an_endpoint_that_keeps_failing_gets_one_call_a_second(
    bot: Running, api: StandIn
) -> None:
    founders = [Founder(api, 100 + n) for n in range(30)]
    api.faults.shares = {"sendmessage": 1.0}
    api.faults.kinds = ("500",)
    for founder in founders:
        founder.say("/yes")
    await asyncio.sleep(4.5)
    times = [c.at for c in api.state.calls if c.method == "sendmessage"]
    late = [t for t in times if t > times[0] + 1.5]
    assert len(late) >= 2
    assert all(after - before > 0.9 for before, after in pairwise(late))
    api.faults.shares = {}
    for founder in founders:
        await founder.wait_reply(patience=50)


async def test_a_poll_that_keeps_failing_backs_off(bot: Running, api: StandIn) -> None:
    await until(lambda: any(c.method == "getupdates" for c in api.state.calls))
    api.faults.shares = {"getupdates": 1.0}
    api.faults.kinds = ("502",)
    before = len(api.state.calls)
    awa = Founder(api)
    awa.say("/yes")
    await asyncio.sleep(3)
    assert len(api.state.calls) - before <= 5
    api.faults.shares = {}
    await awa.wait_reply()


async def test_json_that_is_not_the_apis_is_waited_out(
    api: StandIn, tmp_path: Path, awa: Founder
) -> None:
    methods = ("getme", "getupdates", "sendmessage")
    api.faults.script += [Fault(method, "foreign") for method in methods]
    awa.say("/yes")
    async with running(api, tmp_path / "a.db"):
        assert (await awa.wait_reply()).text == "yes"
    assert not [fault for fault in api.faults.script if fault.times]


async def test_a_revoked_token_ends_it_with_one_clear_line(api: StandIn, tmp_path: Path) -> None:
    async def revoke() -> None:
        async with running(api, tmp_path / "a.db"):
            await until(lambda: any(c.method == "getupdates" for c in api.state.calls))
            api.state.revoked = True
            # The poll under way ends; the next one is refused.
            Founder(api).say("hello")
            await until(lambda: [c.method for c in api.state.calls].count("getupdates") > 1)

    with pytest.raises(TokenRefusedError, match="does not accept the token") as caught:
        await revoke()
    assert api.token not in str(caught.value)


async def test_a_second_poller_is_waited_out(bot: Running, api: StandIn, awa: Founder) -> None:
    await until(lambda: any(c.method == "getupdates" for c in api.state.calls))
    async with aiohttp.ClientSession() as session:
        await session.post(f"{api.url}/bot{api.token}/getUpdates", json={"timeout": 0})
    awa.say("/yes")
    assert (await awa.wait_reply()).text == "yes"


async def test_a_poison_is_set_aside_and_the_others_are_served(
    bot: Running, api: StandIn, awa: Founder
) -> None:
    kofi = Founder(api, 7)
    awa.say("/yes")
    message = {"message_id": 5, "chat": kofi.place, "from": kofi.person, "text": "no date"}
    api.state.push(message=message)
    api.state.push(message="not even an object")
    awa.say("still here")
    await awa.wait_reply(2)
    await kofi.wait_reply()
    assert (awa.texts, kofi.texts) == (["yes", "heard 1"], ["sorry fr"])
    count = await bot.store.read(lambda db: db.execute("SELECT count(*) FROM set_aside").fetchone())
    assert count == (2,)


async def test_no_log_line_holds_the_token(
    api: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    awa = Founder(api)
    api.faults.script += [Fault("sendmessage", kind) for kind in ("500", "502", "drop_before")]
    async with running(api, tmp_path / "a.db"):
        awa.say("/yes")
        await awa.wait_reply()
    shown = Redacting([api.token])
    ours = [r for r in caplog.records if r.name.startswith("bot.")]
    assert ours
    assert not any(api.token in r.getMessage() for r in ours)
    assert not any(api.token in shown.format(r) for r in caplog.records)


async def test_a_full_disk_is_told_once_and_every_message_is_answered_later(
    bot: Running, api: StandIn, awa: Founder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.poller.TRY_DISK", 0.3)
    awa.say("/yes")
    await awa.wait_reply()
    await until_async(bot, awa.chat, "sent")
    pages = await bot.store.write(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    limit = "PRAGMA max_page_count = {}"
    await bot.store.write(lambda db: db.execute(limit.format(pages)).fetchone())
    awa.say("x" * 4000)
    awa.say("y" * 4000)
    awa.say("z" * 4000)
    assert (await awa.wait_reply()).text == "full fr"
    await asyncio.sleep(1)
    assert awa.texts == ["yes", "full fr"]
    await bot.store.write(lambda db: db.execute(limit.format(10_000)).fetchone())
    await awa.wait_reply(3)
    assert awa.texts == ["yes", "full fr", "heard 1", "heard 2", "heard 3"]
