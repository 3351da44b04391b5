"""Rounds in groups: brought by their host, played by taps and replies; warm-ups count nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.message import Poll
from bot.core.turn import Tap
from bot.quiz.bank import Bank
from bot.quiz.item import Item
from bot.service.round_warmup import fits
from tests.rounds.hall import GROUP, Hall
from tests.rounds.items import EARLY, SECTOR, STEPS
from tests.service.round_talk import leads, live, started, words


@pytest.mark.parametrize("typed", ["/quiz {}", "/quiz", "/start q-{}"])
async def test_the_host_brings_a_round_into_a_group_and_nobody_else(hall: Hall, typed: str) -> None:
    tess, eve = await started(hall), hall.phone("Eve")
    await hall.right(eve)
    said = typed.format((await live(hall)).code)
    assert "Whoever leads" in words(await eve.says(said, GROUP))
    assert await hall.rows("SELECT chat FROM room") == []
    assert "is played here too" in words(await tess.says(said, GROUP))
    assert await hall.rows("SELECT chat FROM room") == [(GROUP,)]


async def test_a_group_that_joins_late_is_asked_at_once_and_each_question_once(
    hall: Hall,
) -> None:
    tess = await started(hall)
    await leads(hall, tess, "next")
    _, asked = await tess.says("/quiz", GROUP)
    assert "Question 1 of 3" in asked.message.html
    heard = await leads(hall, tess, "show", "next")
    assert words(heard, GROUP).count("Question 2 of 3") == 1


async def test_one_group_plays_one_round_at_a_time(hall: Hall) -> None:
    tess = await started(hall)
    await tess.says("/quiz", GROUP)
    await started(hall)
    other = (await live(hall)).code
    assert "add the code" in words(await tess.says("/quiz", GROUP))
    assert "Another round is on" in words(await tess.says(f"/quiz {other}", GROUP))


async def test_a_tap_in_a_group_joins_counts_once_and_tells_nobody_else(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await tess.says("/quiz", GROUP)
    await leads(hall, tess, "next")
    [toast] = await ada.taps("B", GROUP)
    assert (toast.chat, toast.message.html) == ("", "Kept: B. You are in as Ada.")
    assert "first answer, B, counts" in words(await ada.taps("C", GROUP))
    assert await hall.rows("SELECT name, chat FROM player") == [("Ada", "")]
    heard = await leads(hall, tess, "show", "over")
    assert words(heard, ada.number) == ""
    assert "1. Ada  (1)" in words(heard, GROUP)
    [own] = await ada.taps("My result", GROUP)
    assert (own.chat, own.message.html) == ("", "You: 1 of 1. Place 1 of 1.")
    [none] = await hall.phone("Eve").taps("My result", GROUP)
    assert "did not play in this round" in none.message.html


async def test_a_letter_in_reply_to_the_question_counts_and_other_words_do_not(
    hall: Hall,
) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await tess.says("/quiz", GROUP)
    await leads(hall, tess, "next")
    first = hall.button(GROUP, "A").action
    assert await ada.says("I would say B", GROUP, first) == []
    assert await ada.says("B", GROUP, "desk.team:1") == []
    assert words(await ada.says("b", GROUP, first)) == "Ada: answer kept."
    assert await hall.rows("SELECT choice FROM reply") == [("[1]",)]
    await leads(hall, tess, "show", "next")
    assert "closed" in words(await hall.phone("Ben").says("b", GROUP, first))
    assert await hall.rows("SELECT name FROM player") == [("Ada",)], "who was refused is not in"


async def test_another_letter_in_reply_says_that_the_first_one_counts(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await tess.says("/quiz", GROUP)
    await leads(hall, tess, "next")
    first = hall.button(GROUP, "A").action
    await ada.says("b", GROUP, first)
    assert "your first answer is kept" in words(await ada.says("a", GROUP, first))
    assert await hall.rows("SELECT choice FROM reply") == [("[1]",)]
    assert "no such letter" in words(await hall.phone("Ben").says("f", GROUP, first))
    assert await hall.rows("SELECT name FROM player") == [("Ada",)]


async def test_a_link_in_capitals_brings_a_round_into_a_group_too(hall: Hall) -> None:
    tess = await started(hall)
    code = (await live(hall)).code
    assert "is played here too" in words(await tess.says(f"/start Q-{code}", GROUP))


async def test_a_button_of_a_private_chat_opens_no_round_to_strangers(hall: Hall) -> None:
    tess, ada, eve = await started(hall), hall.phone("Ada"), hall.phone("Eve")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    tap = hall.button(ada.number, "B")
    assert "not in this round" in words(await eve.does(tap, "-2002"))
    assert len(await hall.rows("SELECT 1 FROM player")) == 1


async def test_an_old_button_in_a_group_shows_nobodys_talk_there(hall: Hall) -> None:
    [toast] = await hall.phone("Ada").does(Tap("yes", 7), GROUP)
    assert (toast.chat, "old" in toast.message.html) == ("", True)


@pytest.mark.parametrize(
    ("typed", "number"), [("/warmup", 1), ("/warmup 2", 2), ("/warmup 99", 5), ("/warmup x", 1)]
)
async def test_a_warm_up_is_so_many_polls_and_nothing_is_kept(
    hall: Hall, typed: str, number: int
) -> None:
    hall.bank = Bank({f"{n}": replace(SECTOR, id=f"{n}") for n in range(9)})
    tess = hall.phone("Tess")
    await hall.right(tess)
    hello, *polls = [heard.message for heard in await tess.says(typed, GROUP)]
    assert "nothing is counted" in hello.html
    assert len(polls) == number
    assert all(message.poll and not message.html for message in polls)
    assert polls[0].poll == Poll(
        "To which sector does a state-run clinic belong?",
        ("Civil society", "Public sector", "Private sector"),
        (1,),
        "The state runs it, so it is part of the public sector.",
    )
    for table in ("round", "player", "reply", "room"):
        assert await hall.rows(f"SELECT 1 FROM {table}") == []  # noqa: S608


async def test_a_warm_up_is_for_groups_and_for_whoever_may_lead(hall: Hall) -> None:
    tess = hall.phone("Tess")
    await hall.right(tess)
    assert "in a group" in words(await tess.says("/warmup 3")).lower()
    assert "led by the programme" in words(await hall.phone("Ada").says("/warmup", GROUP))
    hall.bank = Bank({STEPS.id: STEPS})
    assert "No question fits" in words(await tess.says("/warmup", GROUP))


LONG = {"en": "x" * 301}


@pytest.mark.parametrize(
    ("item", "does"),
    [
        (SECTOR, True),
        (EARLY, True),
        (STEPS, False),
        (replace(SECTOR, text=LONG), False),
        (replace(SECTOR, options=({"en": "x" * 101}, {"en": "y"})), False),
        (replace(SECTOR, options=({"en": "x" * 100}, {"en": "😀" * 50})), True),
        (replace(SECTOR, options=({"en": "x"}, {"en": "😀" * 51})), False),
        (replace(SECTOR, explanation={"en": "x" * 201}), False),
        (replace(SECTOR, explanation={"en": "x" * 200}), True),
        (replace(SECTOR, explanation={"en": "a\nb\nc\nd"}), False),
    ],
)
def test_what_does_not_fit_into_a_poll_is_not_asked(item: Item, does: bool) -> None:
    assert fits(item, "en") == does
