"""A founder writes, the bot answers: once, in order, whatever happens on the way."""

from __future__ import annotations

import time
from pathlib import Path

from bot.channels.telegram.run import Profile
from tests.channels.telegram.conftest import Running, running
from tests.channels.telegram.test_faults import until
from tests.standin.faults import Fault
from tests.standin.founder import Founder
from tests.standin.server import StandIn


async def test_a_message_is_answered(bot: Running, awa: Founder) -> None:
    awa.say("/yes")
    assert (await awa.wait_reply()).text == "yes"
    awa.say("water")
    reply = await awa.wait_reply()
    assert (reply.text, awa.buttons) == ("heard 1", ["Next"])
    awa.tap("Next")
    assert (await awa.wait_reply()).text == "tapped next"


async def test_an_export_arrives_to_read_and_as_a_file(bot: Running, awa: Founder) -> None:
    awa.say("/yes")
    awa.say("the river")
    awa.say("/export")
    await awa.wait_reply(5)
    name, content = awa.messages[-1].file or ("", b"")
    assert awa.texts[2:4] == ["export", "export 1 fr"]
    assert (name, b"the river" in content) == ("amorce.json", True)


async def test_a_long_message_arrives_in_parts_and_its_buttons_under_the_last(
    bot: Running, awa: Founder
) -> None:
    awa.say("/long")
    await awa.wait_reply(3)
    assert [len(m.buttons) for m in awa.messages] == [0, 0, 1]
    assert all(len(text) <= 4096 for text in awa.texts)


async def test_markup_that_telegram_refuses_is_sent_without_it(bot: Running, awa: Founder) -> None:
    awa.say("/crooked")
    assert (await awa.wait_reply()).text == "crooked & kept"


async def test_a_tap_is_acknowledged_with_what_floats(
    bot: Running, awa: Founder, api: StandIn
) -> None:
    awa.say("/yes")
    awa.say("water")
    await awa.wait_reply(2)
    awa.tap("next")
    await awa.wait_reply()
    await until(lambda: list(api.state.taps.values()) == ["toast 2"])


async def test_a_forged_tap_is_answered_and_does_nothing(
    bot: Running, awa: Founder, api: StandIn
) -> None:
    awa.press("v1.erase.1.AAAAAAAAAAA")
    assert (await awa.wait_reply()).text == "tapped"


async def test_a_bot_whose_profile_is_refused_talks_all_the_same(
    api: StandIn, tmp_path: Path, awa: Founder
) -> None:
    api.faults.script.append(Fault("setmydescription", "429", times=9, seconds=9000))
    profile = Profile({"": [("menu", "The menu")]}, {"": "An adviser"}, {"": "Short"})
    async with running(api, tmp_path / "a.db", profile):
        awa.say("/yes")
        await awa.wait_reply()
    assert [c.params for c in api.state.calls if c.method == "setmycommands"] == [
        {"commands": [{"command": "menu", "description": "The menu"}]}
    ]


async def test_a_stop_waits_for_no_answer_of_an_api_that_hangs(
    api: StandIn, tmp_path: Path
) -> None:
    api.faults.script.append(Fault("getme", "slow", seconds=30))
    async with running(api, tmp_path / "a.db"):
        await until(lambda: bool(api.state.calls))
        began = time.monotonic()
    assert time.monotonic() - began < 5
