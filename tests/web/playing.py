"""A round for tests: made-up questions, a host who leads it, phones that play."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

import httpx

from bot.quiz.item import Item
from bot.quiz.round import Settings
from bot.service import rounds
from bot.store import players, replies, staffing
from bot.store import rounds as kept
from bot.store.batch import Batch
from bot.store.players import Player
from bot.store.rounds import Live
from tests.desk import world
from tests.desk.world import World, new_key
from tests.web.asking import JSON

HOST = "telegram:host"


def texts(words: str) -> dict[str, str]:
    """The same words in four languages, told apart by the code in front."""
    return {language: f"{language}: {words}" for language in ("fr", "en", "de", "es")}


def item(name: str, kind: str = "single", right: Sequence[int] = (1,), size: int = 4) -> Item:
    return Item(
        f"test.{name}",
        kind,  # type: ignore[arg-type]
        texts(f"Question {name}?"),
        tuple(texts(f"{name} option {n}") for n in range(size)),
        tuple(right),
        texts(f"Because of {name}."),
    )


THREE = (item("one"), item("two", right=(0,)), item("three", right=(2,)))


@dataclass
class Host:
    """Whoever leads a round."""

    here: World
    id: str

    async def live(self) -> Live:
        found = await self.here.store.read(lambda db: kept.load(db, self.id))
        assert found is not None
        return found

    async def leads(self, *deeds: str) -> Live:
        """Presses the buttons of the remote; "paper 5 1" counts cards in."""
        for deed in deeds:
            name, _, argument = deed.partition(" ")

            def work(batch: Batch, name: str = name, argument: str = argument) -> Live:
                found = kept.load(batch.db, self.id)
                assert found is not None
                voice = self.here.service.voice
                return rounds.lead(batch, voice, found, HOST, name, argument=argument)

            await self.here.service.commit(work)
        return await self.live()


async def hosted(
    here: World, settings: Settings | None = None, items: Sequence[Item] = THREE
) -> Host:
    """A round in its lobby."""

    def work(batch: Batch) -> str:
        staffing.grant(batch.db, HOST, "Rosa Host", "trainer", "test", batch.now)
        return rounds.start(batch, HOST, settings or Settings(title="Monday"), items).id

    return Host(here, await here.service.commit(work))


@dataclass
class Phone:
    """A browser that plays."""

    browser: httpx.AsyncClient
    code: str

    async def page(self) -> str:
        answer = await self.browser.get(f"/play/{self.code}")
        assert answer.status_code == 200, answer.text
        return answer.text

    async def joins(self, name: str = "", **more: str) -> httpx.Response:
        return await self.browser.post(f"/play/{self.code}/join", data={"name": name, **more})

    async def taps(self, letter: str, place: int = 0, key: str = "") -> httpx.Response:
        data = {"place": str(place), "letter": letter, "key": key or new_key()}
        return await self.browser.post(f"/play/{self.code}/answer", data=data, headers=JSON)

    async def seat(self) -> str:
        found = re.search(r'<strong class="code">([A-Z0-9]{6})<', await self.page())
        assert found
        return found[1]


async def phone(here: World, host: Host, name: str = "", language: str = "en") -> Phone:
    """Somebody who has joined."""
    made = Phone(here.browser(language), (await host.live()).code)
    done = await made.joins(name, language=language)
    assert done.status_code == 303, done.text
    return made


def newcomer(here: World, live: Live, language: str = "en") -> Phone:
    """Somebody before the door."""
    return Phone(here.browser(language), live.code)


def visible(html: str) -> str:
    """The words of a page as a reader sees them."""
    return unescape(world.visible(html))


async def answers(here: World, id: str) -> list[tuple[int, tuple[int, ...], bool]]:
    """(place, choice, right) of all answers of a round."""
    found = await here.store.read(lambda db: replies.every(db, id))
    return [(each.place, each.choice, each.right) for each in found]


async def everybody(here: World, id: str) -> list[Player]:
    return await here.store.read(lambda db: players.everybody(db, id))
