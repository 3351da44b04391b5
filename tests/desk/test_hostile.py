"""Whatever people type is text on every page: no element and no attribute comes from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote

import httpx
import pytest

from bot.case.file import Actor, Answer, NextStep, Remark, Signal
from bot.service.desk import Desk
from bot.store import cases, notebook, questions, staffing, summaries, tickets, views
from bot.store.batch import Batch
from bot.store.times import stamp
from tests.desk.test_rights import TABLE
from tests.desk.world import World, the_mind
from tests.hostile.corpus import corpus

# Each would leave a mark of its own: an element or an attribute no template has.
EVIL = (
    "<script>alert(1)</script><hostile>",
    '"><img src=x onerror=alert(1)><hostile evil="',
    "'><svg/onload=alert(1)><hostile evil='",
    "</textarea></select></title></style></script><hostile>",
    "<!--<hostile>--><![CDATA[<hostile>]]><?hostile ?>",
    "{{7*7}}{% raw %}{{ who.person }}${7*7}#{7*7}<%= 7*7 %>",
    '" autofocus onfocus=alert(1) evil="',
    "javascript:alert(1)//<a href='javascript:alert(1)'>",
    "&lt;hostile&gt;&#60;hostile&#62;&",
    '=HYPERLINK("https://evil.example","<hostile>")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202egnirts \u2066detrevni\u2069 \u200b\ufeff<hostile>",
    "nul \x00 bell \x07 escape \x1b[31m \x7f\x85\u2028\u2029<hostile>",
    "%0d%0aSet-Cookie: evil=1 %3Chostile%3E\r\nX: y",
    "</p></li></table></main><hostile></body></html>",
    "0123456789" * 1000,
    "\U0001f469\u200d\U0001f467 \u0627\u0644\u0645\u0627\u0621 \u0ba8\u0bbf <hostile>"
    + "\u0301" * 300,
)


class Seen(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.scripts: list[str] = []
        self.text: list[str] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        where = ("href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post")
        self.addresses |= {value or "" for name, value in attrs if name in where}
        if tag == "script":
            self.scripts.append(dict(attrs).get("src") or "inline")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)


def seen(page: httpx.Response) -> Seen:
    assert page.status_code in (200, 422), page.url
    found = Seen()
    found.feed(page.content.decode("utf-8"))
    found.close()
    return found


def faults(page: httpx.Response) -> list[str]:
    """What on a page no template of ours could have put there."""
    found = seen(page)
    here = found.tags & {"hostile", "style", "iframe", "object", "embed", "base", "marquee"}
    bad = [*here, *(name for name in found.attributes if name.startswith(("on", "style", "evil")))]
    bad += [
        a for a in found.addresses if not a.startswith(("/", "#", "https://t.me/", "?", "data:"))
    ]
    bad += [a for a in found.addresses if a.startswith("//") and a]
    bad += [src for src in found.scripts if not src.startswith("/static/")]
    return [*bad, *found.odd]


@dataclass
class Team:
    """A team whose every word is one of EVIL."""

    case_id: str
    evil: str
    pages: list[str] = field(default_factory=list)


async def team_of(here: World, number: int, evil: str) -> Team:
    founder = here.founder(f"f{number}")
    case_id = await founder.founds("Lagoon", "Clean water")
    await founder.does(evil)
    brain = the_mind()

    def work(batch: Batch) -> None:
        db, at = batch.db, batch.now
        found = cases.load(db, case_id)
        assert found is not None
        case = replace(
            found[0],
            name=evil,
            actors=(Actor(evil, "public", "in_talks"), Actor(evil, None)),
            step=NextStep(evil, evil, at.date(), at, slipped=3),
            past_steps=(NextStep(evil, evil, None, at, done_at=at),),
            remarks=(Remark(evil, at, "goal"),),
            signals={"help": Signal(at), "conflict": Signal(at - timedelta(days=2))},
        )
        for slot in ("goal", "problem"):
            case = case.with_answer(slot, Answer(evil, "told", at, f"f{number}"))
        cases.change(batch, case_id, case)
        db.execute("UPDATE team SET name = ? WHERE id = ?", (evil, case_id))
        summaries.write(db, case_id, brain.overview(case, at, 1), "en", stamp(at), at)
        notebook.add_note(db, case_id, f"telegram:s{number}", evil, at)
        notebook.add_label(db, case_id, evil)
        questions.ask(db, case_id, "en", evil, at)
        staffing.grant(db, f"telegram:s{number}", evil, "staff", "telegram:admin", at)
        notebook.assign(db, case_id, f"telegram:s{number}")
        views.keep(db, "telegram:admin", evil[:200] + str(number), "text=" + quote(evil[:200]))

    await here.service.commit(work)
    desk = Desk(here.service)
    await desk.take_over(f"telegram:s{number}", case_id)
    await desk.write(f"telegram:s{number}", case_id, evil[:3900])
    await founder.does(evil)
    return Team(case_id, evil)


@pytest.fixture
async def teams(here: World) -> list[Team]:
    return [await team_of(here, number, evil) for number, evil in enumerate(EVIL)]


async def signed_in(here: World, number: int) -> httpx.AsyncClient:
    """A browser of the staff member of a team, whose name is one of EVIL."""
    code = await here.service.commit(
        lambda batch: tickets.make(batch.db, "enter", f"telegram:s{number}", batch.now)
    )
    asking = here.browser()
    assert (await asking.post("/desk/enter", data={"code": code})).status_code == 303
    return asking


def desk_pages() -> Iterator[str]:
    """Every page of the desk; those about one team have a gap."""
    for path, method in TABLE:
        if (
            method == "GET"
            and path.startswith("/desk")
            and not path.endswith((".csv", ".xlsx", "/"))
            # Hostile titles, names and questions of a quiz have tests of their own.
            and "{round}" not in path
            and "{set}" not in path
        ):
            yield path.replace("{code}", quote(EVIL[1])).replace("{entry}", "p1.goal_early")


async def test_nothing_typed_becomes_part_of_a_page_of_the_desk(
    here: World, teams: list[Team]
) -> None:
    admin = await here.staff("admin")
    wrong, shown = {}, ""
    for path in desk_pages():
        for each in teams if "{case_id}" in path else teams[:1]:
            page = await admin.get(path.replace("{case_id}", each.case_id))
            wrong |= {(path, each.evil[:30]): bad} if (bad := faults(page)) else {}
            shown += page.text if "{case_id}" in path else ""
    # Whoever holds a talk sees it on Today, under a name of their own.
    for number in range(len(EVIL)):
        page = await (await signed_in(here, number)).get("/desk")
        wrong |= {("/desk", number): bad} if (bad := faults(page)) else {}
    assert wrong == {}
    assert "{{7*7}}" in shown
    assert "49" not in [part for part in shown.split() if part.startswith("49")]
    assert "&lt;hostile&gt;" in shown


async def test_nothing_typed_into_an_address_becomes_part_of_a_page(
    here: World, teams: list[Team]
) -> None:
    admin, wrong = await here.staff("admin"), {}
    names = ("text", "phase", "label", "sort", "page", "form", "language", "sector", "for", "name")
    names += ("action", "kind", "q", "stuck", "mine", "from", "until", "before", "view", "lang")
    for evil in (*EVIL[:7], EVIL[12], "-1", "99999999999999999999", "x" * 3000):
        query = "&".join(f"{name}={quote(evil)}" for name in names)
        for path in desk_pages():
            page = await admin.get(path.replace("{case_id}", teams[0].case_id) + f"?{query}")
            if page.status_code == 404 and path != "/desk/content/p1.goal_early":
                continue
            wrong |= {(path, evil[:30]): bad} if (bad := faults(page)) else {}
    assert wrong == {}


async def test_nothing_posted_breaks_a_page_of_the_desk(here: World, teams: list[Team]) -> None:
    """Every field of every form with every evil text: refused or taken, never an error."""
    names = ("note", "number", "label", "person", "text", "question", "language", "entry", "name")
    names += ("role", "member", "sure", "view", "deed", "team", "shown", "sign", "code", "reason")
    admin, staff, broken = await here.staff("admin"), await here.staff("staff"), {}
    posts = [path for path, method in TABLE if method == "POST" and path.startswith("/desk")]
    for evil in (*EVIL, "9" * 5000, "-1", "\u0663", "[]", ""):
        for path in posts:
            if path == "/desk/people/revoke":
                continue
            address = path.replace("{case_id}", teams[1].case_id)
            # Staff may ask for an erasure at once, where an admin is asked again first.
            asking = staff if "erase" in path else admin
            page = await asking.post(address, data=dict.fromkeys(names, evil))
            if page.status_code >= 500:
                broken[path, evil[:20]] = page.status_code
            elif page.status_code != 303 and (bad := faults_of_any(page)):
                broken[path, evil[:20]] = bad
    assert broken == {}


def faults_of_any(page: httpx.Response) -> list[str]:
    page.status_code = 200
    return faults(page)


async def test_nothing_typed_becomes_part_of_the_chat_page(here: World) -> None:
    wrong = {}
    for evil in (*EVIL, "half \ud800 sign <hostile>"):
        founder = here.browser()
        await founder.post("/say", data={"kind": "start"})
        who = await here.store.read(
            lambda db: db.execute(
                "SELECT chat FROM conversation WHERE channel = 'web' ORDER BY rowid DESC"
            ).fetchone()[0]
        )
        phone = here.founder(who, channel="web")
        await phone.does(evil)
        await phone.taps("yes")
        await phone.taps("need:partners")
        for cause in (evil, f"/team {evil}", evil, "/review", f"/ask {evil}", "/export"):
            await phone.does(cause)
        wrong |= {evil[:30]: bad} if (bad := faults(await founder.get("/"))) else {}
    assert wrong == {}


@pytest.mark.parametrize("path", ["/continue/", "/desk/enter/"])
async def test_nothing_in_a_link_becomes_part_of_its_page(here: World, path: str) -> None:
    for evil in EVIL[:15]:
        page = await here.browser().get(path + quote(evil, safe=""))
        if page.status_code != 404:
            assert faults(page) == [], evil


async def test_the_hostile_corpus_is_text_on_a_team_page(here: World) -> None:
    case_id = await here.founder("ruth").founds("Lagoon", "Clean water")
    bodies = [entry.body for entry in corpus() if entry.body and "<" in entry.body + "<"]
    staff = await here.staff("staff")
    for at in range(0, len(bodies), 60):

        def work(batch: Batch, at: int = at) -> None:
            found = cases.load(batch.db, case_id)
            assert found is not None
            actors = tuple(Actor(body, "public") for body in bodies[at : at + 60])
            cases.change(batch, case_id, replace(found[0], name=bodies[at], actors=actors))

        await here.service.commit(work)
        assert faults(await staff.get(f"/desk/teams/{case_id}")) == []


async def test_no_cell_of_an_export_is_a_formula(here: World, teams: list[Team]) -> None:
    admin = await here.staff("admin")
    for path in ("/desk/teams.csv", "/desk/answers.csv"):
        answer = await admin.get(path)
        text = answer.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) > len(EVIL)
        cells = [cell for row in rows for cell in row]
        assert [c[:30] for c in cells if c.startswith(("=", "+", "@", "\t", "\r", "\n"))] == []
        assert any("HYPERLINK" in cell for cell in cells)
        assert answer.headers["content-disposition"].startswith("attachment")
