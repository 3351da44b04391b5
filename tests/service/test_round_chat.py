"""Players in a chat: in by any way, back by a seat, one answer each, none in another's name."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.channels.telegram.buttons import Buttons
from bot.core.turn import Tap, Turn
from bot.quiz.round import Settings
from tests.rounds.hall import GROUP, Hall
from tests.service.round_talk import leads, live, started, words


async def players(hall: Hall) -> list[tuple[object, ...]]:
    return await hall.rows("SELECT name, person, since FROM player ORDER BY id")


async def replies(hall: Hall) -> list[tuple[object, ...]]:
    return await hall.rows("SELECT place, player, choice FROM reply ORDER BY place, player")


@pytest.mark.parametrize(
    "typed", ["/start q-{}", "/join {}", "/join {lower}", "/quiz {}", "{}", "{lower}", "{dashed}"]
)
async def test_every_way_in_leads_in(hall: Hall, typed: str) -> None:
    await started(hall)
    code = (await live(hall)).code
    ada = hall.phone("Ada")
    text = typed.format(code, lower=code.lower(), dashed=f"{code[:3]}-{code[3:]}")
    assert "You are in as <b>Ada</b>" in words(await ada.says(text))
    assert await players(hall) == [("Ada", ada.person, 0)]


async def test_joining_again_from_another_device_is_the_same_player(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    code = (await live(hall)).code
    await ada.says(code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    await leads(hall, tess, "close")
    # Not yet: the figure would tell whether B is right.
    assert "right" not in words(await ada.says(f"/join {code}"))
    await leads(hall, tess, "show")
    again = await ada.says(f"/join {code}")
    assert "Welcome back, <b>Ada</b>. So far: 1 of 1 right." in words(again)
    assert len(await players(hall)) == 1


async def test_a_tap_that_telegram_brings_twice_does_not_take_itself_back(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    code = (await live(hall)).code
    await ada.says(code)
    await leads(hall, tess, "next", "show", "next")
    tap = Tap(f"q.a:{code}:1:A", 0)
    turn = Turn("twice", "telegram", ada.number, ada.number, hall.now, tap, "en")
    for turns in ([turn], [turn, turn], [turn]):
        await hall.service.run(turns)
    assert [choice for place, _, choice in await replies(hall) if place == 1] == ["[0]"]


@pytest.mark.parametrize("typed", ["/join", "/join ABC234", "/start q-ABC234", "/join nonsense"])
async def test_a_wrong_code_is_told_kindly_and_makes_no_player(hall: Hall, typed: str) -> None:
    await started(hall)
    assert "screen" in words(await hall.phone("Ada").says(typed))
    assert await players(hall) == []


@pytest.mark.parametrize("typed", ["market", "B", "bad", "We are six people"])
async def test_words_that_are_no_code_of_a_round_go_to_the_dialogs(hall: Hall, typed: str) -> None:
    await started(hall)
    assert "I am Amorce" in words(await hall.phone("Ada").says(typed))
    assert await players(hall) == []


async def test_an_old_code_says_that_it_is_over_and_a_full_round_that_it_is_full(
    hall: Hall,
) -> None:
    tess = await started(hall, Settings(most=1))
    code = (await live(hall)).code
    await hall.phone("Ada").says(code)
    assert "This round is full" in words(await hall.phone("Ben").says(code))
    await leads(hall, tess, "over")
    for typed in (code, f"/join {code}"):
        assert "This round is over" in words(await hall.phone("Ben").says(typed))


async def test_whoever_comes_late_is_asked_the_present_question_at_once(hall: Hall) -> None:
    tess = await started(hall)
    code = (await live(hall)).code
    await leads(hall, tess, "next", "show")
    waits = words(await hall.phone("Ada").says(code))
    assert "The next question comes soon. Questions asked before" in waits
    await leads(hall, tess, "next")
    joined, asked = await hall.phone("Ben").says(code)
    assert "Question 2 of 3" in asked.message.html
    assert "Questions asked before" in joined.message.html
    assert [since for _, _, since in await players(hall)] == [1, 1]


async def test_a_lost_phone_comes_back_with_its_points_and_the_old_one_is_told(
    hall: Hall,
) -> None:
    tess, ada, other = await started(hall), hall.phone("Ada"), hall.phone("Other")
    code = (await live(hall)).code
    await ada.says(code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    [(seat,)] = await hall.rows("SELECT seat FROM player")
    assert "do not know this seat" in words(await other.says(f"/join {code} ABC234"))
    heard = await other.says(f"/join {code} {str(seat).lower()}")
    assert "on another phone" in words(heard, ada.number)
    assert "Welcome back, <b>Ada</b>" in words(heard, other.number)
    assert await players(hall) == [("Ada", other.person, 0)]
    assert "You are not in this round" in words(await ada.taps("C"))
    assert "Your first answer, B, counts" in words(await other.taps("C"))


async def test_an_answer_counts_once_and_only_while_it_is_asked_for(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    assert words(await ada.taps("B")) == "Kept: B"
    assert "Your first answer, B, counts" in words(await ada.taps("C"))
    await leads(hall, tess, "pause", "resume", "show")
    assert "closed" in words(await ada.taps("C"))
    await leads(hall, tess, "over")
    assert "This round is over" in words(await ada.taps("C"))
    assert [choice for _, _, choice in await replies(hall)] == ["[1]"]


async def test_nobody_answers_for_somebody_else(hall: Hall) -> None:
    tess, ada, eve = await started(hall), hall.phone("Ada"), hall.phone("Eve")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    tap = hall.button(ada.number, "B")
    assert "You are not in this round" in words(await eve.does(tap))
    await ada.taps("B")
    await leads(hall, tess, "show", "over")
    yes = hall.button(ada.number, "Yes, with the name")
    assert "You are not in this round" in words(await eve.does(yes))
    assert await hall.rows("SELECT named FROM player") == [(0,)]
    assert "with your name" in words(await ada.does(yes))
    assert await hall.rows("SELECT named FROM player") == [(1,)]
    await ada.taps("No, without the name")
    assert await hall.rows("SELECT named FROM player") == [(0,)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("c", "Kept: B, C"),
        ("a", "Kept: A, B, C"),
        ("A c", "Kept: A, C"),
        ("a, c.", "Kept: A, C"),
        ("CAB", "Kept: A, B, C"),
        ("f", "no such letter"),
    ],
)
async def test_one_typed_letter_is_added_and_several_are_the_whole_answer(
    hall: Hall, typed: str, said: str
) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next", "show", "next")
    await ada.taps("B")
    await ada.taps("C")
    assert said in words(await ada.says(typed))


async def test_typed_letters_stand_in_their_order_and_where_one_counts_only_one(
    hall: Hall,
) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    assert "only one letter counts" in words(await ada.says("ab"))
    assert await replies(hall) == []
    await leads(hall, tess, "show", "next", "show", "next")
    await ada.taps("A")
    assert words(await ada.says("c b a")) == "Kept: C, B, A"


async def test_letters_that_were_long_on_their_way_answer_no_later_question(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next", "show")
    before = hall.now
    hall.now += timedelta(seconds=10)
    await leads(hall, tess, "next")
    hall.now = before
    assert "closed" in words(await ada.says("B"))
    assert await replies(hall) == []


@pytest.mark.parametrize(
    "typed", ["Beautiful day", "question 2?", "aa", "we lack water here", "back"]
)
async def test_other_words_never_become_an_answer_of_the_round_or_of_the_team(
    hall: Hall, typed: str
) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    assert "I am Amorce" in words(await ada.says(typed)), "in the lobby our talk goes on"
    before = await hall.rows("SELECT * FROM conversation")
    await leads(hall, tess, "next")
    for deed in ("close", "show", "next"):
        assert "I only take answers here" in words(await ada.says(typed))
        await leads(hall, tess, deed)
    assert await replies(hall) == []
    assert await hall.rows("SELECT * FROM conversation") == before
    await leads(hall, tess, "over")
    assert "I only take" not in words(await ada.says(typed))


async def test_an_order_says_how_many_letters_are_to_go(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next", "show", "next", "show", "next")
    told = [words(await ada.taps(letter)) for letter in "CA"]
    assert told == ["Kept: C. 2 letters to go.", "Kept: C, A. One letter to go."]
    assert words(await ada.says("b")) == "Kept: C, A, B"


@pytest.mark.parametrize(("typed", "kept"), [("2", "B"), ("Answer b", "B"), ("civil society", "A")])
async def test_an_option_may_be_typed_as_people_write(hall: Hall, typed: str, kept: str) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    assert words(await ada.says(typed)) == f"Kept: {kept}"


async def test_words_of_somebody_who_plays_elsewhere_are_for_the_dialogs(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await tess.says("/quiz", GROUP)
    await leads(hall, tess, "next")
    await ada.taps("B", GROUP)
    assert "I am Amorce" in words(await ada.says("Beautiful day"))


async def test_whoever_leaves_gets_no_more_questions_and_can_come_back(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    code = (await live(hall)).code
    assert "You are not in this round" in words(await ada.says("/leave"))
    await ada.says(code)
    assert "/leave takes you out" in words(await ada.says("/help"))
    await leads(hall, tess, "next")
    await ada.taps("B")
    for way in ("/cancel", "/stop", "/leave"):
        assert f"come back: /join {code}" in words(await ada.says(way))
        heard = await leads(hall, tess, "pause", "resume")
        assert ada.number not in {each.chat for each in heard}
        await ada.says(code)
    assert [choice for _, _, choice in await replies(hall)] == ["[1]"]


YES_AND_NO = {"yes": 1, "Yes, with the name": 1, "no": 0, "No, without the name": 0}


@pytest.mark.parametrize(("typed", "named"), YES_AND_NO.items())
async def test_a_typed_yes_at_the_end_is_about_the_name_and_nothing_else(
    hall: Hall, typed: str, named: int
) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says("hello")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next", "show", "over")
    assert "Noted: with" in words(await ada.says(typed))
    assert await hall.rows("SELECT named FROM player") == [(named,)]
    assert (ada.person,) not in await hall.rows("SELECT id FROM person")
    await ada.says("hello")
    assert "Noted" not in words(await ada.says("yes")), "our talk has gone on since"


async def test_a_guest_is_given_a_copy_of_what_they_answered(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    copies = [each.message.file for each in await ada.says("/export") if each.message.file]
    [copy] = [json.loads(each.text) for each in copies]
    assert [reply["choice"] for reply in copy["reply"]] == ["[1]"]
    assert [player["name"] for player in copy["player"]] == ["Ada"]
    assert (ada.person,) not in await hall.rows("SELECT id FROM person")


async def test_a_yes_long_after_the_round_is_not_about_it(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next", "show", "over")
    await hall.wait(minutes=11)
    assert "Noted" not in words(await ada.says("yes"))


async def test_of_two_rounds_the_one_that_asks_is_meant(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    first = await live(hall)
    other = await started(hall)
    second = next(each for each in await hall.rounds() if each.id != first.id)
    await ada.says(first.code)
    await ada.says(second.code)
    await tess.does(Tap(f"q.d:{first.code}:next:{first.round.standing}", 0))
    assert words(await ada.says("b")) == "Kept: B"
    assert await hall.rows("SELECT round FROM reply") == [(first.id,)]
    assert other.person == tess.person


@pytest.mark.parametrize("typed", ["the code is {}", "{}!", "Code: {}"])
async def test_a_code_is_found_in_a_sentence(hall: Hall, typed: str) -> None:
    await started(hall)
    code = (await live(hall)).code
    assert "You are in" in words(await hall.phone("Ada").says(typed.format(code)))


@pytest.mark.parametrize(
    ("typed", "is_heard"), [("ABC234", True), ("25S74O", True), ("UNICEF", False)]
)
async def test_a_misread_code_is_no_answer_of_the_team(
    hall: Hall, typed: str, is_heard: bool
) -> None:
    ada = hall.phone("Ada")
    assert "I find no round" not in words(await ada.says(typed)), "while none is on"
    await started(hall)
    assert ("I find no round" in words(await ada.says(typed))) == is_heard


async def test_everybody_is_told_the_answer_and_whether_it_was_theirs(hall: Hall) -> None:
    tess, ada, ben = await started(hall), hall.phone("Ada"), hall.phone("Ben", "fr")
    for phone in (ada, ben):
        await phone.says((await live(hall)).code)
    await leads(hall, tess, "next")
    await ada.taps("A")
    await ben.taps("B")
    heard = await leads(hall, tess, "show")
    told = {each.chat: each.message.html.replace("\u00a0", " ") for each in heard}
    assert told[ada.number].startswith("The right answer:\n<b>B</b>  Public sector\n\nThe state")
    assert told[ben.number].startswith("C'est juste !\n<b>B</b>  Secteur public\n\n")


async def test_a_pause_that_ends_and_a_question_that_counts_after_all_are_told(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await tess.says("/quiz", GROUP)
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next", "pause")
    for deed, said in (
        ("resume", "We go on"),
        ("skip", "does not count"),
        ("count", "counts after all"),
        ("skip", "does not count"),
        ("count", "counts after all"),
    ):
        heard = await leads(hall, tess, deed)
        told = [each.chat for each in heard if said in each.message.html]
        assert {ada.number, GROUP} <= set(told), deed


async def test_the_end_is_kind_to_whoever_missed_everything(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    code = (await live(hall)).code
    await leads(hall, tess, "next", "show", "next", "show", "next", "show")
    assert "the end comes soon" in words(await ada.says(code))
    heard = await leads(hall, tess, "end")
    told = [each.message.html for each in heard if each.chat == ada.number]
    assert told == [
        "That was it! All questions were asked before you came. Thank you for being there!"
    ]
    assert told == [each.message.html for each in await ada.says(f"/join {code}")]


async def test_a_name_is_chosen_shown_as_text_and_never_twice_the_same(hall: Hall) -> None:
    await started(hall)
    code = (await live(hall)).code
    ada, eve = hall.phone("Ada"), hall.phone("<b>Eve</b>")
    await ada.says(code)
    assert "<b>&lt;b&gt;Eve&lt;/b&gt;</b>" in words(await eve.says(code))
    assert "That name is taken: you are <b>Ada 2</b>" in words(await eve.says("/name Ada"))
    assert "Noted: <b>ada</b>" in words(await ada.says("/name ada"))
    assert "Write the name" in words(await ada.says("/name"))


async def test_without_names_everybody_is_a_number(hall: Hall) -> None:
    await started(hall, Settings(names=False))
    ada = hall.phone("Ada")
    assert "as number <b>1</b>" in words(await ada.says((await live(hall)).code))
    assert "without names" in words(await ada.says("/name Ada"))
    assert (await players(hall))[0][0] == "1"


async def test_a_table_is_not_called_after_whose_phone_it_is(hall: Hall) -> None:
    tess = await started(hall, Settings(teams=True))
    ada = hall.phone("Ada")
    assert "number <b>1</b>" in words(await ada.says((await live(hall)).code))
    assert "Noted: <b>The window</b>" in words(await ada.says("/name The window"))
    assert words(await leads(hall, tess, "look")) == "One table is in."
    await leads(hall, tess, "next", "show")
    heard = await leads(hall, tess, "over")
    assert "your table's result with its name" in words(heard, ada.number)
    assert "One table took part." in words(heard, tess.number)


async def test_outside_a_round_a_name_is_a_command_that_nobody_knows(hall: Hall) -> None:
    assert "I am Amorce" in words(await hall.phone("Ada").says("/name Ada"))


async def test_questions_follow_the_language_that_is_chosen_meanwhile(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada", "fr")
    await ada.says((await live(hall)).code)
    await ada.says("/language")
    await ada.taps("Deutsch")
    heard = await leads(hall, tess, "next")
    assert "Zu welchem Sektor" in words(heard, ada.number)
    assert words(await ada.taps("B")) == "Gespeichert: B"


async def test_erasing_takes_a_guests_part_in_a_round_along(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    await ada.says("/erase")
    await ada.taps("Yes, erase everything")
    assert await players(hall) == []
    assert await replies(hall) == []


@pytest.mark.parametrize(
    "action",
    [
        *("q.", "q.a:x", "q.a:ABC234:0:Z", "q.a:ABC234:9999:A", "q.n:99999999999:1", "q.m:x"),
        *("q.s:mixed:99:0:p:show", "q.s:nothing:5:0:p:go", "q.d:::", "q.d:ABC234:next:open:0"),
        "q.zzz",
    ],
)
async def test_no_button_of_somebody_elses_making_does_anything(hall: Hall, action: str) -> None:
    tess = await started(hall)
    before = await live(hall)
    for phone in (hall.phone("Ada"), tess):
        [heard] = await phone.does(Tap(action, 0))
        assert heard.chat == ""
    assert await hall.rounds() == [before]
    assert await hall.rows("SELECT 1 FROM set_aside") == []


async def test_a_restart_changes_nothing_in_a_round(hall: Hall) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    before = await hall.rows("SELECT * FROM reply")
    await hall.close()
    await hall.open()
    assert "Your first answer, B, counts" in words(await ada.taps("C"))
    assert await hall.rows("SELECT * FROM reply") == before


def test_every_button_of_a_round_fits_into_what_telegram_carries() -> None:
    longest = (
        "q.s:definition:15:60:t:number",
        "q.m:" + "f" * 32,
        "q.d:WWWWWW:board_off:closed-:299+99",
    )
    for action in (*longest, "q.n:999999999:1", "q.a:WWWWWW:299:F"):
        assert len(action) <= 43
        assert Buttons(b"k" * 32).carry("-1001234567890123", action, 0)
