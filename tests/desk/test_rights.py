"""Every address of both faces × everybody who may come: one table, and what lies between."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
import pytest

from bot.desk.routes import DOORS
from bot.quiz.item import Item
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store import notebook, own_sets, staffing
from bot.store.batch import Batch
from bot.store.players import Who
from tests.desk.world import World, told
from tests.web.asking import browser, doors, tab

WHO = ("stranger", "founder", "trainer_without", "trainer", "staff", "admin")
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What each of WHO is answered, in that order; `sent` is posted, `first` before it, and
    `after` puts things back as they were."""

    answers: tuple[int, ...]
    sent: Fields = field(default_factory=dict)
    first: str = ""
    after: str = ""


# Who may: everybody who is signed in, those who may see the team, staff and admins, admins.
SIGNED_IN = (401, 401, 200, 200, 200, 200)
TEAM = (401, 401, 404, 200, 200, 200)
STAFF = (401, 401, 404, 404, 200, 200)
ANYBODY = (200,) * 6


def done(answers: tuple[int, ...], status: int = 303) -> tuple[int, ...]:
    """The same people, answered to a deed."""
    return tuple(status if answer == 200 else answer for answer in answers)


# A round is its host's, `trainer`; admins read it. An own set is its owner's alone.
HOST = (401, 401, 404, 200, 404, 200)
OWNER = (401, 401, 404, 200, 404, 404)
SET = "/desk/quiz/sets/{set}"
QUESTION = {"text": "Why?", "option_A": "a", "option_B": "b", "right": "A"}

TAKE, GIVE = "/desk/teams/{case_id}/take_over", "/desk/teams/{case_id}/give_back"
# A new address needs a line here; {case_id} is a team that shares, assigned to `trainer`.
TABLE: Mapping[tuple[str, str], Cell] = {
    ("/", "GET"): Cell(ANYBODY),
    ("/say", "POST"): Cell((303,) * 6, {"kind": "start"}),
    ("/events", "GET"): Cell((204, 200, 204, 204, 204, 204)),
    ("/file/{number}", "GET"): Cell((404,) * 6),
    ("/continue/{code}", "GET"): Cell(ANYBODY),
    ("/return", "GET"): Cell(ANYBODY),
    ("/enter", "POST"): Cell((422,) * 6, {"code": "AAAAA-AAAAA-AAAAA-AAAAA"}),
    ("/code", "POST"): Cell((303, 200, 303, 303, 303, 303)),
    ("/leave", "POST"): Cell((303,) * 6),
    ("/static", "GET"): Cell(ANYBODY),
    ("/health", "GET"): Cell(ANYBODY),
    ("/play", "GET"): Cell(ANYBODY),
    ("/play", "POST"): Cell((303,) * 6, {"code": "{code}"}),
    ("/play/{code}", "GET"): Cell(ANYBODY),
    # Whoever has a cookie of the chat page is a player once they joined; the others are new.
    ("/play/{code}/agree", "POST"): Cell((404,) * 6, {"named": "yes"}),
    ("/play/{code}/answer", "POST"): Cell((404,) * 6, {"place": "0", "letter": "A"}),
    ("/play/{code}/join", "POST"): Cell((303,) * 6, {"name": "Ana"}),
    ("/play/{code}/language", "POST"): Cell((404, 303, *(404,) * 4), {"language": "en"}),
    ("/play/{code}/live", "GET"): Cell((204, 200, *(204,) * 4)),
    # No certificate before the end.
    ("/quiz/certificate/{round}/{seat}", "GET"): Cell((404,) * 6),
    ("/quiz/certificate/{round}/{seat}", "POST"): Cell((404,) * 6, {"name": "Ana"}),
    # Whoever has the address may look.
    ("/screen/{screen}", "GET"): Cell(ANYBODY),
    ("/screen/{screen}/live", "GET"): Cell(ANYBODY),
    ("/desk/", "GET"): Cell((308,) * 6),
    ("/desk/enter", "POST"): Cell((422,) * 6, {"code": "AAAAA-AAAAA-AAAAA-AAAAA"}),
    ("/desk/enter/{code}", "GET"): Cell(ANYBODY),
    ("/desk", "GET"): Cell(SIGNED_IN),
    ("/desk/teams", "GET"): Cell(SIGNED_IN),
    ("/desk/teams/label", "POST"): Cell(
        done(TEAM), {"label": "pilot", "deed": "add", "team": "{case_id}"}
    ),
    ("/desk/teams/views", "POST"): Cell(done(SIGNED_IN), {"name": "Mine"}),
    ("/desk/teams/views/drop", "POST"): Cell((401, 401, 404, 404, 404, 404), {"view": "99"}),
    ("/desk/teams.csv", "GET"): Cell(SIGNED_IN),
    ("/desk/teams.xlsx", "GET"): Cell(SIGNED_IN),
    ("/desk/answers.csv", "GET"): Cell(SIGNED_IN),
    ("/desk/answers.xlsx", "GET"): Cell(SIGNED_IN),
    ("/desk/teams/{case_id}", "GET"): Cell(TEAM),
    ("/desk/teams/{case_id}/transcript", "GET"): Cell(STAFF),
    ("/desk/teams/{case_id}/exchange", "GET"): Cell(STAFF, first=TAKE, after=GIVE),
    ("/desk/teams/{case_id}/note", "POST"): Cell(done(TEAM), {"note": "called them"}),
    ("/desk/teams/{case_id}/note/remove", "POST"): Cell(done(TEAM), {"number": "1"}),
    ("/desk/teams/{case_id}/label", "POST"): Cell(done(TEAM), {"label": "pilot"}),
    ("/desk/teams/{case_id}/label/remove", "POST"): Cell(done(TEAM), {"label": "none"}),
    ("/desk/teams/{case_id}/assign", "POST"): Cell(done(STAFF), {"person": "telegram:trainer"}),
    ("/desk/teams/{case_id}/assign/remove", "POST"): Cell(
        done(STAFF), {"person": "telegram:nobody"}
    ),
    # Refused with a reason: nobody asked for a call.
    ("/desk/teams/{case_id}/phoned", "POST"): Cell(done(STAFF, 409)),
    (TAKE, "POST"): Cell(done(STAFF), after=GIVE),
    ("/desk/teams/{case_id}/write", "POST"): Cell(
        done(STAFF), {"text": "Good morning"}, first=TAKE, after=GIVE
    ),
    (GIVE, "POST"): Cell(done(STAFF), first=TAKE),
    ("/desk/questions", "GET"): Cell(STAFF),
    ("/desk/questions", "POST"): Cell(
        done(STAFF, 422), {"language": "en", "question": "what", "entry": "none"}
    ),
    ("/desk/people", "GET"): Cell(STAFF),
    ("/desk/people", "POST"): Cell(
        (401, 401, 404, 404, 404, 200), {"name": "Nia", "role": "trainer"}
    ),
    ("/desk/people/revoke", "POST"): Cell(
        (401, 401, 404, 404, 404, 303), {"person": "telegram:victim"}
    ),
    ("/desk/erase/{case_id}", "GET"): Cell(STAFF),
    # Staff ask for it; an admin is asked once more.
    ("/desk/erase/{case_id}", "POST"): Cell((401, 401, 404, 404, 303, 422), {"member": "0"}),
    ("/desk/audit", "GET"): Cell(STAFF),
    ("/desk/health", "GET"): Cell(STAFF),
    ("/desk/programme", "GET"): Cell(SIGNED_IN),
    ("/desk/quiz", "GET"): Cell(SIGNED_IN),
    ("/desk/quiz", "POST"): Cell(done(SIGNED_IN), {"number": "3"}),
    # Refused with a reason: there is no such code.
    ("/desk/quiz/take", "POST"): Cell(done(SIGNED_IN, 409), {"code": "AAAAAA"}),
    ("/desk/quiz/sets", "GET"): Cell(SIGNED_IN),
    ("/desk/quiz/sets", "POST"): Cell(done(SIGNED_IN), {"name": "Mine"}),
    ("/desk/quiz/sets/template.xlsx", "GET"): Cell(SIGNED_IN),
    (SET, "GET"): Cell(OWNER),
    (SET, "POST"): Cell(done(OWNER), {"name": "Another name"}),
    (f"{SET}/question", "POST"): Cell(done(OWNER), QUESTION),
    (f"{SET}/question/remove", "POST"): Cell(done(OWNER), {"item": "q1"}),
    (f"{SET}/mix", "POST"): Cell(done(OWNER)),
    (f"{SET}/import", "POST"): Cell(done(OWNER), {"text": "Why?\nA. a\nB. b\nANSWER: A"}),
    (f"{SET}/export/{{form}}", "GET"): Cell(OWNER),
    (f"{SET}/remove", "POST"): Cell(done(OWNER)),
    ("/desk/quiz/{round}", "GET"): Cell(HOST),
    ("/desk/quiz/{round}/now", "GET"): Cell(HOST),
    # An admin may look, not lead.
    ("/desk/quiz/{round}/lead", "POST"): Cell((401, 401, 404, 303, 404, 409), {"deed": "next"}),
    # A link that signs in as whoever asks for it: for the host alone.
    ("/desk/quiz/{round}/phone", "POST"): Cell((401, 401, 404, 200, 404, 404)),
    ("/desk/quiz/{round}/rename", "POST"): Cell(
        (401, 401, 404, 303, 404, 404), {"player": "{player}"}
    ),
    ("/desk/quiz/{round}/debrief", "GET"): Cell(HOST),
    ("/desk/quiz/{round}/debrief.pdf", "GET"): Cell(HOST),
    ("/desk/quiz/{round}/debrief.xlsx", "GET"): Cell(HOST),
    ("/desk/content", "GET"): Cell(SIGNED_IN),
    ("/desk/content/coverage", "GET"): Cell(SIGNED_IN),
    ("/desk/content/{entry}", "GET"): Cell(SIGNED_IN),
    ("/desk/me", "GET"): Cell(SIGNED_IN),
    ("/desk/me/language", "POST"): Cell(done(SIGNED_IN), {"language": "en"}),
    ("/desk/me/name", "POST"): Cell(done(SIGNED_IN), {"name": "Marta"}),
    ("/desk/leave", "POST"): Cell(done(SIGNED_IN)),
}


@dataclass(frozen=True, slots=True)
class Programme:
    """Everybody of WHO by their cookies, and teams: one that shares, and one that does not."""

    here: World
    cookies: dict[str, dict[str, str]]
    case_id: str
    hidden: str
    gaps: Fields

    def asking(self, who: str) -> httpx.AsyncClient:
        """A browser with this one's cookies and nothing else."""
        made = browser(self.here.app)
        for name, value in self.cookies[who].items():
            made.cookies.set(name, value, domain="amorce.test")
        return made

    def fill(self, text: str, case_id: str = "") -> str:
        for name, value in {**self.gaps, "case_id": case_id or self.case_id}.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    async def ask(
        self, who: str, path: str, method: str, sent: Fields, case_id: str = ""
    ) -> httpx.Response:
        """A stream is asked for its head alone: it would not end."""
        address = "/static/amorce.css" if path == "/static" else self.fill(path, case_id)
        data = {name: self.fill(value, case_id) for name, value in sent.items()}
        how = "HEAD" if path.endswith(("/events", "/live")) else method
        return await self.asking(who).request(how, address, data=data or None)


@pytest.fixture
async def programme(here: World) -> Programme:
    case_id = await here.founder("ruth").founds("Lagoon", "Clean water by 2030")
    hidden = await here.founder("omar").founds("Forest", "No fires", share=False)
    founder = tab(here)
    await founder.agrees()
    found = {"stranger": {}, "founder": dict(founder.browser.cookies)}
    for who in WHO[2:]:
        signed = await here.staff("trainer" if "trainer" in who else who, who)  # type: ignore[arg-type]
        found[who] = dict(signed.cookies)

    def work(batch: Batch) -> None:
        notebook.assign(batch.db, case_id, "telegram:trainer")
        notebook.assign(batch.db, hidden, "telegram:trainer")
        staffing.grant(batch.db, "telegram:victim", "Vic", "trainer", "test", batch.now)

    await here.service.commit(work)
    gaps = {"number": "1", "code": "AAAAA-AAAAA", "entry": "p1.goal_early", "form": "gift"}
    return Programme(here, found, case_id, hidden, gaps | await here.service.commit(quiz))


def quiz(batch: Batch) -> dict[str, str]:
    """A round of `trainer` with somebody in it, and an own set of theirs."""
    item = Item("q1", "single", {"en": "Who?"}, ({"en": "We"}, {"en": "They"}), (0,))
    live = rounds.start(batch, "telegram:trainer", Settings(), [item])
    player, _ = rounds.join(batch, live, Who("web:awa", "web", "", "en", "Awa"))
    number = own_sets.make(batch.db, "telegram:trainer", "Mine", "en", batch.now)
    own_sets.put(batch.db, number, [item])
    return {
        "round": live.id,
        "code": live.code,
        "screen": live.screen,
        "player": str(player.id),
        "seat": player.seat,
        "set": str(number),
    }


async def cell(programme: Programme, who: str, path: str, method: str) -> int:
    """How `who` is answered to one line of the table."""
    line = TABLE[path, method]
    if line.first:
        await programme.ask(who, line.first, "POST", {})
    answer = await programme.ask(who, path, method, line.sent)
    if line.after:
        await programme.ask(who, line.after, "POST", {})
    return answer.status_code


async def test_every_address_has_its_line_in_the_table(here: World) -> None:
    assert doors(here.app) == set(TABLE)
    assert {(door.path, door.method) for door in DOORS} <= set(TABLE)
    assert {len(line.answers) for line in TABLE.values()} == {len(WHO)}


async def test_every_address_answers_everybody_as_the_table_says(programme: Programme) -> None:
    answered, expected = {}, {}
    # Signing out comes last.
    for path, method in sorted(TABLE, key=lambda key: key[0] == "/desk/leave"):
        for who, status in zip(WHO, TABLE[path, method].answers, strict=True):
            expected[path, method, who] = status
            answered[path, method, who] = await cell(programme, who, path, method)
    wrong = {
        key: (answered[key], status) for key, status in expected.items() if answered[key] != status
    }
    assert wrong == {}, "(answered, expected)"


def about_teams() -> list[tuple[str, str]]:
    return [(path, method) for path, method in TABLE if "{case_id}" in path]


async def test_what_is_hidden_is_refused_byte_for_byte_like_what_is_not_there(
    programme: Programme,
) -> None:
    """A team not assigned, one that does not share, and none at all are one and the same."""
    different = []
    for path, method in about_teams():
        for who in ("trainer_without", "trainer", "staff", "admin"):
            hidden = programme.case_id if who == "trainer_without" else programme.hidden
            sent = TABLE[path, method].sent
            there = await programme.ask(who, path, method, sent, hidden)
            gone = await programme.ask(who, path, method, sent, "0" * len(hidden))
            same = (there.status_code, there.headers, there.content) == (
                404,
                gone.headers,
                gone.content,
            )
            different += [] if same else [(path, method, who, there.status_code)]
    assert different == []


async def test_a_team_that_is_not_shown_is_in_no_page_and_no_export(programme: Programme) -> None:
    for who in ("trainer_without", "trainer", "staff", "admin"):
        for path, method in TABLE:
            if method != "GET" or not path.startswith("/desk") or "{case_id}" in path:
                continue
            text = (await programme.ask(who, path, method, {})).text
            assert "Forest" not in text, (who, path)
            assert programme.hidden not in text, (who, path)
            assert who != "trainer_without" or "Lagoon" not in text, path
            assert who != "trainer_without" or programme.case_id not in text, path
    found = (await programme.ask("staff", "/desk/teams?text=forest", "GET", {})).text
    nothing = (await programme.ask("staff", "/desk/teams?text=zzzzzz", "GET", {})).text
    assert found.replace("forest", "zzzzzz") == nothing


async def test_sharing_taken_back_in_the_middle_closes_every_door_at_once(
    programme: Programme,
) -> None:
    assert (await programme.ask("staff", TAKE, "POST", {})).status_code == 303
    page = (await programme.ask("staff", "/desk/teams/{case_id}", "GET", {})).text
    assert "Lagoon" in page

    def work(batch: Batch) -> None:
        told(batch, programme.case_id, "Lagoon", "Clean water by 2030", share=False)

    await programme.here.service.commit(work)
    for path, method in about_teams():
        for who in ("trainer", "staff", "admin"):
            answer = await programme.ask(who, path, method, TABLE[path, method].sent)
            assert answer.status_code == 404, (path, method, who)
    for path in ("/desk", "/desk/teams", "/desk/teams.csv", "/desk/audit"):
        assert "Lagoon" not in (await programme.ask("admin", path, "GET", {})).text


async def refused(programme: Programme, who: str) -> None:
    """Nothing on the desk answers `who` any more."""
    for path, method in TABLE:
        if path.startswith("/desk") and not path.startswith("/desk/enter") and path != "/desk/":
            answer = await programme.ask(who, path, method, TABLE[path, method].sent)
            assert answer.status_code == 401, (path, method)
            assert "Lagoon" not in answer.text


async def test_a_right_taken_away_a_second_ago_opens_nothing(programme: Programme) -> None:
    here = programme.here
    await here.service.commit(lambda b: staffing.revoke(b.db, "telegram:admin", "test", b.now))
    here.clock.pass_(seconds=1)
    await refused(programme, "admin")


async def test_another_right_counts_from_the_next_request_on(programme: Programme) -> None:
    def work(batch: Batch) -> None:
        staffing.grant(batch.db, "telegram:admin", "Ada", "trainer", "test", batch.now)

    await programme.here.service.commit(work)
    for path, method in (("/desk/people", "GET"), ("/desk/audit", "GET"), ("/desk/people", "POST")):
        assert await cell(programme, "admin", path, method) == 404
    assert await cell(programme, "admin", "/desk/teams/{case_id}", "GET") == 404


async def test_a_team_taken_from_a_trainer_is_closed_to_them_at_once(programme: Programme) -> None:
    assert await cell(programme, "trainer", "/desk/teams/{case_id}", "GET") == 200
    sent = {"person": "telegram:trainer"}
    done = await programme.ask("staff", "/desk/teams/{case_id}/assign/remove", "POST", sent)
    assert done.status_code == 303
    assert await cell(programme, "trainer", "/desk/teams/{case_id}", "GET") == 404
    assert await cell(programme, "trainer", "/desk/teams/{case_id}/note", "POST") == 404


async def test_half_an_hour_of_silence_signs_out(programme: Programme) -> None:
    programme.here.clock.pass_(minutes=29)
    assert await cell(programme, "staff", "/desk", "GET") == 200
    programme.here.clock.pass_(minutes=29)
    assert await cell(programme, "staff", "/desk", "GET") == 200, "whoever works stays in"
    programme.here.clock.pass_(minutes=30, seconds=1)
    await refused(programme, "staff")


async def test_twelve_hours_sign_out_whoever_works_on(programme: Programme) -> None:
    for _ in range(12 * 60 // 20):
        assert await cell(programme, "staff", "/desk/me", "GET") == 200
        programme.here.clock.pass_(minutes=20)
    programme.here.clock.pass_(seconds=1)
    await refused(programme, "staff")


async def test_whoever_signed_out_is_out_with_the_old_cookie_too(programme: Programme) -> None:
    assert await cell(programme, "staff", "/desk/leave", "POST") == 303
    await refused(programme, "staff")


async def test_cookies_do_not_open_the_other_face(programme: Programme) -> None:
    here = programme.here
    chat = programme.cookies["founder"]["amorce"]
    desk = programme.cookies["admin"]["amorce-desk"]
    crossed = browser(here.app)
    crossed.cookies.set("amorce-desk", chat, domain="amorce.test")
    assert (await crossed.get("/desk")).status_code == 401
    crossed = browser(here.app)
    crossed.cookies.set("amorce", desk, domain="amorce.test")
    assert (await crossed.get("/events")).status_code == 204
    assert "amorce" in (await crossed.get("/")).headers["set-cookie"], "begins anew, as nobody"


async def test_a_made_up_cookie_opens_nothing(programme: Programme) -> None:
    for forged in ("", "x", "' OR 1=1 --", "0" * 43, "\x00", "a" * 5000):
        programme.cookies["forger"] = {"amorce-desk": forged}
        assert (await programme.ask("forger", "/desk", "GET", {})).status_code == 401, forged


async def test_what_is_refused_is_logged_and_leaves_no_trace_of_a_read(
    programme: Programme, caplog: pytest.LogCaptureFixture
) -> None:
    """Only what was really shown counts as read by the programme."""
    caplog.set_level(logging.INFO, "bot.desk")
    for path, method in about_teams():
        await programme.ask("trainer_without", path, method, TABLE[path, method].sent)
    rows = await programme.here.store.read(
        lambda db: db.execute(
            "SELECT action FROM audit WHERE actor = 'telegram:trainer_without'"
            " AND action <> 'sign_in'"
        ).fetchall()
    )
    assert rows == []
    for path, _ in about_teams():
        assert f"refused {path} to telegram:trainer_without" in caplog.text
    assert programme.case_id not in caplog.text
