"""Ways into a round: codes, names, languages, seats; and back after a loss."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from bot.quiz.round import Settings
from bot.store import faces, players
from bot.store.batch import Batch
from bot.store.players import Who
from tests.desk.world import World, world
from tests.web.asking import tab
from tests.web.playing import Phone, answers, everybody, hosted, newcomer, phone, visible
from tests.web.watching import looking


async def test_a_code_is_found_however_it_is_typed(here: World) -> None:
    live = await (await hosted(here)).live()
    spaced = f" {live.code[:3].lower()}-{live.code[3:]} "
    done = await here.browser().post("/play", data={"code": spaced})
    assert (done.status_code, done.headers["location"]) == (303, f"/play/{live.code}")
    assert (await here.browser().get(f"/play/{live.code.lower()}")).status_code == 200


async def test_a_wrong_code_says_so_and_shows_itself_again(here: World) -> None:
    for typed in ("ZZZZZZ", "ABC", "", "<b>x", "0OI1", "Ã" * 6, "A" * 5000):
        done = await here.browser().post("/play", data={"code": typed})
        assert done.status_code == 404, typed
        assert "I find no round with this code" in done.text
        assert "<b>x" not in done.text
    assert (await here.browser().get("/play/ZZZZZZ")).status_code == 404


async def test_wrong_codes_are_limited_and_the_right_one_never_is(here: World) -> None:
    live = await (await hosted(here)).live()
    asking = here.browser()
    await asking.get("/play")
    tries = [await asking.post("/play", data={"code": "ZZZZZ2"}) for _ in range(12)]
    assert [each.status_code for each in tries] == [404] * 10 + [429] * 2
    assert (await asking.post("/play", data={"code": live.code})).status_code == 303
    assert (await here.browser().post("/play", data={"code": "ZZZZZ2"})).status_code == 404


async def test_seats_cannot_be_tried_out(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    thief = newcomer(here, await host.live())
    await thief.page()
    tries = [await thief.joins(seat="ZZZZZ2") for _ in range(10)]
    assert {each.status_code for each in tries} == {422}
    assert (await thief.joins(seat=await ana.seat())).status_code == 429
    assert "Ana" in await ana.page()


async def test_an_old_code_says_that_the_round_is_over(here: World) -> None:
    host = await hosted(here)
    live = await host.leads("end")
    page = await here.browser().get(f"/play/{live.code}")
    assert page.status_code == 410
    assert "This round is over" in page.text
    assert (await newcomer(here, live).joins("Late")).status_code == 410
    assert await everybody(here, host.id) == []


async def test_a_full_round_says_what_else_can_be_done(here: World) -> None:
    host = await hosted(here, Settings(most=2))
    for name in ("Ana", "Ben"):
        await phone(here, host, name)
    late = newcomer(here, await host.live())
    done = await late.joins("Cem")
    assert done.status_code == 409
    assert "Share a phone" in done.text
    assert len(await everybody(here, host.id)) == 2


async def test_joining_twice_from_one_browser_is_once(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    seat = await ana.seat()
    assert (await ana.joins("Somebody else")).status_code == 303
    assert await ana.seat() == seat
    assert [each.name for each in await everybody(here, host.id)] == ["Ana"]


async def test_two_browsers_with_one_name_are_told_apart(here: World) -> None:
    host = await hosted(here)
    for _ in range(3):
        await phone(here, host, "Ana")
    assert [each.name for each in await everybody(here, host.id)] == ["Ana", "Ana 2", "Ana 3"]


async def test_whoever_plays_on_telegram_as_well_is_the_same_player(here: World) -> None:
    """One person by two ids: the page shows the place taken on the other phone."""
    host = await hosted(here)
    live = await host.live()
    browser = newcomer(here, live)
    await browser.page()
    visitor = await web_id(browser)

    def unite(batch: Batch) -> None:
        faces.unite(batch, "telegram:ana", f"web:{visitor}")
        who = Who("telegram:ana", "telegram", "ana", "de", "Ana")
        players.add(batch.db, live.id, who, "Ana", 0, batch.now)

    await here.service.commit(unite)
    assert "Ana" in await browser.page()
    await host.leads("next")
    assert (await browser.taps("B")).status_code == 200
    assert await answers(here, host.id) == [(0, (1,), True)]


async def web_id(browser: Phone) -> str:
    cookie = browser.browser.cookies["amorce"]
    return sha256(cookie.rpartition(".")[0].encode()).hexdigest()[:32]


async def test_the_language_of_the_browser_is_spoken_and_can_be_changed(here: World) -> None:
    host = await hosted(here)
    live = await host.live()
    door = newcomer(here, live, "es")
    assert "Participar" in await door.page()
    assert "Mitspielen" in (await door.browser.get(f"/play/{live.code}?language=de")).text
    again = (await door.joins(seat="ZZZZZ2")).text
    assert f'href="/play/{live.code}?language=de"' in again, "from wherever it was refused"
    await door.joins("Ana", language="de")
    await host.leads("next")
    assert "de: Question one?" in await door.page()
    done = await door.browser.post(f"/play/{live.code}/language", data={"language": "fr"})
    assert done.status_code == 303
    page = await door.page()
    assert "fr: Question one?" in page
    assert "de: " not in page
    for wrong in ("xx", "", "<b>"):
        await door.browser.post(f"/play/{live.code}/language", data={"language": wrong})
        assert "fr: Question one?" in await door.page()


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %}",
    "Robert'); DROP TABLE player;--",
    "\u202eevil\u202c",
    "a\x00b\x07c\n\n\nd",
    "\ud83d\ude00 Zoë 李",
    "x" * 5000,
)


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_is_shown_as_words(here: World, name: str) -> None:
    host = await hosted(here)
    ana = newcomer(here, await host.live())
    data = {"name": name.encode("utf-8", "replace").decode()}
    done = await ana.browser.post(f"/play/{ana.code}/join", data=data)
    assert done.status_code == 303
    page = await ana.page()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    [player] = await everybody(here, host.id)
    assert len(player.name) <= 40
    assert player.name.isprintable()
    screen = await here.browser().get(f"/screen/{(await host.live()).screen}")
    assert screen.status_code == 200
    assert "<script>alert" not in screen.text
    assert "<img src=x" not in screen.text


async def test_a_name_of_nothing_becomes_a_number(here: World) -> None:
    host = await hosted(here)
    for name in ("", "   ", "\u200b\u200b", "\u202e"):
        await phone(here, host, name)
    assert [each.name for each in await everybody(here, host.id)] == ["1", "2", "3", "4"]


async def test_a_round_without_names_asks_for_none_and_keeps_none(here: World) -> None:
    host = await hosted(here, Settings(names=False))
    live = await host.live()
    door = await newcomer(here, live).page()
    assert 'name="name"' not in door
    assert "without a name" in door
    ana = await phone(here, host, "Ana")
    assert [each.name for each in await everybody(here, host.id)] == ["1"]
    await host.leads("next")
    await ana.taps("B")
    await host.leads("end")
    end = await ana.page()
    assert "Ana" not in end
    assert "Yes, with the name" not in end


async def test_a_lost_phone_comes_back_by_its_seat_with_everything(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana", "de")
    await host.leads("next")
    await ana.taps("B")
    seat = await ana.seat()
    found = newcomer(here, await host.live(), "de")
    assert "Ich war schon dabei" in await found.page()
    done = await found.joins(seat=f"{seat[:3].lower()} {seat[3:]}", language="de")
    assert done.status_code == 303
    page = visible(await found.page())
    assert "Gespeichert: B" in page
    assert "Ana" in page
    assert [each.name for each in await everybody(here, host.id)] == ["Ana"]
    assert (await ana.browser.get(f"/play/{ana.code}")).text.count("Mitspielen"), "the door again"
    assert (await ana.taps("A")).status_code == 404
    await host.leads("show")
    assert "Das stimmt!" in await found.page()


async def test_a_wrong_seat_says_whom_to_ask(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    lost = newcomer(here, await host.live())
    for seat in ("", "ZZZZZZ", "x", "<b>", await ana.seat() + "X"):
        done = await lost.joins(seat=seat)
        assert done.status_code == 422, seat
        assert "I do not know this seat" in done.text
    other = await hosted(here)
    foreign = newcomer(here, await other.live())
    assert (await foreign.joins(seat=await ana.seat())).status_code == 422


async def test_nothing_is_lost_when_the_process_starts_anew(tmp_path: Path) -> None:
    async with world(tmp_path) as before:
        host = await hosted(before)
        ana = await phone(before, host, "Ana")
        await host.leads("next")
        await ana.taps("B")
        cookies = dict(ana.browser.cookies)
        async with looking(before, ana.browser.cookies, f"/play/{ana.code}/live") as stream:
            mark = (await stream.next())["mark"]
    async with world(tmp_path) as after:
        again = Phone(after.browser(), ana.code)
        again.browser.cookies.update(cookies)
        assert "Kept: B" in visible(await again.page())
        assert f'data-mark="{mark}"' in await again.page(), "what is shown needs no second sending"
        assert (await again.taps("A")).status_code == 200
        assert await answers(after, host.id) == [(0, (1,), True)]
        host.here = after
        await host.leads("show")
        assert "That's right!" in visible(await again.page())


async def test_the_chat_page_leads_to_the_quiz(here: World) -> None:
    page = await tab(here).page()
    assert 'href="/play"' in page
    assert "Join a quiz" in page
