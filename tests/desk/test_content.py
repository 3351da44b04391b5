"""Content: the knowledge base in four languages at once, its grounds, its looks, its teams."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import httpx

from bot.case.file import NextStep, TipMark
from bot.desk.content import KINDS
from bot.quiz.bank import bank
from bot.quiz.item import Item
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store import staffing
from bot.store.batch import Batch
from bot.store.players import Who
from tests.desk import crowd
from tests.desk.world import World, the_mind, visible

TIP = "p3.red_lines"
HOSTILE = (
    '"><script>alert(1)</script>',
    "{{ 7 * 7 }}",
    "' OR 1=1 --",
    "%",
    "\u202etxt",
    "nul\x00nul",
    "x" * 900,
)


def section(page: httpx.Response, name: str) -> str:
    """The words of one section of a page."""
    return visible(section_html(page, name))


def section_html(page: httpx.Response, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', page.text, re.S)
    return found[1] if found else ""


async def entry(browser: httpx.AsyncClient, name: str, query: str = "") -> httpx.Response:
    page = await browser.get(f"/desk/content/{name}{query}")
    assert page.status_code == 200, name
    return page


async def test_an_entry_stands_in_four_languages_side_by_side(here: World) -> None:
    kb = here.mind.library.kb
    page = await entry(await here.staff("trainer"), TIP)
    shown = unescape(section(page, "texts"))
    for field, said in kb.entry(TIP).texts.items():
        for text in said.values():
            assert text in shown, field
    why = page.text[page.text.index("<h3>Why") :]
    assert '<dd lang="de">' in why
    assert "<mark>ours</mark>" in why[: why.index("</h3>")]
    assert "<mark>" not in page.text[page.text.index("<h3>Title") : page.text.index("<h3>What it")]


async def test_an_entry_says_what_it_rests_on_and_what_belongs_with_it(here: World) -> None:
    page = await entry(await here.staff("staff"), TIP)
    assert "hedge: as_openly_as_possible" in section(page, "grounds")
    assert "goes beyond it" in section(page, "grounds")
    related = section(page, "related")
    assert "Tools we would add Partnership agreement tool.38" in related
    assert "Challenges Taking part as equals x.equal_participation" in related
    assert "term.red_line" in related
    own = await entry(await here.staff("admin"), "card.activists_at_risk")
    assert "All of it is ours" in section(own, "grounds")


async def test_each_kind_lists_its_entries_and_they_open(here: World) -> None:
    browser = await here.staff("staff")
    opened = set[str]()
    for kind in KINDS:
        page = await browser.get("/desk/content", params={"kind": kind})
        names = re.findall(r'href="/desk/content/([^"?]+)"', page.text)
        assert names == [each.id for each in here.mind.library.kb.entries() if each.kind == kind]
        first = await entry(browser, names[0])
        opened |= {names[-1], *re.findall(r'href="/desk/content/([^"?]+)"', first.text)}
    for name in sorted(opened):
        assert (await browser.get(f"/desk/content/{name}")).status_code == 200, name


async def test_a_search_shows_the_answer_amorce_would_give_and_finds_ids_and_titles(
    here: World,
) -> None:
    browser = await here.staff("staff")

    async def asks(words: str, language: str = "en") -> httpx.Response:
        return await browser.get("/desk/content", params={"q": words, "in": language})

    german = await asks("Was ist eine rote Linie?", "de")
    assert f"/desk/content/{TIP}" in german.text
    assert "Red line" in section(german, "answers")
    assert TIP in section(await asks("ligne ROUGE"), "named")
    assert TIP in section(await asks("p3.red"), "named")
    assert "Introductions" not in section(await asks("tool.60"), "named")
    nothing = await asks("zzzz qqqq")
    assert "knows no answer" in section(nothing, "answers")
    assert "No title and no id" in section(nothing, "named")


async def test_whatever_is_searched_for_stands_there_as_text(here: World) -> None:
    browser = await here.staff("trainer")
    for typed in HOSTILE:
        for query in ({"q": typed}, {"kind": typed}, {"in": typed}):
            page = await browser.get("/desk/content", params=query)
            assert page.status_code == 200
            assert "<script>alert" not in page.text
            assert "49" not in section(page, "answers")
    assert (await browser.get("/desk/content/" + "x" * 900)).status_code == 404
    assert (await browser.get("/desk/content/%3Cscript%3E")).status_code == 404


async def test_a_card_is_shown_as_each_channel_shows_it_in_the_language_wanted(
    here: World,
) -> None:
    browser = await here.staff("staff")
    looks = section(await entry(browser, TIP, "?in=de"), "looks")
    telegram, web, terminal = (looks.index(each) for each in ("Telegram", "Web page", "Terminal"))
    assert telegram < web < terminal
    title = here.mind.library.kb.text(TIP, "title", "de")
    assert all(title in part for part in (looks[:web], looks[web:terminal], looks[terminal:]))
    assert "1 So geht es" in looks[terminal:]
    page = (await entry(browser, TIP)).text
    # A button in a picture of a chat must not speak in the chat of who looks at it.
    assert 'action="/say"' not in page
    assert "not shown as a card" in section(await entry(browser, "topic.water"), "looks")


async def test_a_tip_names_the_teams_it_touches_to_those_who_may_see_them(here: World) -> None:
    now = here.clock()
    marked = {TIP: TipMark("not_now", now)}
    step = NextStep("Say our limits", "Ruth", None, now, tip=TIP)
    await crowd.settle(
        here,
        crowd.case(here, 1, "Lagoon", tips=marked),
        crowd.case(here, 2, "Valley <b>of</b> seeds", step=step),
        crowd.case(here, 3, "Elsewhere", tips={"p1.goal_early": TipMark("done", now)}),
        crowd.case(here, 4, "Secretive", tips=marked, shared=False),
        crowd.case(here, 5, "All it says", answers={"goal": f'a "{TIP}" of our own'}),
    )
    staff = section(await entry(await here.staff("staff"), TIP), "teams")
    assert "2 teams that you may see" in staff
    assert "Lagoon Not now" in staff
    assert "Valley &lt;b&gt;of&lt;/b&gt; seeds its next step grew from it" in staff
    assert not any(name in staff for name in ("Elsewhere", "Secretive", "All it says"))
    assert "whole programme" not in staff


async def test_a_trainer_reads_assigned_teams_by_name_and_of_others_only_about_how_many(
    here: World,
) -> None:
    marked = {TIP: TipMark("done", here.clock())}
    await crowd.settle(here, *(crowd.case(here, n, f"Team no. {n}", tips=marked) for n in range(4)))
    trainer = await here.staff("trainer")
    await crowd.assign(here, "team-2", "telegram:trainer")
    shown = section(await entry(trainer, TIP), "teams")
    assert "fewer than five teams" in shown
    assert "One team that you may see: Team no. 2" in shown
    assert "Team no. 1" not in shown
    more = [crowd.case(here, n, tips=marked) for n in range(10, 18)]
    await crowd.settle(here, *more, crowd.case(here, 99, tips=marked, shared=False))
    assert "about 10 teams" in section(await entry(trainer, TIP), "teams")
    await here.store.write(lambda db: db.execute("UPDATE summary SET shared = 0"))
    assert "None of the teams" in section(await entry(trainer, TIP), "teams")


async def test_coverage_counts_languages_and_items_of_the_source(here: World) -> None:
    kb = here.mind.library.kb
    page = await (await here.staff("trainer")).get("/desk/content/coverage")
    assert page.status_code == 200
    shown = visible(page.text)
    for document in ("first_steps", "definition"):
        items = len([each for each in kb.source.values() if each.document == document])
        assert f"{items} of {items} items of the source" in shown
    assert "Tips 33 33 33 33 33" in shown
    assert all(f">{item}<" in page.text for item in kb.source)


async def test_the_pages_speak_the_language_of_who_reads_them(here: World) -> None:
    browser = await here.staff("staff")
    for language, head in {"fr": "Textes", "en": "Texts", "de": "Texte", "es": "Textos"}.items():
        await browser.post("/desk/me/language", data={"language": language})
        assert f">{head}</h2>" in (await entry(browser, TIP)).text
        assert (await browser.get("/desk/content/coverage")).status_code == 200
        assert (await browser.get("/desk/content?q=eau")).status_code == 200


async def test_nobody_without_a_right_reads_which_teams_a_tip_touches(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1, tips={TIP: TipMark("done", here.clock())}))
    for address in ("", "/coverage", f"/{TIP}"):
        page = await here.browser().get(f"/desk/content{address}")
        assert page.status_code == 401
        assert "Team 1" not in page.text


async def answered(here: World, item: Item, wrong: int, of: int) -> None:
    """A round over one question that so many got wrong."""

    def work(batch: Batch) -> None:
        staffing.grant(batch.db, "telegram:host", "Tess", "trainer", "test", batch.now)
        live = rounds.start(batch, "telegram:host", Settings(), [item])
        who = [Who(f"web:{live.id}{n}", "web", "", "en", f"p{n}") for n in range(of)]
        there = [rounds.join(batch, live, each)[0] for each in who]
        live = rounds.lead(batch, here.service.voice, live, "telegram:host", "next")
        bad = next(n for n in range(len(item.options)) if n not in item.right)
        for n, player in enumerate(there):
            rounds.answer(batch, live, player, 0, bad if n < wrong else item.right[0])

    await here.service.commit(work)


def about_one_tip() -> Item:
    """A question of the bank that asks about a tip."""
    kb = the_mind().library.kb
    return next(
        item
        for item in bank(kb).items.values()
        if item.kind == "single" and [kb.entry(name).kind for name in item.about] == ["tip"]
    )


async def test_a_text_whose_question_many_got_wrong_is_shown_to_editors(here: World) -> None:
    item, staff = about_one_tip(), await here.staff("staff")
    [name] = item.about
    for wrong, of, told in ((12, 19, 0), (0, 1, 0), (1, 1, 13), (9, 9, 22)):
        # Of 19 too few answered; of 20 twelve are not yet many; then 13 of 21, 22 of 30.
        await answered(here, item, wrong, of)
        start = await staff.get("/desk/content")
        entry = visible((await staff.get(f"/desk/content/{name}")).text)
        assert (f"/desk/content/{name}" in section_html(start, "unclear")) == bool(told)
        assert ("perhaps the text can be clearer" in entry) == bool(told)
        assert not told or f"({told} of " in entry
    assert "(22 of 30)" in section(start, "unclear")
    found = visible((await staff.get("/desk/content?kind=tip")).text)
    assert "perhaps the text can be clearer" not in found


async def test_a_question_of_ones_own_says_nothing_about_a_text(here: World) -> None:
    item, staff = about_one_tip(), await here.staff("staff")
    await answered(here, replace(item, id="own.1.q1"), 30, 30)
    assert "perhaps the text" not in visible((await staff.get("/desk/content")).text)
