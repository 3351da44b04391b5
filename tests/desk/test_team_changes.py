"""What changed since somebody last looked at a team, told first on its page."""

from __future__ import annotations

from datetime import date

from bot.core.events import (
    ActorSorted,
    ReadingConfirmed,
    ReadingOverruled,
    SignalGiven,
    SlotCleared,
    SlotFilled,
    StepChosen,
    StepClosed,
    TipMarked,
)
from bot.store import readers
from tests.desk.retold import GOAL, done, happens, part
from tests.desk.world import World


async def test_a_first_visit_says_so_and_the_next_one_tells_what_changed(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    page = await browser.get(f"/desk/teams/{case}")
    assert "for the first time" in part(page.text, "changed")
    here.clock.pass_(days=1)
    browser = await here.staff("staff")
    await happens(here, ruth, case, SlotFilled("roles", "begun", "told"))
    page = await browser.get(f"/desk/teams/{case}")
    said = part(page.text, "changed")
    assert "You last looked on 1 March 2027, 09:00 UTC." in said
    assert "The roles: We are talking about it" in said


async def test_what_changed_is_still_told_when_the_page_is_opened_again(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    assert "for the first time" in (await browser.get(f"/desk/teams/{case}")).text
    here.clock.pass_(minutes=20)
    await happens(here, ruth, case, SlotFilled("roles", "begun", "told"))
    here.clock.pass_(minutes=1)
    for _ in range(3):
        page = await browser.get(f"/desk/teams/{case}")
        assert "The roles" in part(page.text, "changed")
        here.clock.pass_(minutes=4)
    here.clock.pass_(minutes=15)
    page = await browser.get(f"/desk/teams/{case}")
    assert "Nothing has changed since." in part(page.text, "changed")


async def test_a_look_is_recorded_once_a_visit_and_the_team_can_read_it(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff", "Marta")
    for _ in range(3):
        await browser.get(f"/desk/teams/{case}")
    assert await done(here, case) == [("telegram:Marta", "read")]
    here.clock.pass_(minutes=16)
    await browser.get(f"/desk/teams/{case}")
    assert await done(here, case) == [("telegram:Marta", "read")] * 2
    seen = await here.store.read(lambda db: readers.of(db, case, 8))
    assert [reader.name for reader in seen] == ["Marta"]


async def test_looking_at_one_team_leaves_what_is_new_of_another(here: World) -> None:
    ruth, tom = here.founder("ruth"), here.founder("tom")
    first = await ruth.founds("Lagoon", GOAL)
    second = await tom.founds("Valley", "Seeds for all")
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{first}")
    assert "for the first time" in (await browser.get(f"/desk/teams/{second}")).text


async def test_people_leaving_come_before_all_other_changes(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    here.clock.pass_(minutes=20)
    events = (
        SlotFilled("roles", "begun", "told"),
        SignalGiven("waiting"),
        SlotFilled("goal", "Clean water by 2031", "told"),
        SignalGiven("coordinator_gone"),
        StepChosen("Call the town", "Ruth", date(2027, 4, 1)),
    )
    for event in events:
        await happens(here, ruth, case, event)
    said = part((await browser.get(f"/desk/teams/{case}")).text, "changed")
    wanted = (
        "held the thread has left",
        "is waiting for an answer",
        "The roles",
        "The goal is written",
        "Next step chosen: Call the town (1 April 2027)",
    )
    places = [said.index(words) for words in wanted]
    assert places == sorted(places)


async def test_a_changed_answer_is_told_with_what_it_was_before(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    await happens(here, ruth, case, SlotFilled("roles", "not_yet", "told"))
    await happens(here, ruth, case, SlotFilled("goal", "Clean water", "told"))
    await happens(here, ruth, case, SlotFilled("existing", ("Forum",), "told"))
    await happens(here, ruth, case, SlotFilled("existing_fit", "same", "told"))
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    here.clock.pass_(minutes=20)
    await happens(here, ruth, case, SlotFilled("roles", "agreed", "told"))
    await happens(here, ruth, case, SlotFilled("goal", "Clean water for all", "told"))
    await happens(here, ruth, case, SlotFilled("existing", ("Forum", "Council"), "told"))
    await happens(here, ruth, case, SlotCleared("existing_fit", "existing"))
    said = part((await browser.get(f"/desk/teams/{case}")).text, "changed")
    assert "The roles: Not yet → That is agreed" in said
    assert "Existing groups: Forum → Forum and Council" in said
    assert "no answer any more (it was: Yes, for the most part)" in said
    assert "Clean water&#34; → &#34;Clean water for all" in said


async def test_an_answer_turned_around_and_back_is_no_change(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    await happens(here, ruth, case, SlotFilled("roles", "begun", "told"))
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    here.clock.pass_(minutes=20)
    for value in ("agreed", "begun"):
        await happens(here, ruth, case, SlotFilled("roles", value, "told"))
    assert "Nothing has changed" in part((await browser.get(f"/desk/teams/{case}")).text, "changed")


async def test_many_new_answers_are_told_in_one_line_by_their_names(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    here.clock.pass_(minutes=20)
    for slot in ("roles", "rules", "decisions", "shared_goal"):
        await happens(here, ruth, case, SlotFilled(slot, "begun", "told"))
    said = part((await browser.get(f"/desk/teams/{case}")).text, "changed")
    assert "4 new answers: A shared goal, The roles, How you communicate" in said


async def test_actors_steps_reading_and_tips_are_told_when_they_change(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    await happens(here, ruth, case, SlotFilled("actors", ("Town",), "told"))
    await happens(here, ruth, case, StepChosen("Call the town", "Ruth", date(2027, 3, 9)))
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    here.clock.pass_(minutes=20)
    for event in (
        SlotFilled("actors", ("Town", "Cannery"), "told"),
        SlotFilled("on_board", ("Cannery",), "told"),
        ActorSorted("Cannery", "private"),
        StepChosen("Call the town", "Ruth", date(2027, 3, 23)),
        StepClosed("done"),
        ReadingConfirmed(False),
        ReadingOverruled("phase", "p3"),
        ReadingOverruled("form", "network"),
        TipMarked("p1.goal_early", "not_for_us"),
    ):
        await happens(here, ruth, case, event)
    said = part((await browser.get(f"/desk/teams/{case}")).text, "changed")
    for words in (
        "Now on the list: Cannery.",
        "Now in serious talks: Cannery.",
        "Next step put off: Call the town (9 March 2027 → 23 March 2027).",
        "Done: Call the town",
        "the reading does not quite fit",
        "in another step: Finding partners",
        "has chosen its form of cooperation: a network",
        "Tip marked &#34;not for us&#34;",
    ):
        assert words in said
