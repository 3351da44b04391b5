"""A round over the wire: polls as Telegram takes them, and taps that wait for no message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.delivery import Delivery, Refused, Sent
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.run import Profile, Telegram
from bot.core.message import Button, Message, Poll
from bot.quiz.item import Item
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store import staffing
from bot.store.batch import Batch
from bot.store.outbox import Letter
from bot.store.players import Who
from tests.channels.telegram.conftest import SECRET, Running, now, running
from tests.channels.telegram.test_faults import until
from tests.service.talk import VOICE
from tests.standin.faults import Fault
from tests.standin.founder import Founder
from tests.standin.server import StandIn

POLL = Poll("Which sector?", ("Public <b>", "Private", "None"), (0,), "The state & nobody else.")


@pytest.fixture
async def telegram(api: StandIn) -> AsyncIterator[Telegram]:
    api.state.chats["-100"] = {"id": -100, "type": "supergroup", "title": "Room"}
    async with Telegram(api.token, api.url, SECRET, lambda _: "", now) as telegram:
        yield telegram


async def sent(telegram: Telegram, message: Message) -> Delivery:
    return await telegram.send(Letter(1, "telegram", "-100", message, 0, 0, ""))


async def test_a_poll_arrives_as_a_quiz_without_names_that_cannot_be_passed_on(
    telegram: Telegram, api: StandIn
) -> None:
    assert await sent(telegram, Message("", poll=POLL)) == Sent("1")
    [call] = api.state.calls
    assert call.method == "sendpoll"
    assert dict(call.params) == {
        "chat_id": "-100",
        "question": "Which sector?",
        "options": [{"text": "Public <b>"}, {"text": "Private"}, {"text": "None"}],
        "type": "quiz",
        "correct_option_ids": [0],
        "allows_multiple_answers": False,
        "is_anonymous": True,
        "protect_content": True,
        "explanation": "The state & nobody else.",
    }


async def test_a_poll_with_several_right_answers_lets_people_choose_several(
    telegram: Telegram, api: StandIn
) -> None:
    several = Poll("Which?", ("a", "b", "c"), (0, 2))
    assert await sent(telegram, Message("", poll=several)) == Sent("1")
    assert api.state.calls[0].params["allows_multiple_answers"] is True
    assert "explanation" not in api.state.calls[0].params


async def test_a_poll_that_telegram_refuses_is_given_up(telegram: Telegram) -> None:
    delivery = await sent(telegram, Message("", poll=Poll("x" * 301, ("a", "b"), (0,))))
    assert isinstance(delivery, Refused)


async def test_letters_stand_side_by_side(telegram: Telegram, api: StandIn) -> None:
    letters = tuple(Button(letter, f"q.a:ABC234:0:{letter}") for letter in "ABCD")
    await sent(telegram, Message("Which?", (*letters, Button("My result", "q.m:1"))))
    assert [len(row) for row in api.state.sent[0].rows] == [4, 1]


async def test_answers_to_a_poll_change_nothing_and_stop_nothing(
    bot: Running, api: StandIn, awa: Founder
) -> None:
    api.is_choosy = False
    for user in (awa.person, awa.person | {"id": 666}, None):
        api.state.push(poll_answer={"poll_id": "5", "user": user, "option_ids": [1]})
    awa.say("/yes")
    assert (await awa.wait_reply()).text == "yes"
    for table in ("set_aside", "reply", "player"):
        found = await bot.store.read(
            lambda db, t=table: db.execute(f"SELECT 1 FROM {t}").fetchall()  # noqa: S608
        )
        assert found == []


async def test_a_whole_room_of_taps_is_acknowledged_at_once_and_delays_no_message(
    bot: Running, api: StandIn, awa: Founder
) -> None:
    awa.say("/yes")
    await awa.wait_reply()
    api.faults.script.append(Fault("answercallbackquery", "slow", times=999, seconds=60))
    for n in range(70):
        Founder(api, 100 + n).press("not ours")
    await until(lambda: len(under_way(api)) >= 64)
    awa.say("water")
    await awa.wait_reply()
    assert set(api.state.taps.values()) == {None}


def under_way(api: StandIn) -> list[str]:
    return [call.method for call in api.state.calls if call.method == "answercallbackquery"]


async def test_a_tap_in_a_round_is_acknowledged_only_when_it_is_kept_however_long_that_takes(
    bot: Running, api: StandIn, awa: Founder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.poller.SLOW_COMMIT", 0.0)
    buttons = Buttons(SECRET)
    awa.press(buttons.carry(awa.chat, "q.a:ABC234:0:A", 0))
    await until(lambda: list(api.state.taps.values()) == ["round.no_code"])
    awa.press(buttons.carry(awa.chat, "next", 1))
    await until(lambda: list(api.state.taps.values())[1:] == [""])


async def test_no_tap_is_acknowledged_before_there_is_room_to_keep_it(
    bot: Running, api: StandIn, awa: Founder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.poller.TRY_DISK", 0.1)
    awa.say("/yes")  # before it nothing is kept, and so nothing fills the disk
    await awa.wait_reply()
    code = await asked(bot, awa)
    limit = "PRAGMA max_page_count = {}"
    pages = await bot.store.write(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await bot.store.write(lambda db: db.execute(limit.format(pages)).fetchone())
    for letter in "uvwxyz":  # the first ones may find room in free pages
        awa.say(letter * 4000)
    await until(lambda: "full fr" in awa.texts)
    awa.press(Buttons(SECRET).carry(awa.chat, f"q.a:{code}:0:B", 0))
    await until(lambda: len([c for c in api.state.calls if c.method == "getupdates"]) > 5)
    assert set(api.state.taps.values()) == {None}
    await bot.store.write(lambda db: db.execute(limit.format(10_000)).fetchone())
    await until(lambda: [str(said)[:12] for said in api.state.taps.values()] == ["round.kept B"])
    kept = await bot.store.read(lambda db: db.execute("SELECT choice FROM reply").fetchall())
    assert kept == [("[1]",)]


async def asked(bot: Running, awa: Founder) -> str:
    """The code of a round whose first question is open and in which `awa` plays."""
    item = Item("one", "single", {"fr": "Quoi ?"}, ({"fr": "a"}, {"fr": "b"}), (1,))

    def work(batch: Batch) -> str:
        staffing.grant(batch.db, "telegram:1", "Tess", "trainer", "test", batch.now)
        live = rounds.start(batch, "telegram:1", Settings(), [item])
        rounds.join(batch, live, Who(f"telegram:{awa.chat}", "telegram", "", "fr", "Awa"))
        return rounds.lead(batch, VOICE, live, "telegram:1", "next").code

    return await bot.service.commit(work)


async def test_groups_are_offered_the_commands_that_work_there(
    api: StandIn, tmp_path: Path
) -> None:
    profile = Profile({"": [("menu", "The menu")]}, {}, {}, {"fr": [("quiz", "Un quiz ici")]})
    async with running(api, tmp_path / "a.db", profile):
        await until(lambda: len(listed(api)) == 2)
    assert listed(api)[1] == {
        "commands": [{"command": "quiz", "description": "Un quiz ici"}],
        "scope": {"type": "all_group_chats"},
        "language_code": "fr",
    }


def listed(api: StandIn) -> list[dict[str, object]]:
    return [dict(c.params) for c in api.state.calls if c.method == "setmycommands"]
