"""Staff writes with the founder: announced, in order, and no word is lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.case.file import Signal
from bot.store import staffing
from tests.desk.retold import box, case_of, done, letters, owner, post, retell, rows, team
from tests.desk.world import World, visible


async def test_a_founder_hears_who_writes_and_gets_every_word_in_order(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    told = len(await letters(here, ruth))
    assert (await post(marta, case, "take_over")).status_code == 303
    for text in ("Good morning <b>all</b>", "Shall we talk?\nTomorrow at ten"):
        answered = await post(marta, case, "write", text=text)
        assert answered.headers["location"] == f"/desk/teams/{case}#write"
    new = (await letters(here, ruth))[told:]
    assert "<b>Marta</b>" in new[0]
    assert new[1:] == [
        "<b>Marta</b> (programme):\nGood morning &lt;b&gt;all&lt;/b&gt;",
        "<b>Marta</b> (programme):\nShall we talk?\nTomorrow at ten",
    ]
    waiting = "SELECT DISTINCT status FROM outbox WHERE chat = 'ruth'"
    assert await rows(here, waiting) == [("pending",)]
    actions = [action for _, action in await done(here, case)]
    assert actions == ["take_over", "write", "write"]


async def test_amorce_is_silent_until_it_is_given_back(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await post(marta, case, "take_over")
    told = len(await letters(here, ruth))
    await ruth.does("Is anybody there?")
    await ruth.does("We wait for the town.")
    assert len(await letters(here, ruth)) == told
    page = visible((await marta.get(f"/desk/teams/{case}")).text)
    assert page.index("Is anybody there?") < page.index("We wait for the town.")
    await post(marta, case, "give_back")
    assert "This is Amorce again" in (await letters(here, ruth))[told]
    said = len(await letters(here, ruth))
    await ruth.does("Thank you")
    assert len(await letters(here, ruth)) > said
    assert ("telegram:Marta", "give_back") in await done(here, case)


async def test_new_lines_come_by_themselves_while_one_holds_the_talk(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await post(marta, case, "take_over")
    page = (await marta.get(f"/desk/teams/{case}")).text
    address = re.search(r'hx-get="([^"]*/exchange\?polls=0)" hx-trigger="every 5s"', page)
    assert address
    await ruth.does("The mayor said yes <i>today</i>.")
    fresh = await marta.get(address[1], headers={"hx-request": "true"})
    assert "The mayor said yes &lt;i&gt;today&lt;/i&gt;." in fresh.text
    assert "<html" not in fresh.text
    assert "exchange?polls=1" in fresh.text
    assert "<html" in (await marta.get(address[1])).text
    tired = await marta.get(f"/desk/teams/{case}/exchange?polls=9999")
    assert "every 5s" not in tired.text


async def test_only_who_holds_the_talk_reads_the_words_meant_for_them(here: World) -> None:
    case, marta = await team(here)
    await retell(here, case, lambda c: replace(c, transcript=None))
    await post(marta, case, "take_over")
    await here.founder("ruth").does("Between us: the bank said no.")
    nadia = await here.staff("admin", "Nadia")
    for address in (f"/desk/teams/{case}", f"/desk/teams/{case}/exchange"):
        assert "the bank said no" in (await marta.get(address)).text
        assert "the bank said no" not in (await nadia.get(address)).text


async def test_what_was_written_is_still_there_after_giving_back(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await post(marta, case, "take_over")
    await ruth.does("First talk")
    await post(marta, case, "write", text="I call the town tomorrow.")
    await post(marta, case, "give_back")
    page = (await marta.get(f"/desk/teams/{case}")).text
    assert "First talk" in page
    assert "I call the town tomorrow." in page
    colleague = (await (await here.staff("admin", "Nadia")).get(f"/desk/teams/{case}")).text
    assert "I call the town tomorrow." in colleague
    assert "First talk" not in colleague


async def test_a_talk_that_waits_for_an_answer_is_first_on_today(here: World) -> None:
    case, marta = await team(here)
    await post(marta, case, "take_over")
    assert "waits for your answer" not in (await marta.get("/desk")).text
    here.clock.pass_(minutes=1)
    await here.founder("ruth").does("Are you there?")
    assert "waits for your answer" in (await marta.get("/desk")).text
    here.clock.pass_(minutes=1)
    await post(marta, case, "write", text="I am.")
    assert "waits for your answer" not in (await marta.get("/desk")).text


async def test_two_people_cannot_hold_one_talk(here: World) -> None:
    case, marta = await team(here)
    nadia = await here.staff("staff", "Nadia")
    await post(marta, case, "take_over")
    page = (await nadia.get(f"/desk/teams/{case}")).text
    assert "Marta is writing with this team at the moment." in visible(page)
    assert "/take_over" not in page
    refused = await post(nadia, case, "take_over")
    assert refused.status_code == 409
    assert "Marta is writing with this team already." in visible(refused.text)
    refused = await post(nadia, case, "write", text="Me too")
    assert refused.status_code == 409
    assert box(refused.text, "text") == "Me too"
    assert (await post(nadia, case, "give_back")).status_code == 409
    assert await owner(here, case) == "telegram:Marta"


async def test_an_admin_gives_back_what_another_holds(here: World) -> None:
    case, marta = await team(here)
    nadia = await here.staff("admin", "Nadia")
    await post(marta, case, "take_over")
    assert "/give_back" in (await nadia.get(f"/desk/teams/{case}")).text
    assert (await post(nadia, case, "give_back")).status_code == 303
    assert await owner(here, case) == "bot"


async def test_words_are_not_lost_when_the_founder_calls_amorce_back(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await post(marta, case, "take_over")
    told = len(await letters(here, ruth))
    await ruth.does("/menu")
    assert len(await letters(here, ruth)) > told
    gone = await marta.get(f"/desk/teams/{case}/exchange", headers={"hx-request": "true"})
    assert "You no longer have the conversation" in visible(gone.text)
    assert "hx-get" not in gone.text
    text = "\nLong & <careful> words\r\nover two lines"
    refused = await post(marta, case, "write", text=text)
    assert refused.status_code == 409
    assert "Your text was not sent." in visible(refused.text)
    assert box(refused.text, "text") == text
    again = await post(marta, case, "take_over", text=text)
    assert again.status_code == 200
    assert box(again.text, "text") == text
    assert "careful" not in "".join(await letters(here, ruth))
    assert (await post(marta, case, "write", text=text)).status_code == 303
    assert "careful" in (await letters(here, ruth))[-1]


async def test_nothing_is_sent_once_the_team_stops_sharing(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await post(marta, case, "take_over")
    await marta.get(f"/desk/teams/{case}")
    await ruth.does("/privacy")
    await ruth.taps("sharing")
    await ruth.taps("share:no")
    assert (await case_of(here, case)).shared is False
    told = await letters(here, ruth)
    answered = await post(marta, case, "write", text="One more thing")
    assert answered.status_code == 404
    assert await letters(here, ruth) == told
    poll = await marta.get(f"/desk/teams/{case}/exchange", headers={"hx-request": "true"})
    assert poll.status_code == 404
    assert "<html" not in poll.text
    for deed in ("take_over", "give_back", "phoned", "note", "label", "assign"):
        fields = {"note": "x", "label": "x", "person": "telegram:Marta"}
        assert (await post(marta, case, deed, **fields)).status_code == 404
    assert await rows(here, "SELECT count(*) FROM note") == [(0,)]


async def test_nothing_is_sent_once_the_right_is_taken_away(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await post(marta, case, "take_over")
    await here.service.commit(
        lambda batch: staffing.revoke(batch.db, "telegram:Marta", "telegram:Nadia", batch.now)
    )
    told = await letters(here, ruth)
    assert (await post(marta, case, "write", text="Still me")).status_code == 401
    assert await letters(here, ruth) == told


async def test_a_talk_whose_holder_lost_the_right_can_be_taken_over(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await post(marta, case, "take_over")
    await here.service.commit(
        lambda batch: staffing.revoke(batch.db, "telegram:Marta", "telegram:Nadia", batch.now)
    )
    nadia = await here.staff("staff", "Nadia")
    if await owner(here, case) != "bot":
        page = visible((await nadia.get(f"/desk/teams/{case}")).text)
        assert "has no right here any more" in page
    assert (await post(nadia, case, "take_over")).status_code == 303
    assert "<b>Nadia</b>" in (await letters(here, ruth))[-1]
    await post(nadia, case, "give_back")
    assert await owner(here, case) == "bot"


async def test_the_first_written_word_meets_a_wish_to_talk(here: World) -> None:
    case, marta = await team(here)
    asked = here.clock()
    await retell(here, case, lambda c: replace(c, signals={"help": Signal(asked)}))
    await post(marta, case, "take_over")
    assert "help" in (await case_of(here, case)).signals
    await post(marta, case, "write", text="Here I am")
    assert "help" not in (await case_of(here, case)).signals


@pytest.mark.parametrize("length", [0, 4001])
async def test_a_message_that_cannot_go_stays_in_its_box(here: World, length: int) -> None:
    case, marta = await team(here)
    await post(marta, case, "take_over")
    text = "y" * length
    told = await letters(here, here.founder("ruth"))
    refused = await post(marta, case, "write", text=text)
    assert refused.status_code == 409
    assert box(refused.text, "text") == text
    assert await letters(here, here.founder("ruth")) == told


async def test_a_button_pressed_meanwhile_reaches_whoever_has_the_talk(here: World) -> None:
    case, marta = await team(here)
    ruth = here.founder("ruth")
    await ruth.does("/menu")
    await post(marta, case, "take_over")
    await ruth.taps("tips")
    assert "Tips for now" in (await marta.get(f"/desk/teams/{case}/exchange")).text
