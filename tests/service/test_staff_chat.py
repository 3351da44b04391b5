"""Staff in the chat: each command for each kind of person; nobody else learns that it is there."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.case.file import NextStep, Signal
from bot.core.turn import Command, Tap, Text, Turn
from bot.store import cases, staffing, summaries
from bot.store.batch import Batch
from bot.store.staffing import Role
from bot.store.times import moment, stamp
from tests.desk.world import Founder, World, the_mind, world

GOAL = "Clean water for every street by 2030"
HOSTILE = '<b>Mangrove</b> & "Co" <script>alert(1)</script>'
RIGHTS: dict[str, Role] = {"staff": "staff", "admin": "admin", "assigned": "trainer"}
# Who may not: none of these learns more than that there is no such command.
OTHERS = ("stranger", "founder", "revoked")
COMMANDS = ("/desk", "/stuck", "/team Lagoon", "/note Call them", "note: Call them")


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def heard(here: World, who: Founder, said: str | Tap) -> list[dict[str, Any]]:
    """What `who` is told in answer to one turn."""
    sql = "SELECT id, message FROM outbox WHERE chat = ? ORDER BY id"
    before = await here.store.read(lambda db: db.execute(sql, (who.name,)).fetchall())
    await who.does(said)
    after = await here.store.read(lambda db: db.execute(sql, (who.name,)).fetchall())
    return [json.loads(text) for _, text in after[len(before) :]]


def words(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["html"] for message in messages)


def labels(messages: list[dict[str, Any]]) -> list[str]:
    return [b["label"] for m in messages for b in m.get("buttons", ())]


def actions(messages: list[dict[str, Any]]) -> list[str]:
    return [b["action"] for m in messages for b in m.get("buttons", ())]


async def person(here: World, kind: str) -> Founder:
    """Somebody of this kind, who writes in English."""
    who = here.founder(kind)
    if kind == "founder":
        await who.founds("Own team", "Something else")
    if kind in ("revoked", "trainer", *RIGHTS):
        role = RIGHTS.get(kind, "trainer" if kind == "trainer" else "staff")
        await here.right(role, kind.title(), who.person)
    if kind == "assigned":
        await here.service.commit(lambda batch: assign(batch, who.person))
    if kind == "revoked":
        await here.service.commit(
            lambda batch: staffing.revoke(batch.db, who.person, "test", batch.now)
        )
        here.clock.pass_(seconds=1)
    return who


def assign(batch: Batch, trainer: str) -> None:
    batch.db.execute(
        "INSERT INTO assignment (case_id, person)"
        " SELECT case_id, ? FROM summary WHERE name = 'Lagoon'",
        (trainer,),
    )


async def three_teams(here: World) -> dict[str, str]:
    """One shared team, one with a hostile name, and one that does not share."""
    return {
        "Lagoon": await here.founder("ruth").founds("Lagoon", GOAL),
        HOSTILE: await here.founder("eve").founds(HOSTILE, "Quiet nights"),
        "Closed": await here.founder("tomas").founds("Closed", "Seed for all", share=False),
    }


def change(batch: Batch, case_id: str, **fields: Any) -> None:
    """Changes a case and its row, as a turn would."""
    found = cases.load(batch.db, case_id)
    assert found is not None
    case = replace(found[0], **fields)
    cases.change(batch, case_id, case)
    last = summaries.last_at(batch.db, case_id)
    seen = the_mind().overview(case, moment(last), 1)
    summaries.write(batch.db, case_id, seen, "en", last, batch.now)


async def record(here: World, action: str) -> list[tuple[str, str]]:
    sql = "SELECT actor, about FROM audit WHERE action = ? ORDER BY id"
    return await here.store.read(lambda db: db.execute(sql, (action,)).fetchall())


async def notes(here: World) -> list[tuple[str, str, str]]:
    sql = "SELECT case_id, author, text FROM note ORDER BY id"
    return await here.store.read(lambda db: db.execute(sql).fetchall())


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("said", COMMANDS)
async def test_without_the_right_it_is_a_command_that_nobody_knows(
    here: World, kind: str, said: str
) -> None:
    await three_teams(here)
    who = await person(here, kind)
    twin = here.founder("twin")
    if kind == "founder":
        await twin.founds("Own team", "Something else")
    nonsense = said.replace("note:", "zzzz:") if ":" in said else "/zzzz"
    assert await heard(here, who, said) == await heard(here, twin, nonsense)
    assert await notes(here) == []
    assert await record(here, "read") == []


@pytest.mark.parametrize("kind", OTHERS)
async def test_a_tap_on_a_staff_button_is_a_stale_one_for_everybody_else(
    here: World, kind: str
) -> None:
    teams = await three_teams(here)
    who, twin = await person(here, kind), here.founder("twin")
    if kind == "founder":
        await twin.founds("Own team", "Something else")
    tap = Tap(f"desk.team:{teams['Lagoon']}", 0)
    assert await heard(here, who, tap) == await heard(here, twin, Tap("zzzz", 0))


@pytest.mark.parametrize("kind", OTHERS)
async def test_teams_of_the_programme_are_no_founders_to_see(here: World, kind: str) -> None:
    await three_teams(here)
    told = await heard(here, await person(here, kind), "/teams")
    assert "Lagoon" not in json.dumps(told)
    assert not [action for action in actions(told) if action.startswith("desk.")]


@pytest.mark.parametrize("kind", [*RIGHTS, "trainer"])
async def test_the_link_to_the_desk_signs_in_once_and_only_for_minutes(
    here: World, kind: str
) -> None:
    who = await person(here, kind)
    told = words(await heard(here, who, "/desk"))
    assert "15 minutes" in told
    [link] = set(re.findall(r"http://amorce\.test(/desk/enter/[A-Z0-9-]+)", told))
    code = link.rpartition("/")[2]
    browser = here.browser()
    assert (await browser.post("/desk/enter", data={"code": code})).status_code == 303
    assert (await browser.post("/desk/enter", data={"code": code})).status_code == 422
    here.clock.pass_(minutes=1)
    late = words(await heard(here, who, "/desk"))
    here.clock.pass_(minutes=15)
    code = re.findall(r"/desk/enter/([A-Z0-9-]+)", late)[0]
    assert (await browser.post("/desk/enter", data={"code": code})).status_code == 422


async def test_staff_finds_every_sharing_team_and_never_another(here: World) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    told = await heard(here, who, "/teams")
    assert set(labels(told)) == {"Lagoon", HOSTILE}
    assert "2 teams" in words(told)
    assert "No team" in words(await heard(here, who, "/teams Closed"))
    assert labels(await heard(here, who, "/teams clean water")) == ["Lagoon"]


async def test_a_trainer_sees_the_assigned_team_alone(here: World) -> None:
    teams = await three_teams(here)
    assigned, other = await person(here, "assigned"), await person(here, "trainer")
    assert labels(await heard(here, assigned, "/teams")) == ["Lagoon"]
    assert GOAL not in words(await heard(here, other, "/team Lagoon"))
    for said in ("/teams", "/stuck", "/team Lagoon", Tap(f"desk.team:{teams['Lagoon']}", 0)):
        assert "Lagoon</b>" not in words(await heard(here, other, said))
    assert "<b>Lagoon</b>" in words(await heard(here, assigned, "/team Lagoon"))


@pytest.mark.parametrize("kind", RIGHTS)
async def test_a_team_at_a_glance_is_written_into_the_record(here: World, kind: str) -> None:
    teams = await three_teams(here)
    step = NextStep("Meet the port", "Ruth", here.clock.now.date(), here.clock.now, slipped=3)
    await here.service.commit(lambda batch: change(batch, teams["Lagoon"], step=step))
    who = await person(here, kind)
    told = await heard(here, who, "/team lagoon")
    for part in (
        "<b>Lagoon</b>",
        "put off twice",
        "Put off 3 times",
        "Meet the port",
        "1 March 2027",
    ):
        assert part in words(told)
    assert f"http://amorce.test/desk/teams/{teams['Lagoon']}" in words(told)
    assert await record(here, "read") == [(who.person, teams["Lagoon"])]
    again = await heard(here, who, Tap(actions(told)[0], 0))
    assert words(again) == words(told)
    assert len(await record(here, "read")) == 2


async def test_a_team_that_does_not_share_is_as_if_it_were_not_there(here: World) -> None:
    teams = await three_teams(here)
    who = await person(here, "staff")
    closed = await heard(here, who, Tap(f"desk.team:{teams['Closed']}", 0))
    assert closed == await heard(here, who, Tap(f"desk.team:{'0' * 32}", 0))
    named = words(await heard(here, who, "/team Closed"))
    assert named == words(await heard(here, who, "/team Nobody")).replace("Nobody", "Closed")
    assert await record(here, "read") == []


async def test_what_people_typed_is_shown_as_text(here: World) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    for said in (f"/team {HOSTILE}", f"/teams {HOSTILE}", "/teams <i>zzzz</i>"):
        told = words(await heard(here, who, said))
        assert "<script>" not in told
        assert "<i>zzzz" not in told
    assert "&lt;b&gt;Mangrove" in words(await heard(here, who, f"/team {HOSTILE}"))


async def test_stuck_teams_come_with_the_reason_and_the_most_urgent_first(here: World) -> None:
    teams = await three_teams(here)
    who = await person(here, "staff")
    assert "Nobody is waiting" in words(await heard(here, who, "/stuck"))
    at = here.clock.now - timedelta(days=100)
    waiting, asked = {"waiting": Signal(at)}, {"help": Signal(here.clock.now)}
    await here.service.commit(lambda batch: change(batch, teams["Lagoon"], signals=waiting))
    await here.service.commit(lambda batch: change(batch, teams[HOSTILE], signals=asked))
    await here.service.commit(lambda batch: change(batch, teams["Closed"], signals=asked))
    told = await heard(here, who, "/stuck")
    assert labels(told) == [HOSTILE, "Lagoon"]
    assert "asks to talk to someone" in words(told)
    assert "is waiting for an answer from elsewhere" in words(told)


async def test_a_note_goes_to_the_team_just_looked_at_and_can_be_taken_back(here: World) -> None:
    teams = await three_teams(here)
    who = await person(here, "staff")
    assert "For which team" in words(await heard(here, who, "note: Call them"))
    await heard(here, who, "/team Lagoon")
    told = await heard(here, who, "Note: Call <them>\non Friday")
    assert "Note kept for <b>Lagoon</b>" in words(told)
    assert await notes(here) == [(teams["Lagoon"], who.person, "Call <them>\non Friday")]
    other = await person(here, "admin")
    assert "not yours" in words(await heard(here, other, Tap(actions(told)[0], 0)))
    assert len(await notes(here)) == 1
    assert "deleted" in words(await heard(here, who, Tap(actions(told)[0], 0)))
    assert await notes(here) == []
    here.clock.pass_(seconds=1)
    await heard(here, who, "/note Another one")
    assert "no longer there" in words(await heard(here, who, Tap(actions(told)[0], 0)))
    assert [text for _, _, text in await notes(here)] == ["Another one"]
    assert len(await record(here, "note")) == 3


async def test_a_note_an_hour_after_the_look_asks_for_the_team(here: World) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    await heard(here, who, "/team Lagoon")
    here.clock.pass_(minutes=61)
    assert "For which team" in words(await heard(here, who, "/note Call them"))
    assert await notes(here) == []


@pytest.mark.parametrize("kind", [*RIGHTS, *OTHERS, "trainer"])
async def test_a_reply_to_a_summary_is_a_note_for_whoever_sees_the_team(
    here: World, kind: str
) -> None:
    teams = await three_teams(here)
    who = await person(here, kind)
    await reply(here, who, "They came back", teams["Lagoon"])
    await reply(here, who, "They came back", teams["Closed"])
    kept = [(teams["Lagoon"], who.person, "They came back")]
    assert await notes(here) == (kept if kind in RIGHTS else [])


async def reply(here: World, who: Founder, text: str, case_id: str) -> None:
    about = f"desk.team:{case_id}"
    key = f"{who.name}-reply-{case_id}"
    me = who.name
    turn = Turn(key, "telegram", me, me, here.clock.now, Text(text), "en", key, about)
    await here.service.run([turn])


async def test_a_right_ends_with_the_next_message(here: World) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    told = await heard(here, who, "/team Lagoon")
    await here.service.commit(
        lambda batch: staffing.revoke(batch.db, who.person, "test", batch.now)
    )
    for said in (*COMMANDS, Tap(actions(told)[0], 0)):
        assert "Lagoon" not in json.dumps(await heard(here, who, said))
    assert await notes(here) == []


async def test_staff_who_founds_keeps_the_way_to_own_teams(here: World) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    await who.founds("Mine", "Bread")
    await here.service.commit(lambda batch: second_team(batch, who.person))
    told = await heard(here, who, "/teams")
    assert actions(told)[-1] == "desk.own"
    assert set(labels(await heard(here, who, Tap("desk.own", 0)))) >= {"Mine", "Other"}


def second_team(batch: Batch, founder: str) -> None:
    at = stamp(batch.now)
    for sql in (
        "INSERT INTO team (id, name, created_at) VALUES ('other', 'Other', :at)",
        "INSERT INTO member (person, team, joined_at) VALUES (:who, 'other', :at)",
        "INSERT INTO case_file (id, team, snapshot, updated_at)"
        " VALUES ('other', 'other', '{}', :at)",
    ):
        batch.db.execute(sql, {"at": at, "who": founder})
    batch.forget()


async def test_what_staff_reads_gets_into_no_transcript(here: World) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    await who.founds("Mine", "Bread")
    sql = "SELECT count(*) FROM line WHERE message LIKE '%Lagoon%' AND conversation = ?"
    await heard(here, who, "/team Lagoon")
    await heard(here, who, "note: Lagoon needs a call")
    found = await here.store.read(lambda db: db.execute(sql, (who.conversation,)).fetchone())
    assert found == (0,)


async def test_nothing_is_told_among_others(here: World) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    turn = Turn("g1", "telegram", "-100", who.name, here.clock.now, Command("team", "Lagoon"))
    await here.service.run([turn])
    sql = "SELECT message FROM outbox WHERE chat = '-100'"
    told = await here.store.read(lambda db: db.execute(sql).fetchall())
    assert "Lagoon" not in str(told)


@pytest.mark.parametrize("language", ["fr", "en", "de", "es"])
async def test_every_answer_is_told_in_the_language_of_who_reads(
    here: World, language: str
) -> None:
    await three_teams(here)
    who = await person(here, "staff")
    await here.service.commit(lambda batch: staffing.speak(batch.db, who.person, language))
    said = words(await heard(here, who, "/team Lagoon"))
    title = the_mind().library.kb.text("p2", "title", language)
    assert title in said
