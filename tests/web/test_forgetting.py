"""What is not kept without consent, what an erasure leaves, and how little a first visit loads."""

from __future__ import annotations

import re

from bot.service.desk import Desk
from bot.store import faces, lines, notebook, questions, staffing, views
from bot.store.batch import Batch
from tests.desk.world import World, told
from tests.web.asking import Tab, tab
from tests.web.test_comings import code_of, content

MOST_BYTES = 100 * 1024


async def test_nothing_a_guest_types_is_stored(here: World) -> None:
    guest = tab(here)
    await guest.begins()
    typed = (
        *(
            "MARKERwells are polluted",
            "How do we find MARKERpartners for the MARKERwells?",
            "/help",
        ),
        *(
            "/ask MARKERmoney",
            "/team MARKERname",
            "MARKER \U0001f4a7 " * 50,
            "/MARKERcommand",
            "no",
        ),
        *("/start MARKERposter", "/menu", "MARKERagain"),
    )
    for text in typed:
        assert (await guest.says(text)).status_code == 200
    await guest.taps("MARKERaction")
    assert b"MARKER" not in content(here)
    assert b"MARKER".hex().encode() not in content(here)


async def test_the_same_words_are_stored_once_they_may_be(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    await founder.says("MARKERwells are polluted")
    assert b"MARKERwells" in content(here)


async def full_life(here: World, founder: Tab) -> str:
    """A team that used everything there is; every word of it and about it is a MARKER."""
    await founder.agrees()
    await founder.says("MARKERproblem of the wells")
    await founder.taps("set:crisis")
    phone = here.founder("ruth")
    await phone.does("/start")
    assert (await founder.browser.post("/enter", data={"code": await code_of(founder)})).is_redirect
    rows = await here.store.read(lambda db: db.execute("SELECT id, team FROM case_file").fetchall())
    [(case_id, _)] = rows
    who = await here.store.read(lambda db: db.execute("SELECT person FROM member").fetchone()[0])

    def work(batch: Batch) -> None:
        db, now = batch.db, batch.now
        staffing.grant(db, "telegram:staff", "Marta", "staff", "test", now)
        staffing.grant(db, "telegram:trainer", "Tom", "trainer", "test", now)
        faces.unite(batch, who, "telegram:ruth")
        told(batch, case_id, "MARKERname", "MARKERgoal", share=True)
        notebook.add_note(db, case_id, "telegram:staff", "MARKERnote", now)
        notebook.add_label(db, case_id, "MARKERlabel")
        notebook.assign(db, case_id, "telegram:trainer")
        questions.ask(db, case_id, "en", "What is MARKERquestion?", now)
        taught = questions.Taught("en", "what is markerquestion", "term.msp")
        questions.teach(db, taught, "telegram:staff", now)
        views.keep(db, "telegram:staff", "Mine", "text=lagoon")
        staffing.note(db, "telegram:staff", "read", case_id, now, "MARKERdetail")
        staffing.note(db, "telegram:staff", "erase_asked", "x", now, who)

    await here.service.commit(work)
    desk = Desk(here.service)
    await desk.take_over("telegram:staff", case_id)
    await desk.write("telegram:staff", case_id, "MARKERreply of staff")
    await founder.says("MARKERanswer to staff")
    await desk.give_back("telegram:staff", case_id)
    await founder.says("/export")
    await phone.does("MARKERtelegram remark")
    return str(who)


TABLES = (
    *("SELECT 1 FROM alias", "SELECT 1 FROM ticket", "SELECT 1 FROM line", "SELECT 1 FROM summary"),
    *(
        "SELECT 1 FROM stay",
        "SELECT 1 FROM note",
        "SELECT 1 FROM label",
        "SELECT 1 FROM assignment",
    ),
    *("SELECT 1 FROM question", "SELECT 1 FROM taught", "SELECT 1 FROM case_file"),
    *("SELECT 1 FROM conversation", "SELECT 1 FROM event", "SELECT 1 FROM person"),
    *("SELECT 1 FROM member", "SELECT 1 FROM consent", "SELECT 1 FROM team", "SELECT 1 FROM timer"),
)


async def test_an_erasure_leaves_no_byte_in_any_table_of_the_web(here: World) -> None:
    founder = tab(here)
    who = await full_life(here, founder)
    marks = {m.decode() for m in re.findall(rb"MARKER[a-z]+", content(here))}
    wanted = "problem name note label question reply answer telegram detail"
    assert {f"MARKER{word}" for word in wanted.split()} <= marks
    assert b"markerquestion" in content(here)
    await founder.says("/erase")
    assert (await founder.taps("erase_all")).status_code == 200
    assert b"markerquestion" not in content(here).lower()
    assert b"MARKER" not in content(here)
    assert who.encode() not in content(here)
    for sql in TABLES:
        rows = await here.store.read(lambda db, s=sql: db.execute(s).fetchall())
        assert rows == [], sql
    assert (
        await here.store.read(lambda db: db.execute("SELECT count(*) FROM erasure").fetchone()[0])
        == 1
    )
    assert "MARKER" not in await founder.page()


async def test_programme_staff_keep_their_own_after_an_erasure(here: World) -> None:
    founder = tab(here)
    await full_life(here, founder)
    await founder.says("/erase")
    await founder.taps("erase_all")
    names = await here.store.read(lambda db: [s.name for s in staffing.everybody(db)])
    assert names == ["Marta", "Tom"]
    assert await here.store.read(lambda db: len(views.of(db, "telegram:staff"))) == 1


async def test_a_team_keeps_what_is_its_own_while_another_member_is_left(here: World) -> None:
    founder, other = tab(here), here.founder("omar")
    who = await full_life(here, founder)
    await other.does("/start")

    def joins(batch: Batch) -> None:
        db = batch.db
        db.execute("INSERT INTO person (id, created_at) VALUES ('telegram:omar', '2027')")
        db.execute(
            "INSERT INTO member (person, team, joined_at)"
            " SELECT 'telegram:omar', team, joined_at FROM member"
        )
        db.execute(
            "INSERT INTO consent (person, text_version, at)"
            " SELECT 'telegram:omar', text_version, at FROM consent LIMIT 1"
        )
        batch.forget()

    await here.service.commit(joins)
    await other.does("MARKEROMAR says this")
    kept = ("summary", "stay", "note", "label", "assignment", "question", "taught", "case_file")
    before = {table: await rows_of(here, table) for table in kept}
    await founder.says("/erase")
    await founder.taps("erase_all")
    assert {table: await rows_of(here, table) for table in kept} == before
    left = content(here)
    assert b"MARKEROMAR" in left
    assert b"MARKERnote" in left
    assert who.encode() not in left
    people = await here.store.read(
        lambda db: db.execute(
            "SELECT DISTINCT person FROM line WHERE author = 'founder'"
        ).fetchall()
    )
    assert people == [("telegram:omar",)]


async def rows_of(here: World, table: str) -> int:
    """How many rows there are; how they read may change, as when a name is taken off."""
    sql = f"SELECT count(*) FROM {table}"  # noqa: S608
    return await here.store.read(lambda db: db.execute(sql).fetchone()[0])


async def test_staff_who_erase_themselves_take_no_team_with_them(here: World) -> None:
    founder, marta = tab(here), here.founder("staff")
    await full_life(here, founder)
    await marta.does("/start")
    await marta.taps("yes")
    case = await here.store.read(lambda db: db.execute("SELECT case_id FROM note").fetchone()[0])
    await Desk(here.service).take_over("telegram:staff", case)
    await here.service.erase("telegram:staff")
    assert b"Marta" not in content(here).replace(b"<b>Marta", b"")
    assert b"telegram:staff" not in content(here)
    left = await here.store.read(lambda db: [(n.author, n.text) for n in notebook.notes(db, case)])
    assert left == [("", "MARKERnote")]
    owners = await here.store.read(
        lambda db: db.execute("SELECT DISTINCT owner FROM conversation").fetchall()
    )
    assert owners == [("bot",)]


async def test_an_export_betrays_neither_staff_nor_their_notes(here: World) -> None:
    founder = tab(here)
    await full_life(here, founder)
    case = await here.store.read(lambda db: db.execute("SELECT id FROM case_file").fetchone()[0])
    await Desk(here.service).take_over("telegram:staff", case)
    await founder.says("/export")
    chat = await here.store.read(
        lambda db: db.execute("SELECT chat FROM conversation WHERE channel = 'web'").fetchone()[0]
    )
    letters = await here.store.read(lambda db: lines.fetched(db, chat, 0, 500))
    text = [m.file.text for _, m in letters if m.file][-1]
    assert "MARKERproblem" in text
    assert "MARKERreply" in text, "what staff wrote to the founder is the founder's too"
    for foreign in ("telegram:staff", "telegram:trainer", "MARKERnote", "MARKERlabel", "Tom"):
        assert foreign not in text


async def test_a_first_visit_loads_little(here: World) -> None:
    asking = here.browser()
    page = await asking.get("/")
    wanted = [page]
    for address in sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))):
        answer = await asking.get(address)
        assert answer.status_code == 200
        wanted.append(answer)
    assert len(wanted) >= 4
    loaded = 0
    for answer in wanted:
        packed = answer.headers.get("content-encoding") == "gzip"
        assert packed or int(answer.headers["content-length"]) < 600, answer.url
        loaded += int(answer.headers["content-length"])
    assert 1000 < loaded <= MOST_BYTES
