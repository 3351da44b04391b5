"""The list of teams: who sees which, filters, order, pages, views, and labels for several."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx

from bot.case.file import Actor
from bot.store import staffing
from tests.desk import crowd
from tests.desk.world import World, visible

AGREED = {"shared_goal": "agreed", "funding": "single"}
HOSTILE = (
    "<script>alert(1)</script>",
    "\u202eevil\u202c RTL שלום",
    "👩🏽\u200d🌾 Farm",
    "nul\x00nul",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
)


def names(page: httpx.Response) -> list[str]:
    """The teams of a page, in its order, as they are shown."""
    return [
        visible(name)
        for name in re.findall(r'<a href="/desk/teams/[^"?]+"[^>]*>(.*?)</a>', page.text)
    ]


async def asked(browser: httpx.AsyncClient, query: str = "") -> list[str]:
    page = await browser.get(f"/desk/teams?{query}")
    assert page.status_code == 200
    return names(page)


async def test_a_team_is_shown_with_what_staff_needs_to_know(here: World) -> None:
    team = crowd.case(
        here,
        1,
        "Lagoon",
        actors=(crowd.FISHERS, crowd.TOWN),
        answers=AGREED,
        step=crowd.step(here, "Call the town hall", 10, slipped=2),
        signals=crowd.asks_for_help(here),
    )
    await crowd.settle(here, team)
    browser = await here.staff("staff")
    await browser.post(
        "/desk/teams/label", data={"team": "team-1", "label": "Coast", "deed": "add"}
    )
    page = (await browser.get("/desk/teams")).text
    shown = visible(page[page.index("<table") :])
    kb = here.mind.library.kb
    for words in (
        "Lagoon",
        "Coast",
        kb.text("p3", "title", "en"),
        "A multi-stakeholder initiative",
        "Civil society, Public sector",
        "Call the town hall due 11 March 2027, put off 2 times",
        "1 March 2027",
        "The team asks to talk to someone.",
    ):
        assert words in shown


async def test_each_filter_leaves_only_its_teams(here: World) -> None:
    await crowd.settle(
        here,
        crowd.case(here, 1, "Mixed", actors=(crowd.FISHERS, crowd.TOWN), answers=AGREED),
        crowd.case(here, 2, "Stuck", signals=crowd.asks_for_help(here)),
        crowd.case(here, 3, "Early", answers={"goal": "Été sans déchets"}),
    )
    await crowd.settle(here, crowd.case(here, 4, "Frühling"), language="de")
    await crowd.assign(here, "team-3", "telegram:staff")
    browser = await here.staff("staff")
    await browser.post("/desk/teams/label", data={"team": "team-3", "label": "One", "deed": "add"})
    assert await asked(browser, "sector=public") == ["Mixed"]
    assert await asked(browser, "stuck=1") == ["Stuck"]
    assert await asked(browser, "mine=1") == ["Early"]
    assert await asked(browser, "label=One") == ["Early"]
    assert await asked(browser, "language=de") == ["Frühling"]
    assert await asked(browser, "text=ete+SANS") == ["Early"]
    assert await asked(browser, "phase=p4") == []
    assert await asked(browser, "form=msi") == ["Mixed"]
    assert await asked(browser, "sector=public&language=de") == []


async def test_teams_without_a_form_can_be_asked_for(here: World) -> None:
    await crowd.settle(
        here,
        crowd.case(here, 1, "Mixed", actors=(crowd.FISHERS, crowd.TOWN), answers=AGREED),
        replace(crowd.case(here, 2, "Early"), answers={}),
    )
    assert await asked(await here.staff("staff"), "form=none") == ["Early"]


async def test_a_code_that_means_nothing_asks_for_nothing(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1))
    browser = await here.staff("staff")
    for query in (
        "phase=p9",
        "sort=drop+table",
        "sector=%27",
        "page=-1",
        "page=99999",
        "page=%C2%B2",
    ):
        assert await asked(browser, query) == ["Team 1"]


async def test_the_list_is_sorted_as_asked(here: World) -> None:
    for number, (name, last) in enumerate((("b", 3), ("a", 5), ("C", 1))):
        step = crowd.step(here, "Call", 3 - number)
        await crowd.settle(here, crowd.case(here, number, name, step=step), last=last)
        here.clock.pass_(minutes=1)
    browser = await here.staff("staff")
    assert await asked(browser) == ["C", "b", "a"]
    assert await asked(browser, "sort=quiet") == ["a", "b", "C"]
    assert await asked(browser, "sort=name") == ["a", "b", "C"]
    assert await asked(browser, "sort=due") == ["C", "a", "b"]
    assert await asked(browser, "sort=begun") == ["C", "a", "b"]


async def test_pages_of_fifty_lead_to_each_other_and_keep_the_filter(here: World) -> None:
    await crowd.settle(here, *(crowd.case(here, n, f"Team {n:03}") for n in range(120)))
    browser = await here.staff("staff")
    first = await browser.get("/desk/teams?sort=name&stuck=&text=team")
    assert names(first) == [f"Team {n:03}" for n in range(50)]
    assert "120 teams , here 1 to 50" in visible(first.text)
    links = re.findall(r'rel="(next|prev)" href="([^"]+)"', first.text)
    assert set(links) == {("next", "/desk/teams?text=team&amp;sort=name&amp;page=2")}
    last = await browser.get("/desk/teams?text=team&sort=name&page=3")
    assert names(last) == [f"Team {n:03}" for n in range(100, 120)]
    assert 'rel="prev"' in last.text
    assert 'rel="next"' not in last.text


async def test_a_changed_filter_brings_the_rows_alone_and_their_address(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1))
    browser = await here.staff("staff")
    part = await browser.get("/desk/teams?text=&phase=&stuck=1", headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert part.headers["hx-replace-url"] == "/desk/teams?stuck=1"
    again = {"hx-request": "true", "hx-history-restore-request": "true"}
    assert "<html" in (await browser.get("/desk/teams", headers=again)).text


async def test_the_form_works_without_scripts_and_shows_what_was_chosen(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1))
    page = (await (await here.staff("staff")).get("/desk/teams?phase=p3&stuck=1&sort=name")).text
    form = re.search(r'<form class="row filter".*?</form>', page, re.DOTALL)
    assert form is not None
    assert 'method="get" action="/desk/teams"' in form[0]
    assert "<button>Show</button>" in form[0]
    assert re.search(r'value="p3" selected', form[0])
    assert re.search(r'name="stuck" value="1" checked', form[0])
    for field in re.findall(r'<(?:select|input type="search") id="(\w+)"', form[0]):
        assert f'<label for="{field}">' in form[0]


async def test_an_empty_list_says_what_to_do(here: World) -> None:
    staff, trainer = await here.staff("staff"), await here.staff("trainer")
    assert "with /privacy" in visible((await staff.get("/desk/teams")).text)
    assert "Ask the programme staff" in visible((await trainer.get("/desk/teams")).text)
    await crowd.settle(here, crowd.case(here, 1))
    page = visible((await staff.get("/desk/teams?phase=p4")).text)
    assert "Remove a filter" in page
    assert "Ask the programme staff" in visible((await trainer.get("/desk/teams")).text)


async def test_a_trainer_sees_assigned_teams_alone(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1, "Mine"), crowd.case(here, 2, "Other"))
    await crowd.assign(here, "team-1", "telegram:trainer")
    trainer = await here.staff("trainer")
    assert await asked(trainer) == ["Mine"]
    assert await asked(trainer, "text=other") == []


async def test_a_team_that_does_not_share_is_never_listed(here: World) -> None:
    hidden = crowd.case(here, 1, "Hidden", shared=False, signals=crowd.asks_for_help(here))
    await crowd.settle(here, hidden, crowd.case(here, 2, "Undecided", shared=None))
    await crowd.assign(here, "team-1", "telegram:trainer")
    for role in staffing.ROLES:
        browser = await here.staff(role)
        for query in ("", "stuck=1", "text=hidden", "mine=1"):
            page = await browser.get(f"/desk/teams?{query}")
            assert names(page) == []
            assert "Undecided" not in page.text


async def test_hostile_names_are_shown_as_text(here: World) -> None:
    for number, text in enumerate(HOSTILE):
        step = crowd.step(here, text, 5)
        actor = Actor(text, "public")
        await crowd.settle(here, crowd.case(here, number, text, step=step, actors=(actor,)))
    browser = await here.staff("staff")
    data = {
        "all": "1",
        "shown": [f"team-{n}" for n in range(6)],
        "label": HOSTILE[0],
        "deed": "add",
    }
    assert (await browser.post("/desk/teams/label", data=data)).status_code == 303
    assert (await browser.post("/desk/teams/views", data={"name": HOSTILE[4]})).status_code == 303
    page = (await browser.get("/desk/teams", params={"text": "", "label": HOSTILE[0]})).text
    assert "<script>alert" not in page
    assert "<img" not in page.replace('<img src="/static', "")
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 3
    assert "{{ 7 * 7 }}" in page
    assert "49" not in visible(page)
    searched = await browser.get("/desk/teams", params={"text": HOSTILE[4]})
    assert "&#34;&gt;&lt;img" in searched.text


async def test_a_view_keeps_the_filter_but_no_words_typed(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1, signals=crowd.asks_for_help(here)))
    browser = await here.staff("staff")
    query = "stuck=1&sort=name&text=secret&label=made+up&evil=%3Cscript%3E&page=4"
    done = await browser.post(f"/desk/teams/views?{query}", data={"name": " My  stuck ones "})
    assert done.status_code == 303
    assert "evil" not in done.headers["location"]
    kept = await crowd.rows(here, "SELECT person, name, query FROM view")
    assert kept == [("telegram:staff", "My stuck ones", "stuck=1&sort=name")]
    page = (await browser.get("/desk/teams")).text
    assert '<a href="/desk/teams?stuck=1&amp;sort=name">My stuck ones</a>' in page


async def test_a_view_is_deleted_by_its_owner_alone(here: World) -> None:
    staff, admin = await here.staff("staff"), await here.staff("admin")
    await staff.post("/desk/teams/views?phase=p2", data={"name": "Two"})
    ((number,),) = await crowd.rows(here, "SELECT id FROM view")
    assert "Two" not in visible((await admin.get("/desk/teams")).text)
    refused = await admin.post("/desk/teams/views/drop", data={"view": str(number)})
    assert refused.status_code == 404
    assert await crowd.rows(here, "SELECT id FROM view") == [(number,)]
    done = await staff.post("/desk/teams/views/drop?phase=p2", data={"view": str(number)})
    assert done.headers["location"] == "/desk/teams?phase=p2"
    assert await crowd.rows(here, "SELECT id FROM view") == []


async def test_views_have_names_of_their_own_and_are_not_endless(here: World) -> None:
    browser = await here.staff("staff")
    for data in ({"name": ""}, {"name": "x" * 61}, {}):
        assert (await browser.post("/desk/teams/views", data=data)).status_code == 409
    for number in range(31):
        await browser.post("/desk/teams/views", data={"name": f"View {number}"})
    again = await browser.post("/desk/teams/views?phase=p1", data={"name": "View 3"})
    assert again.status_code == 303
    assert await crowd.rows(here, "SELECT count(*) FROM view") == [(30,)]
    assert await crowd.rows(here, "SELECT query FROM view WHERE name = 'View 3'") == [("phase=p1",)]


async def test_a_label_is_put_on_several_teams_and_taken_off(here: World) -> None:
    await crowd.settle(here, *(crowd.case(here, n) for n in range(4)))
    browser = await here.staff("staff")
    two = {"team": ["team-0", "team-2"], "label": " Cohort  27 ", "deed": "add"}
    done = await browser.post("/desk/teams/label?sort=name&page=2", data=two)
    assert (done.status_code, done.headers["location"]) == (303, "/desk/teams?sort=name&page=2")
    assert await asked(browser, "label=Cohort+27&sort=name") == ["Team 0", "Team 2"]
    one = {"team": ["team-0", "team-1"], "label": "Cohort 27", "deed": "remove"}
    await browser.post("/desk/teams/label", data=one)
    assert await crowd.rows(here, "SELECT * FROM label") == [("team-2", "Cohort 27")]
    noted = "SELECT about, detail FROM audit WHERE action = 'label' ORDER BY id"
    assert await crowd.rows(here, noted) == [
        ("team-0", "add"),
        ("team-2", "add"),
        ("team-0", "remove"),
    ]


async def test_a_whole_page_can_be_labelled_with_one_tick(here: World) -> None:
    await crowd.settle(here, *(crowd.case(here, n) for n in range(50)))
    browser = await here.staff("staff")
    shown = re.findall(r'name="shown" value="([^"]+)"', (await browser.get("/desk/teams")).text)
    every = {"shown": shown, "team": shown, "all": "1", "label": "All", "deed": "add"}
    assert (await browser.post("/desk/teams/label", data=every)).status_code == 303
    assert await crowd.rows(here, "SELECT count(*) FROM label") == [(50,)]


async def test_labels_reach_only_teams_that_whoever_asks_may_see(here: World) -> None:
    await crowd.settle(
        here,
        crowd.case(here, 1),
        crowd.case(here, 2),
        crowd.case(here, 3, shared=False),
    )
    for number in (1, 3):
        await crowd.assign(here, f"team-{number}", "telegram:trainer")
    trainer = await here.staff("trainer")
    every = {"team": ["team-1", "team-2", "team-3"], "label": "Coast", "deed": "add"}
    assert (await trainer.post("/desk/teams/label", data=every)).status_code == 303
    assert await crowd.rows(here, "SELECT case_id FROM label") == [("team-1",)]
    foreign = {"team": ["team-2", "nobody"], "label": "Coast", "deed": "add"}
    assert (await trainer.post("/desk/teams/label", data=foreign)).status_code == 404
    # A label of a team that was not assigned is no filter to choose.
    await (await here.staff("staff")).post(
        "/desk/teams/label", data={"team": "team-2", "label": "Secret", "deed": "add"}
    )
    assert "Secret" not in (await trainer.get("/desk/teams")).text


async def test_a_label_without_a_name_or_a_team_changes_nothing(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1))
    browser = await here.staff("staff")
    for data in (
        {"team": "team-1", "label": " ", "deed": "add"},
        {"team": "team-1", "label": "x" * 61, "deed": "add"},
        {"label": "Coast", "deed": "add"},
        {"team": "team-1", "label": "Coast", "deed": "else"},
    ):
        answer = await browser.post("/desk/teams/label", data=data)
        assert answer.status_code == 409
        assert "Nothing was changed" in visible(answer.text)
    assert await crowd.rows(here, "SELECT * FROM label") == []


async def test_the_list_says_how_many_teams_are_in_each_step(here: World) -> None:
    further = crowd.case(here, 9, overruled_phase="p3")
    hidden = replace(crowd.case(here, 8, overruled_phase="p4"), shared=False)
    await crowd.settle(here, crowd.case(here, 1, overruled_phase="p2"), further, hidden)
    page = visible((await (await here.staff("staff")).get("/desk/teams")).text)
    assert "2. Launch 1 · 3. Finding partners 1" in page
    assert "4. Starting the work 1" not in page
    unassigned = visible((await (await here.staff("trainer")).get("/desk/teams")).text)
    assert "Launch 1" not in unassigned
