"""A wish to talk to somebody: it comes to Today at once, and back when nobody answers in time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.message import Message
from bot.service.workdays import after
from bot.store.outbox import Mark
from tests.desk.world import World, visible


async def asks_for_somebody(here: World) -> str:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", "Clean water by 2030")
    await ruth.does("/person")
    await ruth.taps("yes")
    return case


async def letters(here: World, chat: str) -> list[Message]:
    """Takes out what waits for a chat."""
    found = []
    while waiting := await here.store.next_letters([("telegram", chat)]):
        found.append(waiting[0].message)
        await here.store.mark([Mark(waiting[0], "sent")])
    return found


async def today(here: World) -> str:
    return visible((await (await here.staff("staff")).get("/desk")).text)


async def test_a_wish_to_talk_is_on_today_at_once_with_a_deed(here: World) -> None:
    await asks_for_somebody(here)
    page = await today(here)
    assert "Lagoon" in page
    assert "asks to talk to someone" in page
    assert "two working days" in page
    assert "unanswered" not in page


async def test_unanswered_for_two_working_days_it_comes_back_and_the_founder_is_told(
    here: World,
) -> None:
    await asks_for_somebody(here)
    await letters(here, "ruth")
    here.clock.pass_(days=1, hours=23)
    await here.service.come_due()
    assert await letters(here, "ruth") == []
    here.clock.pass_(hours=1)
    await here.service.come_due()
    await here.service.come_due()
    told = await letters(here, "ruth")
    assert len(told) == 1
    assert "Nobody from the programme has answered yet" in told[0].html
    assert "unanswered for over two working days" in await today(here)


async def test_an_answer_in_time_ends_the_waiting(here: World) -> None:
    case = await asks_for_somebody(here)
    await here.staff("staff")
    await here.service.commit(lambda batch: None)
    from bot.service.desk import Desk

    desk = Desk(here.service)
    await desk.take_over("telegram:staff", case)
    await desk.write("telegram:staff", case, "Good morning, how can I help?")
    await letters(here, "ruth")
    here.clock.pass_(days=3)
    await here.service.come_due()
    assert await letters(here, "ruth") == []
    assert "asks to talk to someone" not in await today(here)


@pytest.mark.parametrize(
    ("since", "due"),
    [("2027-03-01", "2027-03-03"), ("2027-03-04", "2027-03-08"), ("2027-03-06", "2027-03-09")],
)
def test_two_working_days_leave_out_the_weekend(since: str, due: str) -> None:
    def noon(day: str) -> datetime:
        return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)

    assert after(2, noon(since)) == noon(due)


async def test_today_says_who_looks_after_a_team(here: World) -> None:
    case = await asks_for_somebody(here)
    browser = await here.staff("staff", "Nadia")
    await browser.post(f"/desk/teams/{case}/assign", data={"person": "telegram:Nadia"})
    assert "looked after by Nadia" in visible((await browser.get("/desk")).text)
    assert "looked after by Nadia" in visible((await browser.get("/desk/teams")).text)
