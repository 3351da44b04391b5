"""Coming in to the desk: one link, one press, one sign-in; and going out of it."""

from __future__ import annotations

import json
import re

import httpx
from itsdangerous import URLSafeTimedSerializer

from bot.desk.entrance import machine_link
from bot.store import staffing, tickets
from bot.store.batch import Batch
from bot.web.site import Site
from tests.desk.world import SECRET, URL, World, visible
from tests.web.asking import browser
from tests.web.test_chat import full_disk

SITE = Site(URL, SECRET)


async def enter(asking: httpx.AsyncClient, code: str) -> int:
    return (await asking.post("/desk/enter", data={"code": code})).status_code


def code_of(link: str) -> str:
    return link.rpartition("/")[2]


async def people(here: World) -> list[tuple[str, str]]:
    return await here.store.read(lambda db: [(s.person, s.role) for s in staffing.everybody(db)])


async def test_a_link_shows_a_button_and_only_the_press_spends_it(here: World) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    browser = here.browser()
    for _ in range(3):
        assert 'name="code"' in (await browser.get(f"/desk/enter/{code}")).text
        assert (await browser.head(f"/desk/enter/{code}")).status_code == 200
    assert await enter(browser, code) == 303
    page = await browser.get("/desk")
    assert page.status_code == 200
    assert "Marta" in visible(page.text)
    assert await enter(here.browser(), code) == 422


async def test_staff_finds_a_team_that_asks_for_help(here: World) -> None:
    ruth = here.founder("ruth")
    await ruth.founds("Lagoon", "Clean water by 2030")
    await here.service.commit(lambda batch: None)
    browser = await here.staff("staff")
    assert "on its way" in visible((await browser.get("/desk")).text)


async def test_a_link_expires_after_a_quarter_of_an_hour(here: World) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    here.clock.pass_(minutes=15)
    assert await enter(here.browser(), code) == 422


async def test_a_newer_link_ends_the_older_one(here: World) -> None:
    old = await here.right("staff", "Marta", "telegram:1")
    new = await here.right("staff", "Marta", "telegram:1")
    assert await enter(here.browser(), old) == 422
    assert await enter(here.browser(), new) == 303


async def test_a_link_of_somebody_without_a_right_any_more_opens_nothing(here: World) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    await here.service.commit(lambda b: staffing.revoke(b.db, "telegram:1", "test", b.now))
    assert await enter(here.browser(), code) == 422


async def test_codes_for_other_ends_do_not_open_the_desk(here: World) -> None:
    def work(batch: Batch) -> list[str]:
        staffing.grant(batch.db, "telegram:1", "Marta", "admin", "test", batch.now)
        kinds: tuple[tickets.Kind, ...] = ("link", "return", "invite")
        detail = json.dumps({"name": "Eve", "role": "admin"})
        return [tickets.make(batch.db, kind, "telegram:1", batch.now, detail) for kind in kinds]

    for code in await here.service.commit(work):
        assert await enter(here.browser(), code) == 422
    kept = await here.store.read(
        lambda db: db.execute("SELECT count(*) FROM ticket WHERE used_at IS NULL").fetchone()[0]
    )
    assert kept == 3, "nor are they spent by the try"


async def test_what_is_no_code_opens_nothing_and_says_always_the_same(here: World) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    spent = await here.right("staff", "Nia", "telegram:2")
    await enter(here.browser(), spent)
    tampered = ("A" if code[0] != "A" else "B") + code[1:]
    tries = (tampered, spent, code[:-1], code + "A", "", "\x00", "é" * 300, "' OR 1=1 --")
    answers = [await here.browser().post("/desk/enter", data={"code": each}) for each in tries]
    assert {a.status_code for a in answers} == {422}
    assert len({a.content for a in answers}) == 1
    assert not [a for a in answers if "set-cookie" in a.headers]
    assert await enter(here.browser(), code.lower().replace("-", " ")) == 303, "however typed"


async def test_the_press_in_a_second_tab_finds_the_link_spent_and_the_first_goes_on(
    here: World,
) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    browser = here.browser()
    tabs = [await browser.get(f"/desk/enter/{code}") for _ in range(2)]
    assert tabs[0].content == tabs[1].content
    assert await enter(browser, code) == 303
    assert await enter(browser, code) == 422
    assert (await browser.get("/desk")).status_code == 200


async def test_a_sign_in_has_a_name_of_its_own_and_takes_over_none_that_was_planted(
    here: World,
) -> None:
    planted = here.browser()
    planted.cookies.set("amorce-desk", "planted-by-somebody", domain="amorce.test")
    code = await here.right("staff", "Marta", "telegram:1")
    done = await planted.post("/desk/enter", data={"code": code})
    cookie = done.headers["set-cookie"].split(";")[0].partition("=")[2]
    assert cookie != "planted-by-somebody"
    assert len(cookie) >= 43
    attacker = here.browser()
    attacker.cookies.set("amorce-desk", "planted-by-somebody", domain="amorce.test")
    assert (await attacker.get("/desk")).status_code == 401


async def test_the_sign_in_of_an_attacker_is_ended_where_the_victim_signs_in(here: World) -> None:
    attacker = await here.staff("trainer", "eve")
    victim = browser(here.app)
    victim.cookies.set("amorce-desk", attacker.cookies["amorce-desk"], domain="amorce.test")
    code = await here.right("admin", "Ada", "telegram:ada")
    done = await victim.post("/desk/enter", data={"code": code})
    fresh = done.headers["set-cookie"].split(";")[0].partition("=")[2]
    assert fresh != attacker.cookies["amorce-desk"]
    assert (await attacker.get("/desk")).status_code == 401, "the old one ended with the new"


async def test_a_wrong_code_does_not_end_the_sign_in_one_has(here: World) -> None:
    marta = await here.staff("staff")
    assert await enter(marta, "AAAAA-AAAAA-AAAAA-AAAAA") == 422
    assert (await marta.get("/desk")).status_code == 200


async def test_the_secret_of_a_sign_in_is_kept_as_a_hash_alone(here: World) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    kept = b"".join(p.read_bytes() for p in here.store.path.parent.glob("amorce.db*"))
    assert code.encode() not in kept
    marta = here.browser()
    await enter(marta, code)
    kept = b"".join(p.read_bytes() for p in here.store.path.parent.glob("amorce.db*"))
    for secret in (code, code.replace("-", ""), marta.cookies["amorce-desk"]):
        assert secret.encode() not in kept


async def signs(asking: httpx.AsyncClient) -> list[str]:
    """The open sign-ins on one's own page."""
    return re.findall(r'name="sign" value="([^"]+)"', (await asking.get("/desk/me")).text)


async def test_ones_own_sign_ins_are_listed_and_can_be_ended_from_another(here: World) -> None:
    one, two = await here.staff("staff"), await here.staff("staff")
    other = await here.staff("admin")
    own = await signs(one)
    assert len(own) == 2
    assert len(await signs(other)) == 1
    assert not set(own) & {one.cookies["amorce-desk"], two.cookies["amorce-desk"]}
    [mine] = [sign for sign in own if sign == tickets_hash(one)]
    [foreign] = set(own) - {mine}
    done = await one.post("/desk/leave", data={"sign": foreign})
    assert (done.status_code, done.headers["location"]) == (303, "/desk/me")
    assert (await two.get("/desk")).status_code == 401
    assert (await one.get("/desk")).status_code == 200


def tickets_hash(asking: httpx.AsyncClient) -> str:
    return staffing.hashed(asking.cookies["amorce-desk"])


async def test_another_persons_sign_in_cannot_be_ended(here: World) -> None:
    ada, marta = await here.staff("admin"), await here.staff("staff")
    for sign in (tickets_hash(ada), ada.cookies["amorce-desk"], "%", "' OR 1=1 --"):
        await marta.post("/desk/leave", data={"sign": sign})
    assert (await ada.get("/desk")).status_code == 200
    assert (await marta.get("/desk")).status_code == 200


async def test_signing_out_ends_it_at_once_and_takes_the_cookie(here: World) -> None:
    marta = await here.staff("staff")
    secret = marta.cookies["amorce-desk"]
    done = await marta.post("/desk/leave")
    assert (done.status_code, done.headers["location"]) == (303, "/desk")
    assert "amorce-desk" not in marta.cookies
    assert "Max-Age=0" in done.headers["set-cookie"]
    thief = here.browser()
    thief.cookies.set("amorce-desk", secret, domain="amorce.test")
    assert (await thief.get("/desk")).status_code == 401


async def test_the_link_of_the_machine_makes_the_first_admin_once(here: World) -> None:
    link = machine_link(SITE, "nonce")
    assert link.startswith(f"{URL}/desk/enter/")
    code, asking = code_of(link), here.browser()
    assert await people(here) == []
    assert 'name="code"' in (await asking.get(f"/desk/enter/{code}")).text
    assert await people(here) == [], "no accounts that nobody asked for"
    assert await enter(asking, code) == 303
    assert await people(here) == [("machine:admin", "admin")]
    assert (await asking.get("/desk/people")).status_code == 200
    assert await enter(here.browser(), code) == 422
    assert await enter(here.browser(), code_of(machine_link(SITE, "next"))) == 303
    assert await people(here) == [("machine:admin", "admin")]


def at_another_time(seconds: float, key: bytes = SECRET, salt: str = "machine") -> str:
    """A code of the machine as made some seconds from now."""
    made = URLSafeTimedSerializer(key, salt=salt)

    class Shifted(made.default_signer):  # type: ignore[misc,name-defined]
        def get_timestamp(self) -> int:
            return int(super().get_timestamp() + seconds)

    return str(URLSafeTimedSerializer(key, salt=salt, signer=Shifted).dumps("nonce"))


async def test_the_link_of_the_machine_is_good_for_an_hour(here: World) -> None:
    assert await enter(here.browser(), at_another_time(-3700)) == 422
    assert await enter(here.browser(), at_another_time(-3500)) == 303


async def test_a_link_of_the_machine_made_by_anybody_else_opens_nothing(here: World) -> None:
    good = code_of(machine_link(SITE, "nonce"))
    body, stamp, seal = good.split(".")
    forged = (
        at_another_time(0, b"x" * 32),
        at_another_time(0, SECRET, "other"),
        f"{body}.{stamp}.{seal[:-4]}AAAA",
        f"{body}x.{stamp}.{seal}",
        f"{stamp}.{body}.{seal}",
        "..",
        "a.b.c",
        good + "." + seal,
    )
    for code in forged:
        assert await enter(here.browser(), code) == 422, code
    assert await people(here) == []
    assert await enter(here.browser(), good) == 303


async def test_an_admin_of_the_machine_whose_right_was_taken_comes_back_by_the_machine(
    here: World,
) -> None:
    await enter(here.browser(), code_of(machine_link(SITE, "one")))
    await here.service.commit(lambda b: staffing.revoke(b.db, "machine:admin", "test", b.now))
    asking = here.browser()
    assert await enter(asking, code_of(machine_link(SITE, "two"))) == 303
    assert (await asking.get("/desk")).status_code == 200


async def test_guessing_is_slowed_down_and_does_not_lock_out_whoever_has_a_link(
    here: World,
) -> None:
    guesser, code = here.browser(), await here.right("staff", "Marta", "telegram:1")
    tries = [await enter(guesser, f"GUESS-{n:05}-AAAAA-AAAAA") for n in range(40)]
    assert set(tries) == {422, 429}
    slow = await guesser.post("/desk/enter", data={"code": "x.y.z"})
    assert slow.status_code == 429
    assert 'role="alert"' in slow.text
    assert await enter(here.browser(), code) == 303, "from the very same place"


async def test_wrong_codes_are_refused_without_a_commit(here: World) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    with full_disk(here.store):
        for wrong in ("AAAAA-AAAAA-AAAAA-AAAAA", "a.b.c", ""):
            assert await enter(here.browser(), wrong) == 422
        assert await enter(here.browser(), code) == 503
    assert await enter(here.browser(), code) == 303, "not spent by the failure"


async def test_coming_and_going_is_in_the_record_without_any_secret(here: World) -> None:
    marta = await here.staff("staff", "Marta")
    secret = marta.cookies["amorce-desk"]
    await marta.post("/desk/leave")
    rows = await here.store.read(
        lambda db: db.execute("SELECT action, actor, about, detail FROM audit").fetchall()
    )
    assert [row[0] for row in rows] == ["grant_staff", "sign_in", "sign_out"]
    assert secret not in str(rows)


async def test_a_clock_put_back_revives_no_sign_in(here: World) -> None:
    marta = await here.staff("staff")
    here.clock.pass_(minutes=31)
    assert (await marta.get("/desk")).status_code == 401
    here.clock.pass_(minutes=-20)
    assert (await marta.get("/desk")).status_code == 401


async def test_codes_and_sign_ins_that_are_over_are_let_go(here: World) -> None:
    await here.staff("staff")
    await here.right("admin", "Ada", "telegram:ada")
    here.clock.pass_(hours=13)
    marta = await here.staff("trainer")
    await here.store.tidy(here.clock())
    left = await here.store.read(
        lambda db: (
            db.execute("SELECT person FROM signin").fetchall(),
            db.execute("SELECT count(*) FROM ticket WHERE used_at IS NULL").fetchone()[0],
        )
    )
    assert left == ([("telegram:trainer",)], 0)
    assert (await marta.get("/desk")).status_code == 200


async def test_a_very_long_name_of_a_browser_is_cut(here: World) -> None:
    code = await here.right("staff", "Marta", "telegram:1")
    long = browser(here.app, user_agent="<b>x</b>" * 2000)
    await enter(long, code)
    page = (await long.get("/desk/me")).text
    assert "<b>x</b>" not in page
    assert len(page) < 20_000
