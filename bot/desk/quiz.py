"""The quiz on the desk: rounds that are on and were, and the form that starts one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.responses import RedirectResponse, Response

from bot.desk.house import House, MissingError, Visit
from bot.quiz.bank import bank
from bot.quiz.item import TOPICS, Item
from bot.quiz.round import LONGEST, Settings
from bot.service import round_host, rounds
from bot.service.rounds import RoundError
from bot.store import own_sets, players
from bot.store import rounds as kept
from bot.store.batch import Batch
from bot.store.db import Db
from bot.store.rounds import Live
from bot.web.forms import pairs

LONGEST_TITLE = 80
MOST_ITEMS = 40
USUAL_ITEMS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A round in the list: with how many players, and whether it is led from here."""

    live: Live
    players: int
    mine: bool


async def home(house: House, visit: Visit) -> Response:
    """What is on, how to start, and what was."""
    return await _page(house, visit)


async def _page(house: House, visit: Visit, status: int = 200, told: str = "") -> Response:
    everybody = visit.who.role == "admin"

    def work(db: Db) -> tuple[list[Row], Sequence[own_sets.OwnSet]]:
        found = kept.hosted(db, "" if everybody else visit.who.person)
        mine = visit.who.person
        rows = [Row(live, players.count(db, live.id), live.host == mine) for live in found]
        return rows, own_sets.of_owner(db, mine)

    rows, sets = await house.read(work)
    # Built at its first use, which takes a while.
    known = await house.aside(lambda: bank(house.library.kb))
    return house.page(
        visit,
        "quiz.html",
        status,
        on=[row for row in rows if row.live.ended_at is None],
        over=[row for row in rows if row.live.ended_at is not None],
        sets=sets,
        chosen=next((each for each in sets if each.id == visit.number("set", 0)), None),
        topics=[(topic, len(known.of((topic,)))) for topic in TOPICS],
        languages=house.library.kb.languages,
        usual=USUAL_ITEMS,
        most=MOST_ITEMS,
        told=told,
    )


async def start(house: House, visit: Visit) -> Response:
    """Makes a round as the form says and leads to its remote."""
    form = await pairs(visit.request)
    asked, topics = dict(form), [value for name, value in form if name == "topic"]
    settings = _settings(house, asked, [topic for topic in topics if topic in TOPICS])
    number = _number(asked.get("number", ""), USUAL_ITEMS, 1, MOST_ITEMS)
    own = asked.get("set", "")
    drawn = [] if own else await _drawn(house, settings, number)

    def work(batch: Batch) -> Live:
        if not own:
            return rounds.start(batch, visit.who.person, settings, drawn)
        found = _own(batch, visit, own)
        named = replace(settings, title=settings.title or found.name)
        return rounds.start(batch, visit.who.person, named, _items(batch, found))

    try:
        live = await house.service.commit(work)
    except RoundError as refused:
        return await _page(house, visit, 422, refused.why)
    return RedirectResponse(f"/desk/quiz/{live.id}", 303)


async def _drawn(house: House, settings: Settings, number: int) -> Sequence[Item]:
    """So many questions of the bank."""
    kb, seed = house.library.kb, secrets.randbits(32)
    return await house.aside(lambda: bank(kb).drawn(settings.topics, number, seed))


def _own(batch: Batch, visit: Visit, typed: str) -> own_sets.OwnSet:
    found = own_sets.load(batch.db, _number(typed, 0, 0, 10**9), visit.who.person)
    if found is None:
        raise MissingError
    return found


def _items(batch: Batch, found: own_sets.OwnSet) -> Sequence[Item]:
    """The questions of an own set, all in their order."""
    # Under names of their own, so that what goes wrong with them is not told of the bank's.
    items = own_sets.items(batch.db, found.id)[:MOST_ITEMS]
    return [replace(item, id=f"own.{found.id}.{item.id}") for item in items]


def _settings(house: House, asked: Mapping[str, str], topics: Sequence[str]) -> Settings:
    spoken = house.library.kb.languages.complete
    first, second = asked.get("first", ""), asked.get("second", "")
    seconds = _number(asked.get("seconds", ""), 0, 0, LONGEST)
    return Settings(
        title=" ".join(asked.get("title", "").split())[:LONGEST_TITLE],
        topics=tuple(topics),
        seconds=seconds,
        clock_closes=bool(seconds) and asked.get("clock_closes") == "1",
        teams=asked.get("teams") == "1",
        names=asked.get("names", "1") == "1",
        board=asked.get("board") == "1",
        speed=asked.get("speed") == "1",
        languages=(
            first if first in spoken else spoken[0],
            second if second in spoken else "",
        ),
    )


def _number(text: str, otherwise: int, least: int, most: int) -> int:
    fits = text.isascii() and text.isdigit() and len(text) < 11
    return min(most, max(least, int(text))) if fits else otherwise


async def take(house: House, visit: Visit) -> Response:
    """Leads a round on whose host is away; the code stands on the projector."""
    code = (await visit.form()).get("code", "")[:20]

    def work(batch: Batch) -> Live:
        live = rounds.of_code(batch, code)
        return round_host.taken_over(batch, house.service.voice, live, visit.who.person)

    try:
        live = await house.service.commit(work)
    except RoundError as refused:
        return await _page(house, visit, 409, refused.why)
    return RedirectResponse(f"/desk/quiz/{live.id}", 303)
