"""What staff do on a team's page: notes, labels, assignment, a call."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from bot.case.file import Signal
from bot.desk.team_deeds import _assign, _phoned
from bot.service.desk import Desk, RefusedError
from bot.store import staffing
from tests.desk.retold import box, case_of, done, letters, owner, post, retell, rows, team
from tests.desk.world import World, visible


async def test_a_note_is_kept_and_only_its_author_can_remove_it(here: World) -> None:
    case, marta = await team(here)
    nadia = await here.staff("admin", "Nadia")
    answered = await post(marta, case, "note", note="Called João.\n<b>Waits</b> for the town.")
    assert answered.headers["location"] == f"/desk/teams/{case}#notes"
    seen = (await nadia.get(f"/desk/teams/{case}")).text
    assert "&lt;b&gt;Waits&lt;/b&gt;" in seen
    assert "/note/remove" not in seen
    ((number,),) = await rows(here, "SELECT id FROM note")
    await post(nadia, case, "note/remove", number=str(number))
    assert await rows(here, "SELECT count(*) FROM note") == [(1,)]
    for _ in range(2):
        await post(marta, case, "note/remove", number=str(number))
    assert await rows(here, "SELECT count(*) FROM note") == [(0,)]
    assert [a for a in await done(here, case) if a[1] == "note"] == [("telegram:Marta", "note")] * 2


async def test_the_founder_never_hears_of_notes_and_labels(here: World) -> None:
    case, marta = await team(here)
    before = await letters(here, here.founder("ruth"))
    await post(marta, case, "note", note="They are slow.")
    await post(marta, case, "label", label="cohort 2")
    assert await letters(here, here.founder("ruth")) == before


@pytest.mark.parametrize("length", [0, 4001])
async def test_a_note_that_cannot_be_kept_stays_in_its_box(here: World, length: int) -> None:
    case, marta = await team(here)
    text = "x" * length
    answered = await post(marta, case, "note", note=text)
    assert answered.status_code == 409
    assert box(answered.text, "note") == text
    assert 'role="alert"' in answered.text
    assert await rows(here, "SELECT count(*) FROM note") == [(0,)]


async def test_the_longest_note_is_kept_whole(here: World) -> None:
    case, marta = await team(here)
    text = "é" * 4000
    assert (await post(marta, case, "note", note=text)).status_code == 303
    assert await rows(here, "SELECT text FROM note") == [(text,)]


async def test_labels_come_and_go_and_double_ones_are_one(here: World) -> None:
    case, marta = await team(here)
    for label in ("Cohort  2027", " Cohort 2027 ", "North"):
        assert (await post(marta, case, "label", label=label)).status_code == 303
    page = (await marta.get(f"/desk/teams/{case}")).text
    assert '<span class="tag">Cohort 2027</span><span class="tag">North</span>' in page
    await post(marta, case, "label/remove", label="North")
    assert await rows(here, "SELECT label FROM label") == [("Cohort 2027",)]
    for refused in ("", "x" * 61):
        answered = await post(marta, case, "label", label=refused)
        assert answered.status_code == 409


async def test_a_team_has_twenty_labels_at_most(here: World) -> None:
    case, marta = await team(here)
    for number in range(20):
        await post(marta, case, "label", label=f"label {number}")
    answered = await post(marta, case, "label", label="one more")
    assert answered.status_code == 409
    assert 'value="one more"' in answered.text
    assert await rows(here, "SELECT count(*) FROM label") == [(20,)]


async def test_staff_assigns_a_trainer_who_then_sees_the_team(here: World) -> None:
    case, marta = await team(here)
    tomas = await here.staff("trainer", "Tomas")
    for _ in range(2):
        await post(marta, case, "assign", person="telegram:Tomas")
    assert (await tomas.get(f"/desk/teams/{case}")).status_code == 200
    assert (await post(tomas, case, "note", note="Met them.")).status_code == 303
    assert (await post(tomas, case, "label", label="north")).status_code == 303
    await post(marta, case, "assign/remove", person="telegram:Tomas")
    assert (await tomas.get(f"/desk/teams/{case}")).status_code == 404
    assert (await post(tomas, case, "note", note="Once more.")).status_code == 404
    assert await rows(here, "SELECT count(*) FROM note") == [(1,)]


async def test_a_team_is_assigned_only_to_somebody_with_a_right(here: World) -> None:
    case, marta = await team(here)
    await here.right("trainer", "Tomas", "telegram:Tomas")
    await here.service.commit(
        lambda batch: staffing.revoke(batch.db, "telegram:Tomas", "test", batch.now)
    )
    for person in ("telegram:Tomas", "telegram:ruth", ""):
        assert (await post(marta, case, "assign", person=person)).status_code == 409
    assert await rows(here, "SELECT count(*) FROM assignment") == [(0,)]


async def test_a_trainer_cannot_do_what_is_for_staff(here: World) -> None:
    case, marta = await team(here)
    tomas = await here.staff("trainer", "Tomas")
    await post(marta, case, "assign", person="telegram:Tomas")
    for deed, fields in (
        ("assign", {"person": "telegram:Tomas"}),
        ("assign/remove", {"person": "telegram:Tomas"}),
        ("take_over", {}),
        ("write", {"text": "Hello"}),
        ("give_back", {}),
        ("phoned", {}),
    ):
        assert (await post(tomas, case, deed, **fields)).status_code == 404
    assert await owner(here, case) == "bot"


async def test_who_became_a_trainer_meanwhile_cannot_assign(here: World) -> None:
    """The right is read anew in the commit, not taken from when the page was opened."""
    case, marta = await team(here)
    await post(marta, case, "assign", person="telegram:Marta")
    await here.right("trainer", "Marta", "telegram:Marta")
    deed = partial(_assign, person="telegram:Marta")
    with pytest.raises(RefusedError):
        await Desk(here.service).about("telegram:Marta", case, deed)
    with pytest.raises(RefusedError):
        await Desk(here.service).about("telegram:Marta", case, partial(_phoned, text="x"))


async def test_a_wish_to_talk_is_met_by_a_call_with_one_press(here: World) -> None:
    case, marta = await team(here)
    asked = here.clock()
    await retell(here, case, lambda c: replace(c, signals={"help": Signal(asked)}))
    assert "/phoned" in (await marta.get(f"/desk/teams/{case}")).text
    told = await letters(here, here.founder("ruth"))
    assert (await post(marta, case, "phoned")).status_code == 303
    page = (await marta.get(f"/desk/teams/{case}")).text
    assert "/phoned" not in page
    assert "Nothing holds them up at the moment." in visible(page)
    assert await rows(here, "SELECT text FROM note") == [("Answered by phone.",)]
    assert "help" not in (await case_of(here, case)).signals
    assert ("telegram:Marta", "note") in await done(here, case)
    assert await letters(here, here.founder("ruth")) == told
    late = await post(marta, case, "phoned")
    assert late.status_code == 409
    assert await rows(here, "SELECT count(*) FROM note") == [(1,)]


async def test_no_deed_is_done_for_a_foreign_page_or_by_get(here: World) -> None:
    case, marta = await team(here)
    for deed in ("note", "label", "assign", "phoned", "take_over", "write", "give_back"):
        address = f"/desk/teams/{case}/{deed}"
        foreign = {"sec-fetch-site": "cross-site"}
        assert (await marta.post(address, data={}, headers=foreign)).status_code == 403
        assert (await marta.get(address)).status_code in (404, 405)
    assert await owner(here, case) == "bot"
