"""Ways in and out of the chat page: links from elsewhere, the recovery code, leaving."""

from __future__ import annotations

import json
import re

import httpx

from bot.store import staffing, tickets
from tests.desk.world import Founder, World, visible
from tests.web.asking import Tab, tab

CODE = re.compile(r"[A-Z2-9]{5}(?:-[A-Z2-9]{5}){3}")


async def code_of(founder: Tab) -> str:
    page = (await founder.browser.post("/code")).text
    [code] = re.findall(rf"<code>({CODE.pattern})</code>", page)
    return str(code)


async def link_to_web(here: World, phone: Founder) -> str:
    """The address that a founder on Telegram is given."""
    await phone.does("/elsewhere")
    rows = await here.store.read(
        lambda db: db.execute(
            "SELECT message FROM outbox WHERE chat = ? ORDER BY id", (phone.name,)
        ).fetchall()
    )
    text = " ".join(json.loads(row[0])["html"] for row in rows)
    return re.findall(rf"/continue/({CODE.pattern})", text)[-1]


async def told_to(here: World, chat: str) -> str:
    """All that waits to be sent to somebody on Telegram."""
    rows = await here.store.read(
        lambda db: db.execute("SELECT message FROM outbox WHERE chat = ?", (chat,)).fetchall()
    )
    return " ".join(row[0] for row in rows)


async def enter(asking: httpx.AsyncClient, code: str) -> httpx.Response:
    return await asking.post("/enter", data={"code": code})


async def people(here: World) -> list[tuple[str, str]]:
    """Who belongs to which team."""
    return await here.store.read(
        lambda db: db.execute("SELECT person, team FROM member ORDER BY person, team").fetchall()
    )


def content(here: World) -> bytes:
    """Every byte of the database and its log."""
    return b"".join(p.read_bytes() for p in here.store.path.parent.glob("amorce.db*"))


async def test_a_link_leads_from_telegram_to_the_web_and_into_the_same_file(here: World) -> None:
    phone, founder = here.founder("ruth"), tab(here)
    case = await phone.founds("Lagoon", "Clean water by 2030")
    code = await link_to_web(here, phone)
    for _ in range(3):
        page = await founder.browser.get(f"/continue/{code}")
        assert f'name="code" value="{code}"' in page.text, "a preview shows a button, no more"
    assert (await enter(founder.browser, code)).status_code == 303
    assert await people(here) == [("telegram:ruth", case)]
    assert (await founder.says("/export")).status_code == 200
    assert "Lagoon" in visible(await founder.page())
    assert (await enter(here.browser(), code)).status_code == 422, "it works once"


async def test_a_link_leads_from_the_web_to_telegram_and_into_the_same_file(here: World) -> None:
    here.service.addresses.telegram = "amorce_bot"
    founder, phone = tab(here), here.founder("ruth")
    await founder.agrees()
    await founder.says("the wells are polluted")
    before = await people(here)
    await founder.says("/elsewhere")
    [code] = re.findall(rf"t\.me/amorce_bot\?start=({CODE.pattern})", await founder.page())
    await phone.does(f"/start {code}")
    assert await people(here) == before
    assert await phone.case() == before[0][1]
    await phone.does("/export")
    rows = await here.store.read(
        lambda db: db.execute("SELECT message FROM outbox WHERE chat = 'ruth'").fetchall()
    )
    assert "the wells are polluted" in " ".join(row[0] for row in rows)


async def test_who_has_a_team_on_both_sides_chooses_and_loses_none(here: World) -> None:
    phone, founder = here.founder("ruth"), tab(here)
    case = await phone.founds("Lagoon", "Clean water by 2030")
    await founder.agrees()
    await founder.says("the forest burns")
    [other] = [team for _, team in await people(here) if team != case]
    assert (await enter(founder.browser, await link_to_web(here, phone))).status_code == 303
    assert "both are yours" in visible(await founder.page())
    await founder.taps("yes")
    expected = sorted([("telegram:ruth", case), ("telegram:ruth", other)])
    assert await people(here) == expected
    assert "Lagoon" in visible(await founder.page())
    for chosen, words in ((case, "Lagoon"), (other, "the forest burns")):
        if f'value="take:{chosen[:32]}"' not in await founder.page():
            await founder.says("/teams")
        assert (await founder.taps(f"take:{chosen[:32]}")).status_code == 200
        await founder.says("/export")
        assert words in visible(await founder.page()).rpartition("/export")[2]
    assert await people(here) == expected


async def test_a_link_sent_to_staff_does_not_carry_their_right_away(here: World) -> None:
    attacker, marta = tab(here), here.founder("marta")
    here.service.addresses.telegram = "amorce_bot"
    await here.right("admin", "Marta", "telegram:marta")
    await attacker.agrees()
    await attacker.says("/elsewhere")
    [code] = re.findall(rf"start=({CODE.pattern})", await attacker.page())
    for bait in (code, await code_of(attacker)):
        await marta.does(f"/start {bait}")
    held = await here.store.read(lambda db: [s.person for s in staffing.everybody(db)])
    assert held == ["telegram:marta"]
    await attacker.says("/desk")
    assert "/desk/enter/" not in await attacker.page()
    await marta.does("/desk")
    assert "/desk/enter/" in await told_to(here, "marta")


async def test_staff_go_on_elsewhere_by_a_link_of_their_own(here: World) -> None:
    marta, there = here.founder("marta"), here.browser()
    await marta.founds("Lagoon", "Clean water by 2030")
    await here.right("staff", "Marta", "telegram:marta")
    assert (await enter(there, await link_to_web(here, marta))).status_code == 303
    await there.post("/say", data={"kind": "text", "text": "/desk"})
    assert "/desk/enter/" in (await there.get("/")).text


async def test_an_invitation_takes_nothing_from_whoever_may_do_more(here: World) -> None:
    await here.right("admin", "Ada", "telegram:ada")
    invited = json.dumps({"name": "Nia", "role": "trainer"})
    for who, expected in (("ada", ("Ada", "admin")), ("nia", ("Nia", "trainer"))):
        code = await here.service.commit(
            lambda batch: tickets.make(batch.db, "invite", "telegram:ada", batch.now, invited)
        )
        await here.founder(who).does(f"/start {code}")
        found = await here.store.read(lambda db, who=who: staffing.staff(db, f"telegram:{who}"))
        assert found is not None
        assert (found.name, found.role) == expected


async def test_a_link_expires_within_the_hour(here: World) -> None:
    phone = here.founder("ruth")
    await phone.founds("Lagoon", "Clean water by 2030")
    code = await link_to_web(here, phone)
    here.clock.pass_(minutes=61)
    assert (await enter(here.browser(), code)).status_code == 422


async def test_a_recovery_code_brings_a_lost_browser_back_once(here: World) -> None:
    founder, found = tab(here), tab(here)
    await founder.agrees()
    await founder.says("the wells are polluted")
    before, code = await people(here), await code_of(founder)
    typed = code.lower().replace("-", " ")
    assert (await enter(found.browser, typed)).status_code == 303
    await found.says("/export")
    assert "the wells are polluted" in visible(await found.page())
    assert await people(here) == before
    assert (await enter(here.browser(), code)).status_code == 422


async def test_a_recovery_code_is_kept_as_a_hash_and_the_one_before_it_dies(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    old, new = await code_of(founder), await code_of(founder)
    for code in (old, new):
        assert code.encode() not in content(here)
        assert code.replace("-", "").encode() not in content(here)
    assert (await enter(here.browser(), old)).status_code == 422
    assert (await enter(here.browser(), new)).status_code == 303


async def test_a_wrong_code_says_so_and_changes_nothing(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    desk = await here.right("staff", "Marta", "telegram:1")
    before, rows = await founder.page(), await people(here)
    for code in ("", "AAAAA-AAAAA-AAAAA-AAAAA", "' OR 1=1", "\x00", "é" * 90, desk):
        answer = await enter(founder.browser, code)
        assert answer.status_code == 422, code
        assert 'role="alert"' in answer.text
        assert "set-cookie" not in answer.headers
    assert (await founder.page(), await people(here)) == (before, rows)
    assert (await here.browser().post("/desk/enter", data={"code": desk})).status_code == 303


async def test_guessing_is_slowed_down_and_locks_out_nobody_with_a_right_code(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    code, guesser = await code_of(founder), here.browser()
    tries = [(await enter(guesser, f"GUESS-{n:05}-AAAAA-AAAAA")).status_code for n in range(30)]
    assert set(tries) == {422, 429}
    assert (await enter(here.browser(), code)).status_code == 303, "from the same place"


async def test_no_code_is_given_to_whoever_has_agreed_to_nothing(here: World) -> None:
    founder = tab(here)
    await founder.begins()
    answer = await founder.browser.post("/code")
    assert answer.status_code == 200
    assert not CODE.search(visible(answer.text))
    stranger = await here.browser().post("/code")
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/")


async def test_leaving_forgets_the_browser_and_keeps_what_was_told(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    await founder.says("the wells are polluted")
    code, before = await code_of(founder), await people(here)
    cookie = founder.browser.cookies["amorce"]
    answer = await founder.browser.post("/leave")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "amorce" not in founder.browser.cookies
    assert "polluted" not in await founder.page()
    assert founder.browser.cookies["amorce"] != cookie
    assert await people(here) == before
    assert (await enter(founder.browser, code)).status_code == 303
    await founder.says("/export")
    assert "polluted" in await founder.page()
