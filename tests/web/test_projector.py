"""The projector page: only for who has its address, and what the room may see when."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot.channels.play import room, watch
from bot.quiz.item import Item
from bot.quiz.round import Settings
from bot.store.rounds import Live
from tests.desk.world import URL, World
from tests.web.playing import Host, hosted, item, phone, visible
from tests.web.watching import looking


async def screen(here: World, live: Live) -> str:
    answer = await here.browser().get(f"/screen/{live.screen}")
    assert answer.status_code == 200
    return answer.text


async def room_of(here: World, names: int, settings: Settings | None = None) -> Host:
    host = await hosted(here, settings)
    for n in range(names):
        await phone(here, host, f"Table {n + 1}")
    return host


async def test_only_its_address_opens_it(here: World) -> None:
    live = await (await hosted(here)).live()
    assert (await here.browser().get(f"/screen/{live.screen}")).status_code == 200
    wrong = (live.code, live.id, live.screen[:-1], live.screen.swapcase(), "x", "%00", "' OR 1=1")
    for secret in wrong:
        for path in (f"/screen/{secret}", f"/screen/{secret}/live"):
            assert (await here.browser().get(path)).status_code == 404, path


async def test_its_address_stands_nowhere_a_player_looks_and_in_no_search(here: World) -> None:
    host = await hosted(here)
    live = await host.live()
    ana = await phone(here, host, "Ana")
    assert live.screen not in await ana.page()
    for path in (f"/screen/{live.screen}", f"/play/{live.code}", "/play"):
        answer = await ana.browser.get(path)
        assert answer.headers["x-robots-tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.text
    assert host.id not in await screen(here, live)


async def test_until_the_end_it_always_shows_how_to_join(here: World) -> None:
    here.service.addresses.telegram = "amorce_bot"
    host = await room_of(here, 1)
    live = await host.live()
    square = str(room.square(f"{URL}/play/{live.code}"))
    stages = ("", "next", "pause", "resume", "close", "show", "board", "next", "skip")
    for deed in stages:
        if deed:
            await host.leads(deed)
        page = await screen(here, live)
        assert square in page, deed
        assert live.code in visible(page)
        assert "amorce.test/play" in visible(page)
        assert "@amorce_bot" in visible(page)


async def test_without_a_bot_nothing_is_said_of_telegram(here: World) -> None:
    page = await screen(here, await (await hosted(here)).live())
    assert "Telegram" not in page


async def test_two_languages_stand_side_by_side_with_the_same_letters(here: World) -> None:
    host = await hosted(here, Settings(languages=("de", "es")))
    await host.leads("next")
    page = await screen(here, await host.live())
    for words in ("de: Question one?", "es: Question one?", "de: one option 3", "es: one option 3"):
        assert words in page
    assert "fr: " not in page
    assert re.findall(r'class="letter">([A-F])<', page) == list("ABCD")
    assert page.index("de: one option 0") < page.index("es: one option 0")


async def test_one_language_twice_or_none_is_one(here: World) -> None:
    for languages in (("fr", "fr"), ("fr", "")):
        host = await hosted(here, Settings(languages=languages))
        await host.leads("next")
        page = await screen(here, await host.live())
        assert page.count("fr: Question one?") == 1


async def test_the_lobby_shows_names_newest_first_and_only_a_number_without_names(
    here: World,
) -> None:
    host = await room_of(here, 3)
    page = await screen(here, await host.live())
    assert re.findall(r"<bdi>(Table \d)</bdi>", page) == ["Table 3", "Table 2", "Table 1"]
    assert "3 people are in" in visible(page)
    silent = await room_of(here, 3, Settings(names=False, languages=("en", "de")))
    page = await screen(here, await silent.live())
    assert "<bdi>" not in page
    assert "3 Personen sind dabei" in visible(page)


async def test_it_counts_who_answered_and_tells_nothing_of_what(here: World) -> None:
    host = await hosted(here)
    phones = [await phone(here, host, f"P{n}") for n in range(3)]
    await host.leads("next")
    await phones[0].taps("B")
    await phones[1].taps("C")
    page = await screen(here, await host.live())
    assert "2 of 3 have answered" in visible(page)
    assert "<rect" not in page.partition("<main")[2]


async def test_after_the_close_the_split_is_shown_with_the_paper_cards(here: World) -> None:
    host = await hosted(here)
    phones = [await phone(here, host, f"P{n}") for n in range(4)]
    await host.leads("next")
    for each, letter in zip(phones, "BBCA", strict=True):
        await each.taps(letter)
    await host.leads("close", "paper 0 5 1 0")
    page = await screen(here, await host.live())
    assert re.findall(r'<rect width="(\d+)"[^>]*/></svg><b>(\d+)</b>', page) == [
        ("10", "1"),
        ("70", "7"),
        ("20", "2"),
        ("0", "0"),
    ]
    assert "With 6 paper cards" in visible(page)
    assert "✓" not in page
    assert "Because of one" not in page
    await host.leads("show")
    page = await screen(here, await host.live())
    assert page.count("✓") == 1
    right = re.search(r'<li class="right">.*?</li>', page, re.DOTALL)
    assert right
    assert "one option 1" in right[0]
    assert "Right answer: B" in visible(page)
    assert "en: Because of one." in page
    assert "fr: Because of one." in page


async def test_a_question_to_put_in_order_shows_how_many_found_it(here: World) -> None:
    host = await hosted(here, items=(item("steps", "order", (2, 0, 1), 3),))
    ana, ben = await phone(here, host, "Ana"), await phone(here, host, "Ben")
    await host.leads("next")
    assert "To be put in the right order." in visible(await screen(here, await host.live()))
    for letter in "CAB":
        await ana.taps(letter)
    await ben.taps("A")
    await host.leads("show")
    page = visible(await screen(here, await host.live()))
    assert "One person found the right order." in page


async def test_tables_are_counted_as_tables(here: World) -> None:
    host = await room_of(here, 2, Settings(teams=True))
    assert "2 tables are in" in visible(await screen(here, await host.live()))
    await host.leads("next", "show", "end")
    assert "2 tables played" in visible(await screen(here, await host.live()))


async def test_the_board_has_the_eight_best_and_only_where_it_is_on(here: World) -> None:
    host = await room_of(here, 10)
    live = await host.leads("next", "show", "board")
    page = await screen(here, live)
    assert len(re.findall(r'class="name">', page)) == 8
    assert "Where we stand" in page
    await host.leads("board_off")
    assert "Where we stand" not in await screen(here, live)
    silent = await room_of(here, 2, Settings(board=False))
    await silent.leads("next", "show", "end")
    end = await screen(here, await silent.live())
    assert "Thank you, everybody!" in end
    assert "Table 1" not in end


async def test_the_time_is_counted_from_the_servers_and_waits_at_nought(here: World) -> None:
    host = await hosted(here, Settings(seconds=90))
    live = await host.leads("next")
    here.clock.pass_(seconds=25)
    assert 'data-left="65"' in await screen(here, live)
    await host.leads("extend")
    assert 'data-left="95"' in await screen(here, live)
    await host.leads("pause")
    here.clock.pass_(seconds=60)
    page = await screen(here, live)
    assert 'data-left="95" data-held="yes"' in page
    await host.leads("resume")
    here.clock.pass_(seconds=500)
    page = await screen(here, live)
    assert 'data-left="0"' in page
    assert "Closed" not in visible(page)


async def test_an_open_projector_page_follows_by_itself(here: World) -> None:
    host = await hosted(here, Settings(seconds=20))
    live = await host.live()
    async with looking(here, here.browser().cookies, f"/screen/{live.screen}/live") as stream:
        first = await stream.next()
        assert set(first["parts"]) == {"clock", "count", "state", "main"}
        ana = await phone(here, host, "Ana")
        assert "Ana" in (await stream.next())["parts"]["main"]
        await host.leads("next")
        assert "Question one?" in (await stream.next())["parts"]["main"]
        await ana.taps("B")
        counted = await stream.next()
        assert set(counted["parts"]) == {"count", "state"}
        assert "1 of 1 has answered" in counted["parts"]["state"]
        here.clock.pass_(seconds=21)
        await here.service.come_due()
        assert 'data-left="0"' in (await stream.next())["parts"]["clock"]
        await host.leads("end")
        assert (await stream.next())["last"] is True
        assert await stream.ended()


async def test_many_changes_at_once_are_few_sights(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes in between is left out, and the last of it never is."""
    monkeypatch.setattr(watch, "PACE", 1.0)
    host = await hosted(here)
    phones = [await phone(here, host, f"P{n}") for n in range(20)]
    live = await host.leads("next")
    events = 0
    async with looking(here, here.browser().cookies, f"/screen/{live.screen}/live") as stream:
        await stream.next()
        for each in phones:
            await each.taps("B")
        while "20 of 20" not in (await stream.next())["parts"]["state"]:
            events += 1
    assert events < 19


async def test_an_own_question_is_shown_as_text(here: World) -> None:
    bad = '<script>alert(1)</script> {{ 7 * 7 }} "quoted"'
    told = {"en": bad, "fr": bad}
    own = Item("own.1", "single", told, (told, {"en": "x" * 3000}), (0,), told)
    host = await hosted(here, items=(own,))
    ana = await phone(here, host, "Ana")
    await host.leads("next", "show")
    for page in (await screen(here, await host.live()), await ana.page()):
        assert "<script>alert" not in page
        assert bad in unescape(page)
