"""Programme: figures of all teams that share, drawn and as tables, the same to everybody."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.case.file import TipMark
from bot.store.times import stamp
from tests.desk import crowd
from tests.desk.world import World, visible


def numbers(page: str) -> dict[str, list[list[str]]]:
    """The tables of the page: the id of their heading, and the cells of each row."""
    found = {}
    for name, section in re.findall(
        r'<section aria-labelledby="(\w+)">(.*?)</section>', page, re.S
    ):
        rows = re.findall(r"<tr>(.*?)</tr>", section, re.S)[1:]
        found[name] = [
            [visible(c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
            for row in rows
        ]
    return found


async def settle(
    here: World, first: int, many: int, shared: bool = True, **changes: object
) -> None:
    made = [crowd.case(here, n, shared=shared, **changes) for n in range(first, first + many)]
    await crowd.settle(here, *made, language="fr")


async def test_trainer_staff_and_admin_read_the_same_figures(here: World) -> None:
    await settle(here, 0, 7, actors=(crowd.FISHERS,))
    pages = []
    for role in ("trainer", "staff", "admin"):
        page = await (await here.staff(role)).get("/desk/programme")
        assert page.status_code == 200
        pages.append(numbers(page.text))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0]["sectors"] == [
        ["Public sector", "fewer than 5"],
        ["Private sector", "fewer than 5"],
        ["Civil society", "5"],
        ["Academia", "fewer than 5"],
    ]
    assert pages[0]["languages"][0] == ["Français", "5"]


async def test_teams_that_do_not_share_are_not_counted(here: World) -> None:
    await settle(here, 0, 40, shared=False)
    await settle(here, 50, 4)
    browser = await here.staff("admin")
    page = visible((await browser.get("/desk/programme")).text)
    assert "Fewer than five teams share their summary" in page
    assert not re.search(r"\b(40|44|45)\b", page)
    await settle(here, 60, 1)
    assert "About 5 teams" in visible((await browser.get("/desk/programme")).text)


async def test_tips_stand_in_an_order_that_tells_no_more_than_their_numbers(here: World) -> None:
    mark = TipMark("done", here.clock())
    await settle(here, 0, 5, tips={"p1.goal_early": mark, "p4.time": TipMark("not_now", mark.at)})
    await settle(here, 10, 7, tips={"p3.red_lines": mark})
    await settle(here, 20, 4, tips={"p4.champions": mark})
    browser = await here.staff("staff")
    kb = here.mind.library.kb
    shown = numbers((await browser.get("/desk/programme")).text)["tips"]
    assert shown == [
        [kb.text("p1.goal_early", "title", "en"), "5"],
        [kb.text("p3.red_lines", "title", "en"), "5"],
    ]


async def test_where_questions_end_is_told_of_teams_silent_for_thirty_days(here: World) -> None:
    left = [crowd.case(here, n) for n in range(6)]
    went_on = [crowd.case(here, n, read_at=here.clock()) for n in range(10, 20)]
    await crowd.settle(here, *left, *went_on, last=31)
    await crowd.settle(here, *(crowd.case(here, n) for n in range(30, 40)), last=29)
    browser = await here.staff("staff")
    assert numbers((await browser.get("/desk/programme")).text)["left"] == [["The goal", "5"]]


async def test_a_label_filters_and_is_shown_as_text(here: World) -> None:
    hostile = '"><script>alert(1)</script>'
    await settle(here, 0, 9)
    await settle(here, 10, 20)
    rows = [(f"team-{n}", hostile) for n in range(9)]
    await here.store.write(lambda db: db.executemany("INSERT INTO label VALUES (?, ?)", rows))
    browser = await here.staff("staff")
    page = (await browser.get("/desk/programme", params={"label": hostile})).text
    assert "About 10 teams" in visible(page)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "About 30 teams" in visible((await browser.get("/desk/programme")).text)


async def test_a_label_one_may_not_know_of_looks_like_none(here: World) -> None:
    await settle(here, 0, 9)
    rows = [(f"team-{n}", "Secret cohort") for n in range(9)]
    await here.store.write(lambda db: db.executemany("INSERT INTO label VALUES (?, ?)", rows))
    trainer = await here.staff("trainer")
    assert "Secret" not in (await trainer.get("/desk/programme")).text
    real, made_up = [
        visible((await trainer.get("/desk/programme", params={"label": label})).text)
        for label in ("Secret cohort", "No such label")
    ]
    assert real == made_up
    assert "Fewer than five teams with this label" in real
    await crowd.assign(here, "team-3", "telegram:trainer")
    known = await trainer.get("/desk/programme", params={"label": "Secret cohort"})
    assert "About 10 teams" in visible(known.text)


async def test_each_chart_has_its_numbers_in_a_table_beside_it(here: World) -> None:
    mark = {"p3.red_lines": TipMark("done", here.clock())}
    await settle(here, 0, 25, actors=(crowd.TOWN,), tips=mark)
    begun = stamp(here.clock() - timedelta(weeks=17))
    await here.store.write(lambda db: db.execute("UPDATE stay SET at = ?", (begun,)))
    browser = await here.staff("staff")
    page = (await browser.get("/desk/programme")).text
    found = numbers(page)
    phase = next(row for row in found["phases"] if row[1] == "25")
    assert [phase[0], "25", "17", "17 to 17"] in found["stay"]
    assert found.pop("left") == []
    drawings = re.findall(r"<desc>(.*?)</desc>", page)
    assert len(drawings) == len(found) == 5
    for drawn, (name, rows) in zip(drawings, found.items(), strict=True):
        assert [each.partition(":")[0] for each in drawn.split(" · ")] == [row[0] for row in rows]
        if name != "stay":
            assert drawn == " · ".join(f"{row[0]}: {row[1]}" for row in rows)


async def test_the_page_speaks_the_language_of_who_reads_it(here: World) -> None:
    await settle(here, 0, 25, actors=(crowd.FISHERS,))
    browser = await here.staff("staff")
    heads = {"fr": "Où en sont", "en": "Where teams", "de": "Wo die Teams", "es": "En qué punto"}
    for language, head in heads.items():
        await browser.post("/desk/me/language", data={"language": language})
        page = await browser.get("/desk/programme")
        assert page.status_code == 200
        assert head in page.text
        assert f'<html lang="{language}"' in page.text


async def test_nobody_without_a_right_sees_a_figure(here: World) -> None:
    await settle(here, 0, 25)
    page = await here.browser().get("/desk/programme")
    assert page.status_code == 401
    assert "25" not in visible(page.text)
