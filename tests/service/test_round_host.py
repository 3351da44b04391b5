"""The host in a chat: set up by buttons, led by the remote; nothing happens twice or unasked."""

from __future__ import annotations

import pytest

from bot.core.turn import Tap
from bot.quiz.bank import Bank
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store import staffing
from tests.rounds.hall import Hall
from tests.rounds.items import SECTOR
from tests.service.round_talk import ITEMS, leads, live, started, words

COMMANDS = ("/round", "/remote", "/paper 1 2 3")


@pytest.mark.parametrize("said", COMMANDS)
async def test_without_a_right_nobody_leads(hall: Hall, said: str) -> None:
    told = words(await hall.phone("Ada").says(said))
    assert "led by the programme" in told
    assert "/join" in told


@pytest.mark.parametrize("role", ["trainer", "staff", "admin"])
async def test_a_round_is_set_up_by_buttons(hall: Hall, role: staffing.Role) -> None:
    tess = hall.phone("Tess")
    await hall.right(tess, role)
    await tess.says("/round")
    for label in ("Topics", "Step 3", "How many", "5", "Time", "60 seconds"):
        await tess.taps(label)
    told = words(await tess.taps("Tables, one phone per table"))
    # The small bank has one question of this topic: no more are promised.
    assert "1 question.\nTopics: Step 3\nTime per question: 60 seconds\nWho answers: tables" in told
    opened = words(await tess.taps("Open the round"))
    [found] = await hall.rounds()
    assert found.round.settings == Settings(
        topics=("p3",), seconds=60, teams=True, languages=("en", "fr")
    )
    assert (found.host, found.round.total) == (tess.person, 1)
    for part in (f"start=q-{found.code}", f"/play/{found.code}", f"/screen/{found.screen}"):
        assert part in opened
    assert "3 hours" in opened


async def test_a_topic_without_a_question_starts_nothing(hall: Hall) -> None:
    tess = hall.phone("Tess")
    await hall.right(tess)
    await tess.says("/round")
    await tess.taps("Topics")
    await tess.taps("Tools")
    assert "No question fits" in words(await tess.taps("Open the round"))
    assert await hall.rounds() == []


async def test_a_start_pressed_twice_is_one_round_and_later_another(hall: Hall) -> None:
    tess = hall.phone("Tess")
    await hall.right(tess)
    await tess.says("/round")
    first = await tess.taps("Open the round")
    assert words(await tess.taps("Open the round")) == words(first)
    assert len(await hall.rounds()) == 1
    await tess.taps("First question")
    await tess.says("/round")
    await tess.taps("Open the round")
    assert len(await hall.rounds()) == 2


async def test_a_right_that_ended_leads_nothing_more(hall: Hall) -> None:
    tess = await started(hall)
    await tess.says("/remote")
    await hall.service.commit(
        lambda batch: staffing.revoke(batch.db, tess.person, "test", batch.now)
    )
    await tess.taps("First question")
    assert (await live(hall)).round.stage == "lobby"


async def test_a_press_that_comes_twice_does_nothing_twice(hall: Hall) -> None:
    tess = await started(hall)
    await tess.says("/remote")
    press = hall.button(tess.number, "First question")
    await tess.does(press)
    toast, remote = await tess.does(press)
    assert "moved on" in toast.message.html
    assert "Question 1 of 3" in remote.message.html
    assert (await live(hall)).round.place == 0


async def test_only_the_host_presses_and_reads_how_many_answered(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await hall.right(ada)
    await leads(hall, tess, "next")
    for label in ("Close the question", "How many by now?", "End the round"):
        [toast] = await ada.does(hall.button(tess.number, label))
        assert "Only whoever leads" in toast.message.html
    assert (await live(hall)).round.stage == "open"
    assert words(await tess.taps("How many by now?"), "") == "Answers: 0 of 0."


async def test_an_end_before_the_last_answer_is_asked_about_first(hall: Hall) -> None:
    tess = await started(hall)
    assert "3 questions have not been asked" in words(await leads(hall, tess, "end"))
    assert "code" in words(await tess.taps("No, go on"))
    await leads(hall, tess, "next", "show", "next", "show", "next")
    assert "not closed yet" in words(await leads(hall, tess, "end"))
    assert "The round is over" in words(await leads(hall, tess, "show", "end"))
    assert (await live(hall)).round.stage == "ended"


async def test_a_colleague_takes_over_where_the_host_is_away_and_nobody_else(hall: Hall) -> None:
    tess, dora, eve = await started(hall), hall.phone("Dora"), hall.phone("Eve")
    await hall.right(dora, "staff")
    code = (await live(hall)).code
    assert "still here" in words(await dora.says(f"/remote {code}"))
    await hall.wait(minutes=3)
    assert "led by the programme" in words(await eve.says(f"/remote {code}"))
    assert code in words(await dora.says(f"/remote {code}"))
    assert (await live(hall)).host == dora.person
    assert "Only whoever leads" in words(await tess.does(Tap(f"q.d:{code}:next:lobby:-1", 0)))
    await dora.taps("First question")
    assert (await live(hall)).round.stage == "open"


async def test_a_round_nobody_leads_ends_by_itself_after_three_hours_and_not_before(
    hall: Hall,
) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    await hall.wait(hours=2, minutes=59)
    await leads(hall, tess, "close")
    assert await hall.wait(hours=2, minutes=59) == []
    assert (await live(hall)).round.stage == "closed"
    await hall.close()
    await hall.open()
    heard = await hall.wait(minutes=2)
    assert "1 right answer of 1" in words(heard, ada.number)
    assert "The round is over" in words(heard, tess.number)
    assert await hall.wait(hours=9) == []


@pytest.mark.parametrize("closes", [False, True])
async def test_a_clock_that_ran_out_during_a_restart_is_a_turn_and_ends_no_round(
    hall: Hall, closes: bool
) -> None:
    tess = await started(hall, Settings(seconds=30, clock_closes=closes))
    await leads(hall, tess, "next")
    await hall.close()
    await hall.open()
    heard = words(await hall.wait(minutes=5), tess.number)
    assert (await live(hall)).round.stage == ("closed" if closes else "open")
    assert ("The question is closed" in heard) == closes
    assert ("time for this question is up" in heard) != closes
    assert await hall.wait(minutes=5) == []


async def test_cards_counted_in_the_room_stand_beside_the_taps(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    assert "lead no round" in words(await tess.says("/paper 1 2 3"))
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    assert "Cards noted: A 5   B 7   C 0" in words(await tess.says("/paper 5 7 0"))
    assert "A 5   B 8   C 0" in words(await leads(hall, tess, "close"))
    assert "A to C" in words(await tess.says("/paper"))
    assert "A to C" in words(await tess.says("/paper 1 2 3 4"))
    for wrong in ("many", "1 -2", "1.5", "12345"):
        assert "A to C" in words(await tess.says(f"/paper {wrong}"))
    assert (await live(hall)).round.paper == {"0": (5, 7, 0)}


async def test_a_remote_without_a_code_finds_ones_rounds(hall: Hall) -> None:
    tess = hall.phone("Tess")
    await hall.right(tess)
    assert "lead no round" in words(await tess.says("/remote"))
    await started(hall)
    assert (await live(hall)).code in words(await tess.says("/remote"))
    await hall.service.commit(
        lambda batch: rounds.start(batch, tess.person, Settings(teams=True), ITEMS)
    )
    [which] = await tess.says("/remote")
    codes = [found.code for found in await hall.rounds()]
    assert sorted(b.label for b in which.message.buttons) == sorted(codes)
    assert codes[0] in words(await tess.taps(codes[0]))


async def test_how_often_each_letter_was_chosen_is_shown_and_for_an_order_who_had_it_right(
    hall: Hall,
) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next", "show", "next", "show", "next")
    await ada.says("CAB")
    assert "In the right order: 1" in words(await leads(hall, tess, "close"))


async def test_a_question_is_drawn_from_the_bank_there_is(hall: Hall) -> None:
    hall.bank = Bank({SECTOR.id: SECTOR})
    tess = hall.phone("Tess")
    await hall.right(tess)
    await tess.says("/round")
    assert "1 question" in words(await tess.taps("Open the round"))
