"""One person in several places: links, codes, two teams that meet, and nothing thrown away."""

from __future__ import annotations

import sqlite3

from bot.core.turn import Command
from bot.store import tickets
from tests.desk.world import Founder, World


async def link_of(here: World, founder: Founder) -> str:
    """A code to go on elsewhere, as the founder would be sent it."""
    person = founder.person
    return await here.service.commit(
        lambda batch: tickets.make(batch.db, "link", person, batch.now)
    )


async def teams_of(here: World, founder: Founder) -> list[str]:
    def rows(db: sqlite3.Connection) -> list[str]:
        found = db.execute(
            "SELECT m.team FROM member AS m WHERE m.person ="
            " coalesce((SELECT person FROM alias WHERE id = ?1), ?1) ORDER BY m.team",
            (founder.person,),
        )
        return [row[0] for row in found]

    return await here.service.store.read(rows)


async def test_a_founder_goes_on_in_another_place_with_the_same_file(here: World) -> None:
    ruth, phone = here.founder("ruth"), here.founder("phone")
    case = await ruth.founds("Lagoon", "Clean water")
    await phone.does(f"/start {await link_of(here, ruth)}")
    await phone.does("/review")
    assert await teams_of(here, phone) == [case]
    await phone.does("/privacy")
    await phone.taps("erase")
    await phone.taps("erase_all")
    assert await teams_of(here, ruth) == []
    assert await ruth.case() == ""


async def test_a_link_works_once_and_not_after_an_hour(here: World) -> None:
    ruth = here.founder("ruth")
    await ruth.founds("Lagoon", "Clean water")
    code = await link_of(here, ruth)
    here.clock.pass_(minutes=61)
    late = here.founder("late")
    await late.does(f"/start {code}")
    assert await teams_of(here, late) == []
    fresh = await link_of(here, ruth)
    first, second = here.founder("first"), here.founder("second")
    await first.does(f"/start {fresh}")
    await second.does(f"/start {fresh}")
    assert len(await teams_of(here, first)) == 1
    assert await teams_of(here, second) == []


async def test_where_both_have_a_team_both_stay_and_one_is_chosen(here: World) -> None:
    ruth, tomas = here.founder("ruth"), here.founder("tomas")
    lagoon = await ruth.founds("Lagoon", "Clean water")
    seeds = await tomas.founds("Seeds", "Seed for every village")
    await tomas.does(f"/start {await link_of(here, ruth)}")
    assert await teams_of(here, tomas) == [seeds]
    await tomas.taps("yes")
    assert await teams_of(here, tomas) == sorted([lagoon, seeds])
    assert await tomas.case() == seeds
    await tomas.taps(f"take:{lagoon}")
    assert await tomas.case() == lagoon
    await tomas.does("/teams")
    await tomas.taps(f"take:{seeds}")
    assert await tomas.case() == seeds
    await tomas.does(Command("privacy"))
    assert await ruth.case() == lagoon


async def test_answers_after_the_choice_go_to_the_team_chosen(here: World) -> None:
    ruth, tomas = here.founder("ruth"), here.founder("tomas")
    lagoon = await ruth.founds("Lagoon", "Clean water")
    await tomas.founds("Seeds", "Seed for every village")
    await tomas.does(f"/start {await link_of(here, ruth)}")
    await tomas.taps("yes")
    await tomas.taps(f"take:{lagoon}")
    await tomas.does("/step")
    await tomas.does("Call the mayor of the lagoon")

    def step(db: sqlite3.Connection) -> str:
        row = db.execute("SELECT snapshot FROM case_file WHERE id = ?", (lagoon,)).fetchone()
        return str(row[0])

    await tomas.taps("me")
    await tomas.taps("due:w1")
    assert "Call the mayor" in await here.service.store.read(step)


async def test_one_tap_on_a_strangers_link_gives_no_team_away(here: World) -> None:
    stranger, tomas = here.founder("stranger"), here.founder("tomas")
    await stranger.founds("Bait", "None")
    seeds = await tomas.founds("Seeds", "Seed for every village")
    await tomas.does(f"/start {await link_of(here, stranger)}")
    await tomas.taps("no")
    assert await teams_of(here, tomas) == [seeds]
    assert seeds not in await teams_of(here, stranger)
    await tomas.does("/review")
    assert await tomas.case() == seeds


async def test_a_code_confirmed_too_late_changes_nothing(here: World) -> None:
    ruth, tomas = here.founder("ruth"), here.founder("tomas")
    await ruth.founds("Lagoon", "Clean water")
    seeds = await tomas.founds("Seeds", "Seed for every village")
    await tomas.does(f"/start {await link_of(here, ruth)}")
    here.clock.pass_(hours=2)
    await tomas.taps("yes")
    assert await teams_of(here, tomas) == [seeds]


async def test_a_poster_link_only_says_hello(here: World) -> None:
    ruth = here.founder("ruth")
    await ruth.does("/start campaign-2027")
    await ruth.does("/start")
    assert await ruth.asked() > 0


async def test_a_guest_is_offered_no_link(here: World) -> None:
    guest = here.founder("guest")
    await guest.does("/start")
    await guest.does("/elsewhere")

    def kept(db: sqlite3.Connection) -> int:
        return int(db.execute("SELECT count(*) FROM ticket").fetchone()[0])

    assert await here.service.store.read(kept) == 0
