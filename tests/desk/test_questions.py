"""Questions nobody could answer: grouped, shown only where a team shares, taught to the search."""

from __future__ import annotations

from tests.desk.world import World, visible

QUESTION = "Which spanner fits a bicycle pedal?"


async def asks(here: World, name: str, share: bool, text: str = QUESTION) -> str:
    founder = here.founder(name)
    case = await founder.founds(f"Team {name}", "Clean water", share)
    await founder.does("/menu")
    await founder.does(f"/ask {text}")
    return case


async def test_the_same_question_of_two_teams_is_one_row(here: World) -> None:
    await asks(here, "ruth", True)
    await asks(here, "tomas", True, QUESTION.upper())
    page = visible((await (await here.staff("staff")).get("/desk/questions")).text)
    assert page.lower().count("spanner fits") == 1
    assert "asked 2 times" in page


async def test_a_question_of_a_team_that_does_not_share_is_only_counted(here: World) -> None:
    await asks(here, "ruth", False)
    page = (await (await here.staff("staff")).get("/desk/questions")).text
    assert "spanner" not in page.lower()
    assert "only counted" in visible(page)


async def test_a_taught_question_finds_its_tip_and_is_settled(here: World) -> None:
    await asks(here, "ruth", True)
    staff = await here.staff("staff")
    fields = {"language": "en", "question": QUESTION, "entry": "p3.red_lines"}
    assert (await staff.post("/desk/questions", data=fields)).status_code == 303
    assert "spanner" not in (await staff.get("/desk/questions")).text.lower()
    assert here.mind.library.ask("en", QUESTION)[0] == "p3.red_lines"
    near = here.mind.library.ask("en", "which spanner would fit the pedal of a bicycle")
    assert "p3.red_lines" in near


async def test_teaching_needs_an_entry_that_is_there(here: World) -> None:
    await asks(here, "ruth", True)
    staff = await here.staff("staff")
    for entry in ("p9.nothing", "", "topic.water", "partner"):
        fields = {"language": "en", "question": QUESTION, "entry": entry}
        assert (await staff.post("/desk/questions", data=fields)).status_code == 422


async def test_a_question_that_may_not_be_seen_cannot_be_taught(here: World) -> None:
    await asks(here, "ruth", False)
    staff = await here.staff("staff")
    fields = {"language": "en", "question": QUESTION, "entry": "p3.red_lines"}
    assert (await staff.post("/desk/questions", data=fields)).status_code == 404


async def test_trainers_have_no_questions_page(here: World) -> None:
    assert (await (await here.staff("trainer")).get("/desk/questions")).status_code == 404


async def test_a_card_may_be_named_by_its_title_and_several_are_offered(here: World) -> None:
    # One that no other test has taught: all share what the search knows.
    question = "Do zebras snore?"
    await asks(here, "ruth", True, question)
    staff = await here.staff("staff")
    fields = {"language": "en", "question": question}
    page = await staff.post("/desk/questions", data={**fields, "entry": "partner"})
    assert page.status_code == 422
    assert "Which one answers?" in visible(page.text)
    none = await staff.post("/desk/questions", data={**fields, "entry": "qwertz"})
    assert "No card is called" in visible(none.text)
    assert 'value="qwertz"' in none.text
    done = await staff.post("/desk/questions", data={**fields, "entry": "secretariat"})
    assert done.status_code == 303
