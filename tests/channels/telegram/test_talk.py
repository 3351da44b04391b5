"""A founder writes, the bot answers: once, in order, whatever happens on the way."""

from __future__ import annotations

from tests.channels.telegram.conftest import Running
from tests.standin.founder import Founder


async def test_a_message_is_answered(bot: Running, awa: Founder) -> None:
    awa.say("/yes")
    assert (await awa.wait_reply()).text == "yes"
    awa.say("water")
    reply = await awa.wait_reply()
    assert (reply.text, awa.buttons) == ("heard 1", ["Next"])
    awa.tap("Next")
    assert (await awa.wait_reply()).text == "tapped next"
