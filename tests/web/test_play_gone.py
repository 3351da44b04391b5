"""Players who are erased or turn out to be one person: what walls, pages and links show then."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.channels.play import reached
from bot.channels.play.reached import Reached
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store import faces
from bot.store import rounds as kept
from bot.store.batch import Batch
from bot.store.players import Who
from tests.desk.world import World
from tests.web.playing import Host, everybody, hosted, phone
from tests.web.watching import looking

TELEGRAM = "telegram:9"


async def joins_on_telegram(here: World, host: Host, name: str) -> None:
    def work(batch: Batch) -> None:
        live = kept.load(batch.db, host.id)
        assert live is not None
        rounds.join(batch, live, Who(TELEGRAM, "telegram", "9", "en", name))

    await here.service.commit(work)


async def test_an_erased_name_leaves_the_wall_by_itself(here: World) -> None:
    host = await hosted(here)
    ada = await phone(here, host, "Ada MARKER")
    screen = f"/screen/{(await host.live()).screen}"
    [player] = await everybody(here, host.id)
    async with looking(here, httpx.Cookies(), f"{screen}/live") as wall:
        assert "Ada MARKER" in str(await wall.next())
        await here.service.erase(player.person)
        assert "Ada MARKER" not in (await here.browser().get(screen)).text
        assert "Ada MARKER" not in (await ada.browser.get(f"/play/{ada.code}")).text
        assert "main" in (await wall.next())["parts"]


async def test_two_players_who_become_one_are_one_on_the_wall_and_on_their_page(
    here: World,
) -> None:
    host = await hosted(here)
    page = await phone(here, host, "Page MARKER")
    [player] = await everybody(here, host.id)
    await joins_on_telegram(here, host, "Tel MARKER")
    screen = f"/screen/{(await host.live()).screen}"
    async with looking(here, httpx.Cookies(), f"{screen}/live") as wall:
        assert "Tel MARKER" in str(await wall.next())
        await here.service.commit(lambda batch: faces.unite(batch, TELEGRAM, player.person))
        shown = (await here.browser().get(screen)).text
        assert ("Page MARKER" in shown, "Tel MARKER" in shown) == (True, False)
        assert "Page MARKER" in await page.page()
        await host.leads("next")
        assert (await page.taps("B")).status_code == 200


async def test_a_certificate_outlives_that_its_player_became_one_with_another(here: World) -> None:
    host = await hosted(here)
    page = await phone(here, host, "Page")
    [player] = await everybody(here, host.id)
    await joins_on_telegram(here, host, "Tel")
    await host.leads("next")
    await page.taps("B")
    await host.leads("show", "end")
    where = f"/quiz/certificate/{host.id}/{player.seat}"
    await here.service.commit(lambda batch: faces.unite(batch, TELEGRAM, player.person))
    assert (await here.browser().get(where)).status_code == 200


async def test_whoever_is_reached_while_others_are_written_down_is_written_down_too(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reached, "TOGETHER", 0.0)
    host = await hosted(here, Settings(speed=True))
    for name in ("Ana", "Ben"):
        await phone(here, host, name)
    live = await host.leads("next")
    ana, ben = await everybody(here, host.id)
    arrivals = Reached(here.service, here.clock)
    # The first write is not over yet when this is told.
    here.service.posted = lambda _: arrivals.note(live, ben.id)
    before = asyncio.all_tasks()
    arrivals.note(live, ana.id)
    [writing] = asyncio.all_tasks() - before
    await writing
    found = await here.store.read(
        lambda db: db.execute("SELECT player FROM delivered ORDER BY player").fetchall()
    )
    assert found == [(ana.id,), (ben.id,)]
