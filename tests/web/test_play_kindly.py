"""What nobody is left to guess: a seat that moved, time that is up, a round that is over."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.play import room
from bot.quiz.item import Item
from bot.quiz.round import Settings
from tests.desk.world import URL, World
from tests.web.playing import hosted, item, newcomer, phone, visible
from tests.web.test_projector import screen
from tests.web.watching import looking

MOVED = "Your seat is now on another phone"
STILL = "Time is up; you can still answer"


def only(item: Item, *languages: str, why: str = "") -> Item:
    """An own question with words in some languages, the explanation in French alone."""

    def cut(texts: object) -> dict[str, str]:
        assert isinstance(texts, dict)
        return {language: texts[language] for language in languages}

    options = tuple(cut(each) for each in item.options)
    return replace(
        item, text=cut(item.text), options=options, explanation={"fr": why} if why else {}
    )


async def test_a_phone_whose_seat_was_taken_over_is_told_and_shown_the_way_back(
    here: World,
) -> None:
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    where, seat = f"/play/{ana.code}?moved=yes", await ana.seat()
    assert MOVED not in (await ana.browser.get(where)).text, "as long as it is hers"
    await newcomer(here, await host.live()).joins(seat=seat)
    for _ in range(2):
        door = await ana.browser.get(where)
        assert door.status_code == 200
        assert MOVED in visible(door.text)
        assert door.text.index("<details open>") < door.text.index('id="name"')
    assert MOVED not in (await here.browser().get(where)).text, "a stranger had no seat"
    assert (await ana.joins(seat=seat)).status_code == 303
    assert MOVED not in await ana.page()


async def test_at_nought_both_pages_say_that_answers_still_count(here: World) -> None:
    for closes in (False, True):
        host = await hosted(here, Settings(seconds=20, clock_closes=closes))
        ana = await phone(here, host, "Ana")
        live = await host.leads("next")
        assert 'class="time up"' not in await ana.page()
        here.clock.pass_(seconds=21)
        own, wall = await ana.page(), await screen(here, live)
        for page in (own, wall):
            assert 'class="time up"' in page
        assert (STILL in own) is not closes
        assert ("Still open" in wall) is not closes
        assert ("Encore ouverte" in wall) is not closes


async def test_a_question_without_an_explanation_leaves_no_empty_strip(here: World) -> None:
    for why in ("", " "):
        host = await hosted(here, items=(only(item("own"), "fr", "en", why=why),))
        ana = await phone(here, host, "Ana")
        live = await host.leads("next", "show")
        for page in (await screen(here, live), await ana.page()):
            assert 'why"' not in page


async def test_after_the_end_the_wall_thanks_and_asks_nobody_in(here: World) -> None:
    here.service.addresses.telegram = "amorce_bot"
    host = await hosted(here)
    ana = await phone(here, host, "Ana")
    live = await host.leads("next", "show")
    async with looking(here, here.browser().cookies, f"/screen/{live.screen}/live") as stream:
        await stream.next()
        await host.leads("end")
        told = (await stream.next())["parts"]
    assert 'class="texts heading over"' in told["main"], "an open page hides the rest by it"
    assert not told["count"].strip()
    wall = await screen(here, live)
    assert str(room.square(f"{URL}/play/{ana.code}")) not in wall
    seen = visible(wall.partition("<body>")[2])
    for gone in (ana.code, "amorce.test/play", "@amorce_bot", "person is in"):
        assert gone not in seen
    for words in ("Thank you, everybody!", "1 person played", "Ana"):
        assert words in seen


async def test_a_question_in_one_language_is_one_column_on_the_wall(here: World) -> None:
    settings = Settings(languages=("de", "fr"))
    for languages, columns in ((("de",), 1), (("fr",), 1), (("en",), 1), (("de", "fr"), 2)):
        own = only(item("own"), *languages, why="Parce que.")
        host = await hosted(here, settings, (own,))
        live = await host.leads("next", "show")
        wall = await screen(here, live)
        assert wall.count("Question own?") == columns
        assert wall.count('class="text" lang=') == 4 * columns
        assert wall.count("Parce que.") == 1


async def test_at_the_end_a_place_is_told_to_the_upper_half_alone(here: World) -> None:
    for size, told in ((5, 5), (6, 3), (7, 4)):
        host = await hosted(here, items=tuple(item(str(n)) for n in range(size)))
        phones = [await phone(here, host, f"P{n}") for n in range(size)]
        for place in range(size):
            await host.leads("next")
            for each in phones[: size - place]:
                await each.taps("B", place)
            await host.leads("show")
        last = visible(await phones[-1].page())
        assert f"Place {size} of {size}" in last, "while it goes on it can still change"
        await host.leads("end")
        ends = [visible(await each.page()) for each in phones]
        assert [f"Place {n + 1} of {size}" in end for n, end in enumerate(ends)] == [
            n < told for n in range(size)
        ]
        assert all("right answer" in end for end in ends)
