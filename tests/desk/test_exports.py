"""Exported files: who gets which teams, what never leaves, and that no cell is a formula."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from bot.case.file import Actor, Answer
from bot.core.summary import CHAPTERS
from bot.desk import sheets, workbook
from bot.desk.cells import clean, safe
from bot.desk.terms import terms
from bot.dialogs.intake import Intake
from bot.store import readers, staffing
from bot.store.telling import PIECE
from tests.desk import crowd
from tests.desk.world import World, the_mind, visible

FILES = ("teams.csv", "teams.xlsx", "answers.csv", "answers.xlsx")

# What a spreadsheet would calculate, or run, if it stood at the beginning of a cell.
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","click")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\x00=1+1",
    "+49-30-123456",
    "- a list",
    "=",
    "-",
)
HARMLESS = (
    "Lagoon",
    "",
    "2030",
    "-12.5",
    "+3",
    "1,234.50",
    "-5 %",
    "+49 30 123",
    "+491234567",
    "+49 (0) 30 123.45",
    "030-123456",
    "a=b",
    "x@example.org",
    "Goals:\n- water\n- seeds",
)
HOSTILE = (
    "<script>alert(1)</script>",
    "\u202eevil\u202c שלום",
    "👩🏽\u200d🌾 Farm",
    'say "hello", then; go',
    "line one\nline two",
    "comma, semicolon; tab\tend",
    "_x0041_ and \\n",
    "'quoted'",
)


async def rows(browser: httpx.AsyncClient, path: str) -> list[dict[str, str]]:
    """A CSV as a program reads it."""
    answer = await browser.get(f"/desk/{path}")
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


async def cells(browser: httpx.AsyncClient, path: str) -> list[tuple[Any, ...]]:
    """An XLSX as a program reads it, types and all."""
    answer = await browser.get(f"/desk/{path}")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [tuple(row) for row in book.worksheets[0].iter_rows()]


def text_of(answer: httpx.Response) -> str:
    """All that stands in a file, packed or not."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return "".join(packed.read(name).decode("utf-8") for name in packed.namelist())


async def test_a_row_tells_a_team_in_codes_and_words(here: World) -> None:
    team = crowd.case(
        here,
        1,
        "Lagoon",
        actors=(crowd.FISHERS, crowd.TOWN),
        answers={"shared_goal": "agreed", "funding": "single"},
        step=crowd.step(here, "Call the town hall", 10, slipped=2),
        signals=crowd.asks_for_help(here),
    )
    await crowd.settle(here, team, last=3)
    browser = await here.staff("staff")
    for label in ("Coast", "=1+1"):
        data = {"team": "team-1", "label": label, "deed": "add"}
        await browser.post("/desk/teams/label", data=data)
    (row,) = await rows(browser, "teams.csv")
    assert row == {
        "Team (code)": "team-1",
        "Team": "Lagoon",
        "Step (code)": "p3",
        "Step": "3. Finding partners",
        "Form (code)": "msi",
        "Form, by their answers": "A multi-stakeholder initiative",
        "Sectors (codes)": "civil_society; public",
        "Sectors": "Civil society; Public sector",
        "Language (code)": "en",
        "Language": "English",
        "Labels": "'=1+1; Coast",
        "Begun (UTC)": "2027-03-01 09:00:00",
        "Last activity (UTC)": "2027-02-26 09:00:00",
        "Next step": "Call the town hall",
        "Due": "2027-03-11",
        "Put off (times)": "2",
        "What holds them up (codes)": "help_asked; step_slipped_twice",
        "What holds them up": "The team asks to talk to someone.; The next step was put off twice.",
        "Goal, in their words": "Clean water by 2030",
    }


async def test_an_answer_is_told_with_its_question_and_whether_it_was_given(here: World) -> None:
    at = here.clock()
    answers = {
        "topic": "topic.waste",
        "trigger": "crisis",
        "existing": "none_found",
        "left_out": ("private", "academia"),
        "affected": Answer(None, "unknown", at, "7"),
        "funding": Answer(None, "skipped", at, "7"),
        "actors": ("whoever",),
        "on_board": (),
    }
    actors = (crowd.FISHERS, Actor("Somebody"))
    await crowd.settle(here, crowd.case(here, 1, "Lagoon", answers=answers, actors=actors))
    found = await rows(await here.staff("staff"), "answers.csv")
    told = {row["Question (code)"]: row for row in found}
    assert told["goal"] == {
        "Team (code)": "team-1",
        "Team": "Lagoon",
        "Language (code)": "en",
        "Question (code)": "goal",
        "Question": "The goal",
        "Answer (code)": "",
        "Answer": "Clean water by 2030",
        "Given (told, unknown, skipped)": "told",
        "Answered (UTC)": "2027-03-01 09:00:00",
        "Version of the questionnaire": sheets.VERSION,
    }
    said = {slot: (row["Answer (code)"], row["Answer"]) for slot, row in told.items()}
    kb = here.mind.library.kb
    assert said["topic"] == ("topic.waste", kb.text("topic.waste", "title", "en"))
    assert said["trigger"] == ("crisis", "A crisis")
    assert said["existing"][0] == "none_found"
    assert said["left_out"] == ("private; academia", "Private sector; Academia")
    assert said["actors"] == ("civil_society; unsure", "Fishers of Kanoa; Somebody")
    assert said["on_board"] == ("", "nobody yet")
    assert said["affected"] == ("", "not known yet")
    assert told["funding"]["Given (told, unknown, skipped)"] == "skipped"
    assert list(told) == [s for slots in CHAPTERS.values() for s in slots if s in told]


async def test_words_of_the_columns_are_in_the_language_of_who_reads(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1, answers={"trigger": "crisis"}))
    browser = await here.staff("staff")
    for language, step, crisis in (("fr", "Étape", "Une crise"), ("de", "Schritt", "Eine Krise")):
        await browser.post("/desk/me/language", data={"language": language})
        assert step in (await rows(browser, "teams.csv"))[0]
        assert crisis in text_of(await browser.get("/desk/answers.xlsx"))


async def test_what_one_person_told_alone_never_leaves(here: World) -> None:
    answers = {"red_lines": "not_yet", "equal_footing": "no", "roles": "agreed"}
    secret = crowd.case(here, 1, answers=answers, need="tired")
    await crowd.settle(here, secret)
    browser = await here.staff("admin")
    slots = {row["Question (code)"] for row in await rows(browser, "answers.csv")}
    assert slots == {"goal", "roles"}
    for path in FILES:
        text = text_of(await browser.get(f"/desk/{path}"))
        assert "How far each can go" not in text
        assert "equal_footing" not in text
        assert "tired" not in text


async def test_no_names_leave_where_they_could_endanger_people(here: World) -> None:
    answers = {
        "affected": "risky",
        "actors": ("Fishers of Kanoa", "Town hall"),
        "on_board": ("Fishers of Kanoa",),
        "existing": ("Union of the Shore",),
        "goal": "The FISHERS OF KANOA and the union of the shore are heard",
        "problem": "Town hall looks away, downtown hallways too",
        "why_ours": "Only the Town hall could",
    }
    team = crowd.case(
        here,
        1,
        "Friends of Town hall",
        answers=answers,
        actors=(crowd.FISHERS, crowd.TOWN),
        step=crowd.step(here, "Meet the Fishers of Kanoa", 3),
    )
    await crowd.settle(here, team)
    browser = await here.staff("admin")
    for path in FILES:
        text = text_of(await browser.get(f"/desk/{path}")).casefold()
        for name in ("Fishers of Kanoa", "Town hall", "Union of the Shore"):
            assert f" {name.casefold()}" not in f" {text}".replace("downtown hallways", "")
    told = {r["Question (code)"]: r for r in await rows(browser, "answers.csv")}
    assert told["actors"]["Answer (code)"] == "civil_society; public"
    assert told["actors"]["Answer"].startswith("(names held back")
    assert told["existing"]["Answer"] == told["on_board"]["Answer"] == told["actors"]["Answer"]
    assert told["problem"]["Answer"] == "… looks away, downtown hallways too"
    assert (await rows(browser, "teams.csv"))[0]["Team"] == "Friends of …"


async def test_a_team_that_does_not_share_is_in_no_file(here: World) -> None:
    await crowd.settle(
        here,
        crowd.case(here, 1, "Hidden", shared=False),
        crowd.case(here, 2, "Undecided", shared=None),
        crowd.case(here, 3, "Open"),
    )
    for number in (1, 3):
        await crowd.assign(here, f"team-{number}", "telegram:trainer")
    for role in staffing.ROLES:
        browser = await here.staff(role)
        for path in FILES:
            text = text_of(await browser.get(f"/desk/{path}?text="))
            assert "Hidden" not in text
            assert "Undecided" not in text
            assert "Open" in text


async def test_a_trainer_exports_assigned_teams_alone(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1, "Given"), crowd.case(here, 2, "Elsewhere"))
    await crowd.assign(here, "team-1", "telegram:trainer")
    trainer = await here.staff("trainer")
    for path in FILES:
        text = text_of(await trainer.get(f"/desk/{path}"))
        assert "Given" in text
        assert "Elsewhere" not in text
    noted = "SELECT DISTINCT about FROM audit WHERE action = 'export' ORDER BY about"
    assert await crowd.rows(here, noted) == [("",), ("team-1",)]


async def test_an_export_holds_the_teams_of_the_filter(here: World) -> None:
    await crowd.settle(
        here,
        crowd.case(here, 1, "First", signals=crowd.asks_for_help(here)),
        crowd.case(here, 2, "Second"),
    )
    browser = await here.staff("staff")
    assert [r["Team"] for r in await rows(browser, "teams.csv?stuck=1")] == ["First"]
    assert [r["Team"] for r in await rows(browser, "teams.csv?text=second")] == ["Second"]
    assert [r["Team"] for r in await rows(browser, "answers.csv?phase=p4")] == []


async def test_many_teams_come_once_each_in_the_order_they_began(here: World) -> None:
    many = [crowd.case(here, n, f"Team {n}") for n in range(2 * PIECE + 7)]
    await crowd.settle(here, *many)
    browser = await here.staff("staff")
    assert [r["Team"] for r in await rows(browser, "teams.csv")] == [c.name for c in many]
    sheet = await cells(browser, "teams.xlsx")
    assert [row[1].value for row in sheet[1:]] == [c.name for c in many]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(clean(text)).startswith("'")


@pytest.mark.parametrize("text", HARMLESS)
def test_words_numbers_and_phone_numbers_stay_as_typed(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20")
def test_no_other_separator_lets_a_formula_begin_inside_a_cell(sign: str) -> None:
    assert safe(f'a;{sign}1;"{sign}2') == f"a;'{sign}1;\"'{sign}2"
    assert safe(f"a\t {sign}1") == f"a\t '{sign}1"


async def test_formulas_in_every_field_are_disarmed_in_a_csv(here: World) -> None:
    for number, text in enumerate(FORMULAS):
        step, actor = crowd.step(here, text, 3), Actor(text, "public")
        answers = {"goal": text, "problem": text, "existing": (text, text), "actors": (text,)}
        team = crowd.case(here, number, text, step=step, actors=(actor,), answers=answers)
        await crowd.settle(here, team)
    browser = await here.staff("staff")
    for path in ("teams.csv", "answers.csv"):
        found = await rows(browser, path)
        assert found
        for row in found:
            for cell in row.values():
                assert not cell.lstrip().startswith(("=", "+", "-", "@"))
                assert cell[:1] not in ("\t", "\r", "\n")


async def test_an_xlsx_holds_text_as_text_and_figures_as_figures(here: World) -> None:
    texts = [clean(text) for text in (*FORMULAS, *HARMLESS, *HOSTILE) if text]
    for number, text in enumerate(texts):
        team = crowd.case(here, number, "N", answers={"goal": text})
        await crowd.settle(here, replace(team, step=crowd.step(here, "Call", 10, slipped=1)))
    sheet = await cells(await here.staff("staff"), "teams.xlsx")
    heads = [cell.value for cell in sheet[0]]
    goals = [row[heads.index("Goal, in their words")] for row in sheet[1:]]
    for cell, text in zip(goals, texts, strict=True):
        assert cell.data_type in ("s", "inlineStr")
        assert cell.hyperlink is None
        # The format writes a sign's number as _x0041_; where somebody typed that, it is marked.
        assert unescape(cell.value) == text
    assert sheet[1][heads.index("Put off (times)")].value == 1
    assert sheet[1][heads.index("Due")].value.isoformat() == "2027-03-11T00:00:00"
    assert sheet[1][heads.index("Begun (UTC)")].value.isoformat() == "2027-03-01T09:00:00"


async def test_a_csv_with_separators_quotes_and_line_breaks_reads_back(here: World) -> None:
    for number, text in enumerate(HOSTILE):
        await crowd.settle(here, crowd.case(here, number, text, answers={"goal": text}))
    browser = await here.staff("staff")
    answer = await browser.get("/desk/teams.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="amorce-teams-2027-03-01.csv"' in answer.headers["content-disposition"]
    found = await rows(browser, "teams.csv")
    assert [row["Team"] for row in found] == list(HOSTILE)
    assert [row["Goal, in their words"] for row in found] == list(HOSTILE)


async def test_halves_of_signs_and_nothing_signs_break_no_file(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1, answers={"goal": "a\x00b\ud800c\ufffed\x1be"}))
    browser = await here.staff("staff")
    assert (await rows(browser, "teams.csv"))[0]["Goal, in their words"] == "ab?cde"
    assert (await cells(browser, "teams.xlsx"))[1][-1].value == "ab?cde"


async def test_an_endless_text_fits_into_a_cell(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1, answers={"goal": "x" * 50_000}))
    sheet = await cells(await here.staff("staff"), "teams.xlsx")
    assert len(sheet[1][-1].value) == 32_767


async def test_rows_beyond_one_sheet_go_on_in_a_second(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    await crowd.settle(here, *(crowd.case(here, n) for n in range(7)))
    answer = await (await here.staff("staff")).get("/desk/teams.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [sheet.title for sheet in book.worksheets] == ["teams", "teams 2", "teams 3"]
    assert [sheet.max_row for sheet in book.worksheets] == [4, 4, 2]
    assert {sheet["A1"].value for sheet in book.worksheets} == {"Team (code)"}


async def test_the_first_piece_is_sent_before_the_last_team_is_read(here: World) -> None:
    many = [crowd.case(here, n, f"Team {n}") for n in range(3 * PIECE)]
    await crowd.settle(here, *many)
    pieces: list[str] = []

    async def sent(piece: str) -> None:
        pieces.append(piece)
        if "Team 0" in piece:
            sql = "UPDATE summary SET name = 'Renamed' WHERE case_id = ?"
            await here.store.write(lambda db: db.execute(sql, (many[-1].id,)))

    await streamed(here, await here.staff("staff"), "/desk/teams.csv", sent)
    assert len(pieces) == 4
    assert "Renamed" in pieces[-1]


async def test_whoever_loses_the_right_meanwhile_gets_a_file_that_breaks_off(here: World) -> None:
    await crowd.settle(here, *(crowd.case(here, n, f"Team {n}") for n in range(3 * PIECE)))
    pieces: list[str] = []

    async def sent(piece: str) -> None:
        pieces.append(piece)
        if "Team 0" in piece:
            now = here.clock()
            await here.store.write(lambda db: staffing.revoke(db, "telegram:staff", "x", now))

    whole = await streamed(here, await here.staff("staff"), "/desk/teams.csv", sent)
    assert not whole
    assert f"Team {PIECE}" not in "".join(pieces)


async def test_a_team_that_stops_sharing_meanwhile_is_left_out(here: World) -> None:
    many = [crowd.case(here, n, f"Team {n}") for n in range(2 * PIECE)]
    await crowd.settle(here, *many)
    pieces: list[str] = []

    async def sent(piece: str) -> None:
        pieces.append(piece)
        if "Team 0" in piece:
            sql = "UPDATE summary SET shared = 0 WHERE case_id = ?"
            await here.store.write(lambda db: db.execute(sql, (many[-1].id,)))

    assert await streamed(here, await here.staff("staff"), "/desk/teams.csv", sent)
    assert many[-2].id in "".join(pieces)
    assert many[-1].id not in "".join(pieces)


async def streamed(
    here: World, browser: httpx.AsyncClient, path: str, sent: Callable[[str], Awaitable[None]]
) -> bool:
    """Asks as a server does, and hands over each piece as it is sent; whether it came to an end."""
    cookie = "; ".join(f"{each.name}={each.value}" for each in browser.cookies.jar)
    headers = [(b"host", b"amorce.test"), (b"cookie", cookie.encode())]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("test", 1),
        "server": ("amorce.test", 80),
    }
    ended = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await ended.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            if message["body"]:
                await sent(message["body"].decode("utf-8"))
            if not message.get("more_body"):
                ended.set()

    await here.app(scope, receive, send)  # type: ignore[arg-type]
    return ended.is_set()


async def test_an_export_is_on_record_and_the_team_is_told(here: World) -> None:
    ruth = here.founder("ruth")
    case_id = await ruth.founds("Lagoon", "Clean water")
    await crowd.settle(here, crowd.case(here, 1))
    browser = await here.staff("staff", "Marta")
    await browser.get("/desk/teams.csv?text=secret+name&language=en")
    await browser.get("/desk/answers.xlsx")
    noted = await crowd.rows(
        here, "SELECT actor, about, detail FROM audit WHERE action = 'export' ORDER BY id"
    )
    assert noted == [
        ("telegram:Marta", "", "teams.csv; 0; language=en text"),
        ("telegram:Marta", "", "answers.xlsx; 2; all"),
        ("telegram:Marta", case_id, "answers.xlsx"),
        ("telegram:Marta", "team-1", "answers.xlsx"),
    ]
    known = await here.store.read(lambda db: readers.of(db, case_id, 8))
    assert [reader.name for reader in known] == ["Marta"]


async def test_the_record_shows_an_export_as_one_row(here: World) -> None:
    await crowd.settle(here, *(crowd.case(here, n) for n in range(5)))
    browser = await here.staff("admin", "Amina")
    await browser.get("/desk/teams.csv")
    page = visible((await browser.get("/desk/audit?action=export")).text)
    assert page.count("Amina exported") == 1


async def test_nobody_exports_without_being_signed_in(here: World) -> None:
    await crowd.settle(here, crowd.case(here, 1))
    for path in FILES:
        assert (await here.browser().get(f"/desk/{path}")).status_code == 401


def test_the_version_of_the_questionnaire_follows_its_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = sheets.version()
    assert sheets.version() == before == sheets.VERSION
    monkeypatch.setattr(Intake, "slots", Intake.slots[1:])
    assert sheets.version() != before


@pytest.mark.parametrize("language", ["fr", "en", "de", "es"])
def test_every_choice_of_the_questionnaire_has_words(language: str) -> None:
    brain = the_mind()
    made = terms(brain.library, brain.renderer, language)
    for slot in Intake.slots:
        for choice in slot.choices:
            assert made.answers[slot.name, choice]
