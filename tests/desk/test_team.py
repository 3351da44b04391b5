"""A team's page: what to say on the phone, in plain words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.case.file import CaseFile, NextStep, Signal, TipMark
from bot.core.say import Words
from tests.desk.retold import GOAL, answer, part, retell
from tests.desk.world import World, visible


async def test_why_a_team_is_stuck_stands_in_the_words_the_team_reads(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    asked = here.clock()
    await retell(here, case, lambda c: replace(c, signals={"help": Signal(asked)}))
    browser = await here.staff("staff")
    said = part((await browser.get(f"/desk/teams/{case}")).text, "stuck")
    assert "The team asks to talk to someone. since 1 March 2027" in said
    assert "Answer within two working days." in said
    team_reads = here.mind.renderer.plain(Words("stuck.help_asked"), "en")
    assert team_reads in said


async def test_the_facts_for_a_call_stand_in_plain_words(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    at = here.clock()

    def facts(c: CaseFile) -> CaseFile:
        step = NextStep("Call the town", "Ruth", date(2027, 2, 20), at, slipped=2)
        past = NextStep("Write to the port", "Tom", None, at, done_at=at)
        c = c.with_answer("shared_goal", answer(here, "begun"))
        c = c.with_answer("existing", answer(here, ("Harbour forum",)))
        c = c.with_answer("funding", answer(here, "single"))
        c = c.with_answer("horizon", answer(here, "short"))
        tips = {"p1.goal_early": TipMark("done", at), "gone.tip": TipMark("done", at)}
        return replace(c, step=step, past_steps=(past,), tips=tips)

    await retell(here, case, facts)
    page = (await (await here.staff("staff")).get(f"/desk/teams/{case}")).text
    said = visible(page)
    for words in (
        "Call the town Who: Ruth By when: 20 February 2027 date has passed · put off 2 times",
        "Write to the port · Tom done on 1 March 2027",
        "Committed or in serious talks (1) Town of Kanoa (public sector)",
        "Only named so far (1) Fishers (civil society)",
        "One voice: one person answers",
        f"Their goal, in their words {GOAL} They are still talking about a shared goal.",
        "Secured for less than a year (said on 1 March 2027).",
        "not yet looked at Harbour forum",
        "Money and time come from one source only.",
        "They already know of Harbour forum.",
    ):
        assert words in said
    heads = " ".join(re.findall(r"<h2[^>]*>([^<]*)", page))
    order = ("What holds", "What changed", "Next step", "Who is committed", "Whose", "In short")
    places = [heads.index(head) for head in order]
    assert places == sorted(places)


async def test_money_told_by_its_day_counts_more_than_an_older_answer(here: World) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    end = (here.clock() + timedelta(days=90)).date()

    def ends(c: CaseFile) -> CaseFile:
        c = c.with_answer("horizon", answer(here, "long"))
        return replace(c, signals={"money_ends": Signal(here.clock(), end)})

    await retell(here, case, ends)
    said = visible((await (await here.staff("staff")).get(f"/desk/teams/{case}")).text)
    assert "It lasts until 30 May 2027." in said
    assert "Funding ends in less than six months." in said


@pytest.mark.parametrize("language", ["fr", "en", "de", "es"])
async def test_every_language_tells_a_whole_team(here: World, language: str) -> None:
    ruth = here.founder("ruth")
    case = await ruth.founds("Lagoon", GOAL)
    browser = await here.staff("staff")
    await browser.post("/desk/me/language", data={"language": language})
    page = await browser.get(f"/desk/teams/{case}")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    left = re.sub(r"<blockquote.*?</blockquote>", "", page.text, flags=re.DOTALL)
    assert "team_page." not in left


async def test_a_case_with_nothing_told_has_a_page_too(here: World) -> None:
    case = await here.founder("ruth").founds("Lagoon", GOAL)
    await retell(here, case, lambda c: CaseFile(id=c.id, shared=True))
    page = await (await here.staff("staff")).get(f"/desk/teams/{case}")
    assert page.status_code == 200
    said = visible(page.text)
    assert "Team without a name" in said
    assert "The team has not said anything yet." in said
    assert "Nobody has answered yet." in said
