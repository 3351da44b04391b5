"""What a team's page keeps to itself: private answers, other people's teams, names at risk."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.case.file import Actor, CaseFile, NextStep, Remark
from bot.core.events import (
    NeedTold,
    RemarkKept,
    SlotCleared,
    SlotFilled,
    StepChosen,
)
from tests.desk.retold import GOAL, answer, done, happens, part, retell, rows
from tests.desk.world import World, visible


async def test_private_answers_are_nowhere_on_the_page(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    here.clock.pass_(minutes=20)
    secret = "XSECRETX"

    def private(c: CaseFile) -> CaseFile:
        for slot in ("equal_footing", "red_lines"):
            c = c.with_answer(slot, answer(here, secret, by="tom"))
        remark = Remark(f"{secret} they never listen", here.clock(), "equal_footing")
        c = c.with_answer("shared_goal", answer(here, "agreed"))
        c = c.with_answer("roles", answer(here, "not_yet"))
        return replace(c, need=f"stuck{secret}", remarks=(remark,), unanswered=(remark,))

    await retell(here, case, private)
    for event in (
        SlotFilled("equal_footing", secret, "told"),
        SlotFilled("red_lines", secret, "told"),
        SlotCleared("red_lines", "goal"),
        NeedTold(secret),
        RemarkKept(secret, "red_lines"),
    ):
        await happens(here, ruth, case, event)
    for address in (f"/desk/teams/{case}", f"/desk/teams/{case}/transcript"):
        page = await browser.get(address)
        assert page.status_code == 200
        assert secret not in page.text
        for name in ("The weight of each voice", "How far each can go"):
            assert name not in page.text
    assert "Nothing has changed since." in (await browser.get(f"/desk/teams/{case}")).text


@pytest.mark.parametrize("slot", ["equal_footing", "red_lines"])
async def test_a_private_answer_leaves_no_trace_on_the_page(here: World, slot: str) -> None:
    """With the answers the dialog really gives: the page is the same as without them."""
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)

    def agreed(c: CaseFile) -> CaseFile:
        c = c.with_answer("shared_goal", answer(here, "agreed"))
        return c.with_answer("roles", answer(here, "agreed"))

    await retell(here, case, agreed)
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    here.clock.pass_(minutes=20)
    before = (await browser.get(f"/desk/teams/{case}")).text
    told = {"equal_footing": "no", "red_lines": "not_yet"}[slot]
    private = answer(here, told, by="tom")
    await retell(here, case, lambda c: replace(c.with_answer(slot, private), need="tired"))
    await happens(here, ruth, case, SlotFilled(slot, told, "told"))
    assert (await browser.get(f"/desk/teams/{case}")).text == before


async def test_the_reading_is_made_without_private_answers(here: World) -> None:
    """What an answer about equality would change in the reading is not to be seen."""
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)

    def told(c: CaseFile) -> CaseFile:
        for slot in ("shared_goal", "roles", "rules", "decisions"):
            c = c.with_answer(slot, answer(here, "begun"))
        return c

    await retell(here, case, told)
    browser = await here.staff("staff")
    before = part((await browser.get(f"/desk/teams/{case}")).text, "reading")
    await retell(here, case, lambda c: c.with_answer("equal_footing", answer(here, "no")))
    await retell(here, case, lambda c: replace(c, need="stuck"))
    assert part((await browser.get(f"/desk/teams/{case}")).text, "reading") == before


async def test_hostile_words_are_shown_as_text_everywhere(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    evil = "<script>alert('x')</script><img src=x onerror=alert(1)>{{ 7*7 }}\u202e\" onclick=\"x"

    def hostile(c: CaseFile) -> CaseFile:
        for slot in ("problem", "goal", "why_ours"):
            c = c.with_answer(slot, answer(here, evil))
        c = c.with_answer("existing", answer(here, (evil,)))
        step = NextStep(evil, evil, date(2027, 2, 1), here.clock())
        actors = (Actor(evil, "public", "in_talks"), Actor(evil))
        return replace(c, name=evil, actors=actors, step=step, past_steps=(step,))

    await retell(here, case, hostile)
    await ruth.does(evil)
    await happens(here, ruth, case, SlotFilled("goal", evil, "told"), StepChosen(evil, evil, None))
    browser = await here.staff("staff")
    await browser.post(f"/desk/teams/{case}/note", data={"note": evil})
    await browser.post(f"/desk/teams/{case}/label", data={"label": evil[:40]})
    for address in (f"/desk/teams/{case}", f"/desk/teams/{case}/transcript"):
        html = (await browser.get(address)).text
        assert "alert" in html
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'onclick="x' not in html
        assert ">49" not in html


async def test_a_team_that_does_not_share_looks_like_none_at_all(here: World) -> None:
    case = await here.founder("ruth").founds("Lagoon", GOAL, share=False)
    browser = await here.staff("admin")
    hidden, none = await browser.get(f"/desk/teams/{case}"), await browser.get("/desk/teams/none")
    assert hidden.status_code == none.status_code == 404
    assert hidden.text.replace(case, "none") == none.text
    assert ("telegram:admin", "read") not in await done(here, case)


async def test_a_trainer_reads_assigned_teams_without_the_conversation(here: World) -> None:
    case = await here.founder("ruth").founds("Lagoon", GOAL)
    trainer, staff = await here.staff("trainer", "Tomas"), await here.staff("staff")
    assert (await trainer.get(f"/desk/teams/{case}")).status_code == 404
    await staff.post(f"/desk/teams/{case}/assign", data={"person": "telegram:Tomas"})
    page = await trainer.get(f"/desk/teams/{case}")
    assert page.status_code == 200
    assert GOAL in visible(page.text)
    for closed in ('id="write"', 'id="transcript"', "/assign", "/phoned", "/desk/erase"):
        assert closed not in page.text
    for address in ("transcript", "exchange"):
        assert (await trainer.get(f"/desk/teams/{case}/{address}")).status_code == 404


async def test_names_stay_out_of_the_pictures_where_they_could_endanger(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    drawn = (await browser.get(f"/desk/teams/{case}")).text
    assert "Town of Kanoa" in "".join(re.findall(r"<svg.*?</svg>", drawn, re.DOTALL))

    def endangered(c: CaseFile) -> CaseFile:
        for slot in ("actors", "on_board"):
            c = c.with_answer(slot, answer(here, ("Town of Kanoa",)))
        c = c.with_answer("shared_goal", answer(here, "agreed"))
        return c.with_answer("affected", answer(here, "risky"))

    await retell(here, case, endangered)
    here.clock.pass_(minutes=20)
    await happens(here, ruth, case, SlotFilled("actors", ("Fishers", "Town of Kanoa"), "told"))
    html = (await browser.get(f"/desk/teams/{case}")).text
    assert "Kanoa" not in "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    assert "2 more organisations on the list." in part(html, "changed")
    assert "Kanoa" not in part(html, "told")
    assert "names, left out here" in part(html, "reading")
    on_paper = re.sub(
        r'<(span|div|section) [^>]*class="noprint".*?</\1>', "", html, flags=re.DOTALL
    )
    assert "Kanoa" not in on_paper


async def test_the_conversation_shows_only_what_the_team_added(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    await ruth.does("We meet on Fridays at the harbour.")
    await ruth.does("/privacy")
    browser = await here.staff("staff", "Marta")
    page = await browser.get(f"/desk/teams/{case}/transcript")
    said = visible(page.text)
    assert "The wells of Lagoon make children ill." in said
    assert "not shown: " in said
    assert ("telegram:Marta", "transcript") in await done(here, case)
    await retell(here, case, lambda c: replace(c, transcript=None))
    assert (await browser.get(f"/desk/teams/{case}/transcript")).status_code == 404
    closed = part((await browser.get(f"/desk/teams/{case}")).text, "transcript")
    assert "shares its summary, not its conversation" in closed


async def test_a_long_conversation_comes_page_by_page(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    for number in range(70):
        await ruth.does(f"/ask what is step number {number}")
    browser = await here.staff("staff")
    newest = (await browser.get(f"/desk/teams/{case}/transcript")).text
    older = re.search(r'href="([^"]*\?before=\d+)"', newest)
    assert older
    assert "The wells of Lagoon" not in newest
    seen = newest
    while older:
        html = (await browser.get(older[1], headers={"hx-request": "true"})).text
        assert "<html" not in html
        seen += html
        older = re.search(r'href="([^"]*\?before=\d+)"', html)
    assert "The wells of Lagoon" in seen
    for odd in ("-1", "abc", "٣", "9" * 40, ""):
        answered = await browser.get(f"/desk/teams/{case}/transcript", params={"before": odd})
        assert answered.status_code == 200


async def test_no_page_says_what_a_team_is_not(here: World) -> None:
    case = await here.founder("ruth").founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    for form in ("network", "round_table", "join_existing"):
        await retell(here, case, lambda c, form=form: replace(c, overruled_form=form))  # type: ignore[misc]
        said = part((await browser.get(f"/desk/teams/{case}")).text, "reading")
        assert "A form that may fit" in said
        assert not re.search(r"\bnot an? (msp|multi-stakeholder)", said, re.IGNORECASE)


async def test_a_reload_writes_nothing_but_the_first_look(here: World) -> None:
    case = await here.founder("ruth").founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    await browser.get(f"/desk/teams/{case}")
    counted = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM outbox), at FROM looked"
    before = await rows(here, counted)
    for _ in range(3):
        await browser.get(f"/desk/teams/{case}")
    assert await rows(here, counted) == before
