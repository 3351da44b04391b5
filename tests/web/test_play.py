"""Answers are kept once and of whoever gave them; the page says where the round stands."""

from __future__ import annotations

import asyncio
import re

from bot.channels.play import house as play_house
from bot.quiz.round import Settings
from tests.desk.world import World, new_key
from tests.web.asking import JSON
from tests.web.playing import answers, hosted, item, newcomer, phone, visible
from tests.web.test_chat import full_disk


async def test_what_is_answered_with_kept_is_stored(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    done = await ana.taps("B")
    assert (done.status_code, done.json()["kept"]) == (200, True)
    assert "Kept: B" in visible(done.json()["parts"]["status"])
    assert await answers(here, host.id) == [(0, (1,), True)]
    assert "Kept: B" in visible(await ana.page())


async def test_an_answer_that_cannot_be_stored_is_not_kept(here: World) -> None:
    host = await hosted(here)
    ana, key = await phone(here, host, "Ana"), new_key()
    await host.leads("next")
    with full_disk(here.store):
        done = await ana.taps("B", key=key)
        assert (done.status_code, done.json()["kept"]) == (503, False)
        assert "Kept" not in visible(await ana.page())
    assert await answers(here, host.id) == []
    assert (await ana.taps("B", key=key)).status_code == 200
    assert await answers(here, host.id) == [(0, (1,), True)]


async def test_a_double_tap_counts_once_and_the_first_one(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    done = await asyncio.gather(*(ana.taps(letter) for letter in "BAAAA"))
    assert {each.status_code for each in done} == {200}
    assert {visible(each.json()["parts"]["status"]).partition("Kept: ")[2] for each in done} == {
        "B"
    }
    assert await answers(here, host.id) == [(0, (1,), True)]


async def test_of_several_letters_a_tap_sent_again_does_not_take_itself_back(here: World) -> None:
    host = await hosted(here, items=(item("many", "several", (0, 2)),))
    ana, key = await phone(here, host, "Ana"), new_key()
    await host.leads("next")
    for _ in range(4):
        assert (await ana.taps("A", key=key)).status_code == 200
    await ana.taps("B")
    await ana.taps("C")
    await ana.taps("B")
    assert "Kept: A, C" in visible(await ana.page())
    assert await answers(here, host.id) == [(0, (0, 2), True)]


async def test_an_order_is_tapped_letter_by_letter(here: World) -> None:
    host = await hosted(here, items=(item("steps", "order", (2, 0, 1), 3),))
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    for letter in "CAB":
        await ana.taps(letter)
    assert "Kept: C, A, B" in visible(await ana.page())
    assert await answers(here, host.id) == [(0, (2, 0, 1), True)]
    await host.leads("show")
    page = visible(await ana.page())
    assert "That's right!" in page
    order = [page.index(words) for words in ("option 2 1. ✓", "option 0 2. ✓", "option 1 3. ✓")]
    assert order == sorted(order)


async def test_an_order_that_was_not_right_is_set_beside_the_right_one(here: World) -> None:
    host = await hosted(here, items=(item("steps", "order", (2, 0, 1), 3),))
    ana, ben = await phone(here, host, "Ana"), await phone(here, host, "Ben")
    await host.leads("next")
    for letter in "CBA":
        await ana.taps(letter)
    await host.leads("show")
    page = visible(await ana.page())
    assert "Not this time. The right order: C, A, B" in page
    assert "option 0 2. · your choice 3." in page
    assert "The right order: C, A, B" in visible(await ben.page())


async def test_without_any_script_everything_can_be_done_by_forms(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    page = await ana.page()
    assert (
        f'<noscript><meta http-equiv="refresh" content="4; url=/play/{ana.code}?moved=yes">' in page
    )
    data = {"place": "0", "letter": "B"}
    done = await ana.browser.post(f"/play/{ana.code}/answer", data=data)
    assert (done.status_code, done.headers["location"]) == (303, f"/play/{ana.code}")
    assert "Kept: B" in visible(await ana.page())
    late = {"place": "2", "letter": "B"}
    done = await ana.browser.post(f"/play/{ana.code}/answer", data=late)
    assert done.status_code == 409
    assert "This question is closed" in done.text


WRONG = (
    ({"place": "0", "letter": "Z"}, 422),
    ({"place": "0", "letter": "F"}, 422),
    ({"place": "0", "letter": ""}, 422),
    ({"place": "0", "letter": "AB"}, 422),
    ({"place": "", "letter": "A"}, 422),
    ({"place": "-1", "letter": "A"}, 422),
    ({"place": "1e3", "letter": "A"}, 422),
    ({"place": "\u0661", "letter": "A"}, 422),
    ({"place": "9999", "letter": "A"}, 409),
    ({"place": "0", "letter": "A", "key": "x"}, 422),
    ({"place": "0", "letter": "A", "key": "x" * 65}, 422),
    ({}, 422),
)


async def test_an_answer_no_page_of_ours_sends_is_refused(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    for data, status in WRONG:
        done = await ana.browser.post(f"/play/{ana.code}/answer", data=data, headers=JSON)
        assert (done.status_code, done.json()["kept"]) == (status, False), data
    assert await answers(here, host.id) == []


async def test_nobody_answers_for_somebody_else(here: World) -> None:
    """Only the cookie says who answers: nothing in a form does."""
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    stranger = newcomer(here, await host.live())
    data = {"place": "0", "letter": "A", "player": "1", "seat": await ana.seat(), "key": new_key()}
    done = await stranger.browser.post(f"/play/{ana.code}/answer", data=data, headers=JSON)
    assert done.status_code == 404
    other = await hosted(here)
    outsider = await phone(here, other, "Eve")
    outsider.code = ana.code
    assert (await outsider.taps("A")).status_code == 404
    assert await answers(here, host.id) == []


async def test_answers_after_the_close_in_the_pause_and_at_the_end_say_why(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next", "pause")
    paused = await ana.taps("A")
    assert (paused.status_code, paused.json()["why"]) == (409, "paused")
    await host.leads("resume", "close")
    closed = await ana.taps("A")
    assert (closed.status_code, closed.json()["why"]) == (409, "too_late")
    assert "This question is closed" in closed.json()["text"]
    await host.leads("end")
    over = await ana.taps("A")
    assert (over.status_code, over.json()["why"]) == (409, "over")
    assert await answers(here, host.id) == []


async def test_too_many_taps_are_slowed_down_and_nobody_elses(here: World) -> None:
    host = await hosted(here, items=(item("many", "several", (0, 2)),))
    ana, ben = await phone(here, host, "Ana"), await phone(here, host, "Ben")
    await host.leads("next")
    done = [await ana.taps("A") for _ in range(play_house.TAPS.most)]
    assert {each.status_code for each in done} == {200}
    # What was left fills up while they are made.
    done = [await ana.taps("A") for _ in range(play_house.TAPS.most)]
    slow = [each for each in done if each.status_code == 429]
    assert {each.headers["retry-after"] for each in slow} == {"3"}
    assert (await ben.taps("A")).status_code == 200


async def test_the_page_always_says_where_the_round_stands(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    seen = [visible(await ana.page())]
    for deed in ("next", "pause", "resume", "close", "show", "next", "skip", "next", "end"):
        await host.leads(deed)
        seen.append(visible(await ana.page()))
    said = (
        *("You are in.", "Your turn!", "We are pausing", "Your turn!", "Answers are closed"),
        *("The right answer is B.", "Question 2 of 3", "does not count", "Question 3 of 3"),
        "The round is over",
    )
    for words, page in zip(said, seen, strict=True):
        assert words in page, (words, page)
        assert "Ana" in page


async def test_before_the_answer_is_shown_no_page_betrays_it(here: World) -> None:
    host = await hosted(here)
    ana, ben = await phone(here, host, "Ana"), await phone(here, host, "Ben")
    await host.leads("next")
    done = await ana.taps("B")
    await ben.taps("A")
    screen = await here.browser().get(f"/screen/{(await host.live()).screen}")
    await host.leads("close")
    pages = [done.text, screen.text, await ana.page(), await ben.page()]
    for page in pages:
        assert "Because of one" not in page
        assert "✓" not in page
        assert 'right"' not in page
    marks = r"Ana|Ben|your choice|[A-Z0-9]{6}|\bA\b|\bB\b"
    same = [" ".join(re.sub(marks, "", visible(page)).split()) for page in pages[2:]]
    assert same[0] == same[1]


async def test_right_and_not_right_are_told_kindly(here: World) -> None:
    host = await hosted(here)
    ana, ben, cem = [await phone(here, host, name) for name in ("Ana", "Ben", "Cem")]
    await host.leads("next")
    await ana.taps("B")
    await ben.taps("C")
    await host.leads("show")
    own = visible(await ana.page())
    assert "That's right!" in own
    assert "Because of one." in own
    for other in (ben, cem):
        page = visible(await other.page()).casefold()
        assert "the right answer is b." in page
        for blame in ("wrong", "incorrect", "failed", "error", "sorry"):
            assert blame not in page


async def test_a_late_joiner_begins_with_the_present_question_and_is_not_blamed(
    here: World,
) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    await ana.taps("B")
    await host.leads("close")
    late = await phone(here, host, "Late")
    assert "asked before you came" in visible(await late.page())
    await host.leads("show")
    shown = visible(await late.page())
    assert "asked before you came" in shown
    assert "Place" not in shown
    await host.leads("next")
    assert (await late.taps("A", 1)).status_code == 200
    await host.leads("show", "next", "close", "end")
    end = visible(await late.page())
    assert "1 right answer of 2" in end
    assert "One question was asked before you came: it does not count for you." in end
    assert "One question was left open." in end


async def test_the_board_is_told_only_where_it_is_on(here: World) -> None:
    for board in (True, False):
        host = await hosted(here, Settings(board=board))
        ana, ben = await phone(here, host, "Ana"), await phone(here, host, "Ben")
        await host.leads("next")
        await ana.taps("B")
        await ben.taps("A")
        await host.leads("show")
        assert ("Place 2 of 2" in visible(await ben.page())) is board
        await host.leads("end")
        assert ("Place 2 of 2" in visible(await ben.page())) is board
