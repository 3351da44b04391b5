"""What comes by itself to open pages, and what is left at the end: speed, consent, certificate."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial

import pytest

from bot.channels.play import watch
from bot.channels.play.reached import Reached
from bot.channels.play.state import scene
from bot.channels.play.watch import concerns
from bot.quiz.round import Settings
from bot.store import replies, staffing
from tests.desk.world import World
from tests.documents.reading import words_of
from tests.web.playing import HOST, everybody, hosted, newcomer, phone, visible
from tests.web.test_comings import content
from tests.web.watching import looking


async def test_an_open_page_is_told_what_changed_and_only_that(here: World) -> None:
    host = await hosted(here, Settings(seconds=30))
    ana = await phone(here, host, "Ana")
    async with looking(here, ana.browser.cookies, f"/play/{ana.code}/live") as stream:
        first = await stream.next()
        assert set(first["parts"]) == {"who", "status", "clock", "now"}
        await host.leads("next")
        opened = await stream.next()
        assert set(opened["parts"]) == {"status", "clock", "now"}
        assert 'data-left="30"' in opened["parts"]["clock"]
        await ana.taps("B")
        kept_now = await stream.next()
        assert set(kept_now["parts"]) == {"status", "now"}
        assert "Kept: B" in kept_now["parts"]["status"]
        await host.leads("end")
        last = await stream.next()
        assert last["last"] is True
        assert await stream.ended()


async def test_an_answer_concerns_whoever_gave_it_and_the_wall_alone(here: World) -> None:
    host = await hosted(here)
    for name in ("Ana", "Ben"):
        await phone(here, host, name)
    live = await host.leads("next")
    before = await here.store.read(lambda db: scene(db, live.id, here.clock()))
    assert before is not None
    ana, ben = before.players
    now = before.with_choice(ben, (0,))
    wall = 0
    assert [concerns(before, now, whose) for whose in (ana, ben, wall)] == [False, True, True]
    assert not concerns(before, before, ana)


async def test_a_page_that_shows_it_already_is_sent_nothing(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    found = re.search(r'data-mark="(\w+)"', await ana.page())
    assert found
    where = f"/play/{ana.code}/live"
    async with looking(here, ana.browser.cookies, where, f"mark={found[1]}") as stream:
        await host.leads("next")
        assert "Your turn!" in (await stream.next())["parts"]["status"]


async def test_whoever_lost_the_seat_is_told_to_look_again(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    seat = await ana.seat()
    async with looking(here, ana.browser.cookies, f"/play/{ana.code}/live") as stream:
        await stream.next()
        await newcomer(here, await host.live()).joins(seat=seat)
        assert (await stream.next()) == {"gone": True}
        assert await stream.ended()


async def test_streams_are_for_players_and_not_for_ever_more_of_one(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    where = f"/play/{ana.code}/live"
    assert (await here.browser().get(where)).status_code == 204
    async with AsyncExitStack() as open_pages:
        for _ in range(4):
            stream = await open_pages.enter_async_context(looking(here, ana.browser.cookies, where))
            await stream.next()
        assert (await ana.browser.get(where)).status_code == 429
        ben = await phone(here, host, "Ben")
        async with looking(here, ben.browser.cookies, where) as other:
            assert other.status == 200
    async with looking(here, ana.browser.cookies, where) as again:
        assert again.status == 200


async def test_a_stop_ends_every_stream(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    async with looking(here, ana.browser.cookies, f"/play/{ana.code}/live") as stream:
        await stream.next()
        here.hub.close()
        assert await stream.ended()


async def test_a_full_room_is_read_once_a_change_and_not_once_a_phone(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = await hosted(here)
    phones = [await phone(here, host, f"P{n}") for n in range(12)]
    looks = 0
    real = watch.scene

    def counted(*asked: object) -> object:
        nonlocal looks
        looks += 1
        return real(*asked)  # type: ignore[arg-type]

    async with AsyncExitStack() as open_pages:
        streams = [
            await open_pages.enter_async_context(
                looking(here, each.browser.cookies, f"/play/{each.code}/live")
            )
            for each in phones
        ]
        for stream in streams:
            await stream.next()
        monkeypatch.setattr(watch, "scene", counted)
        await host.leads("next")
        for stream in streams:
            assert "Your turn!" in (await stream.next())["parts"]["status"]
        assert looks == 1


async def test_where_speed_counts_the_time_a_question_took_to_arrive_is_not_held_against_anybody(
    here: World,
) -> None:
    host = await hosted(here, Settings(speed=True, seconds=20))
    ana, ben = await phone(here, host, "Ana"), await phone(here, host, "Ben")
    await host.leads("next")
    await ana.page()
    here.clock.pass_(seconds=10)
    await ben.page()
    await ana.taps("B")
    await ben.taps("B")
    found = await here.store.read(lambda db: replies.every(db, host.id))
    assert [each.points for each in found] == [75, 100]


async def test_a_second_look_does_not_set_the_time_back(here: World) -> None:
    host = await hosted(here, Settings(speed=True, seconds=20))
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    await ana.page()
    here.clock.pass_(seconds=20)
    await ana.page()
    await ana.taps("B")
    found = await here.store.read(lambda db: replies.every(db, host.id))
    assert [each.points for each in found] == [50]


async def test_arrivals_are_written_together_and_only_where_speed_counts(here: World) -> None:
    async def written() -> int:
        return await here.store.read(
            lambda db: db.execute("SELECT count(*) FROM delivered").fetchone()[0]
        )

    for speed, expected in ((False, 0), (True, 3)):
        host = await hosted(here, Settings(speed=speed))
        for name in ("Ana", "Ben", "Cem"):
            await phone(here, host, name)
        live = await host.leads("next")
        reached = Reached(here.service, here.clock)
        for player in await everybody(here, host.id):
            reached.note(live, player.id)
            reached.note(live, player.id)
        reached.note(replace(live, round=replace(live.round, stage="closed")), 1)
        await reached.flush()
        assert await written() == expected


async def test_results_are_seen_by_name_only_after_a_yes(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next")
    await ana.taps("B")
    await host.leads("show", "end")

    async def named() -> bool:
        return (await everybody(here, host.id))[0].named

    assert "without your name" in visible(await ana.page())
    assert not await named()
    for answer, expected in (("yes", True), ("no", False), ("yes", True), ("maybe", False)):
        done = await ana.browser.post(f"/play/{ana.code}/agree", data={"named": answer})
        assert done.status_code == 303
        assert await named() is expected
    stranger = here.browser()
    assert (await stranger.post(f"/play/{ana.code}/agree", data={"named": "yes"})).is_error
    assert not await named()


async def test_a_certificate_prints_the_name_given_and_keeps_it_nowhere(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana", "es")
    seat = await ana.seat()
    where = f"/quiz/certificate/{host.id}/{seat}"
    await host.leads("next", "close")
    assert (await here.browser().get(where)).status_code == 404, "not before the end"
    await host.leads("end")
    assert where in await ana.page()
    page = await here.browser().get(where)
    assert "Constancia de participación" in page.text
    assert 'value="Ana"' in page.text
    assert (await here.browser().post(where, data={"name": " "})).status_code == 422
    done = await here.browser().post(where, data={"name": "MARKERAna Böttcher"})
    assert (done.status_code, done.headers["content-type"]) == (200, "application/pdf")
    assert done.content.startswith(b"%PDF")
    assert b"MARKERAna" not in content(here)


async def test_a_certificate_is_signed_only_with_a_name_that_was_given(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    where = f"/quiz/certificate/{host.id}/{await ana.seat()}"
    await host.leads("next", "close", "end")
    for name, is_signed in (("Rosa Host", True), (staffing.UNNAMED, False)):
        await here.store.write(partial(staffing.rename, person=HOST, name=name))
        paper = words_of((await here.browser().post(where, data={"name": "Ana"})).content)
        assert "Ana" in paper
        assert ("Led by" in paper, name in paper) == (is_signed, is_signed)


async def test_a_table_is_asked_about_the_name_of_the_table(here: World) -> None:
    host = await hosted(here, Settings(teams=True))
    ana = await phone(here, host, "The window")
    await host.leads("next", "show", "end")
    assert "your table's result with its name" in visible(await ana.page())


async def test_a_certificate_of_a_round_without_a_title_names_none(here: World) -> None:
    host = await hosted(here, Settings())
    ana = await phone(here, host, "Ana")
    where = f"/quiz/certificate/{host.id}/{await ana.seat()}"
    await host.leads("next", "close", "end")
    paper = words_of((await here.browser().post(where, data={"name": "Ana"})).content)
    assert "took part in the quiz on " in paper


async def test_a_certificate_is_for_those_who_were_there(here: World) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    await host.leads("next", "show")
    late = await phone(here, host, "Late")
    seats = [await ana.seat(), await late.seat(), "ZZZZZZ", "x"]
    await host.leads("end")
    found = [
        (await here.browser().get(f"/quiz/certificate/{host.id}/{seat}")).status_code
        for seat in seats
    ]
    assert found == [200, 404, 404, 404]
    assert (await here.browser().get(f"/quiz/certificate/nope/{seats[0]}")).status_code == 404
