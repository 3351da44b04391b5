"""The remote of a round: what its host sees and presses, made for a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from bot.desk import quiz_debrief
from bot.desk.house import House, MissingError, Visit
from bot.quiz.item import LETTERS, Item, letters, shown
from bot.quiz.round import offered
from bot.service import round_names, rounds
from bot.service.rounds import RoundError
from bot.store import players, replies
from bot.store import rounds as kept
from bot.store.batch import Batch
from bot.store.db import Db
from bot.store.players import Player
from bot.store.rounds import Live

# What a field for counted cards takes, on the page too.
COUNT = re.compile("[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Remote:
    """What the host sees. `counts`: one number an option, cards counted in the room included."""

    live: Live
    item: Item | None
    players: list[Player]
    there: int
    answered: int
    counts: list[int]
    paper: tuple[int, ...]
    left: int | None


async def remote(house: House, visit: Visit) -> Response:
    """The remote while the round is on, the debrief afterwards."""
    found = await _remote(house, visit)
    if found.live.ended_at is not None:
        return await quiz_debrief.debrief(house, visit)
    return _shown(house, visit, found)


async def now(house: House, visit: Visit) -> Response:
    """What changes by itself; where the round has moved on, the whole page is asked for anew."""
    found = await _remote(house, visit)
    if found.live.round.standing != visit.asked("at"):
        return Response(headers={"hx-refresh": "true"})
    return _shown(house, visit, found, "quiz_now.html")


def _shown(
    house: House, visit: Visit, found: Remote, template: str = "quiz_lead.html", told: str = ""
) -> Response:
    live, language = found.live, visit.language
    right = found.item.right if found.item else ()
    values = {
        "remote": found,
        "live": live,
        "round": live.round,
        "at": live.round.standing,
        "deeds": offered(live.round),
        "text": shown(found.item.text, language) if found.item else "",
        "options": _options(found, language),
        "right": letters(right) if found.item else "",
        "why": shown(found.item.explanation, language) if found.item else "",
        "web": house.service.addresses.web,
        "unreachable": house.service.addresses.web_is_here,
        "telegram": house.service.addresses.telegram,
        "told": told,
        "hours": int(rounds.IDLE.total_seconds()) // 3600,
    }
    return house.page(visit, template, 409 if told else 200, **values)


def _options(found: Remote, language: str) -> list[tuple[str, str, int, bool, int]]:
    """Letter, words, how often chosen, whether right, its place in the right order (from 1)."""
    item = found.item
    if item is None:
        return []
    ordered = item.kind == "order"
    return [
        (
            LETTERS[n],
            shown(option, language),
            found.counts[n],
            n in item.right and not ordered,
            item.right.index(n) + 1 if ordered else 0,
        )
        for n, option in enumerate(item.options)
    ]


async def _remote(house: House, visit: Visit) -> Remote:
    """The round, for whoever leads it; an admin may look. MissingError for all others."""
    id, at = visit.request.path_params["round"], visit.now

    def work(db: Db) -> Remote:
        live = kept.load(db, id)
        if live is None or not quiz_debrief.may_see(live, visit):
            raise MissingError
        round = live.round
        item = kept.item(db, id, round.place) if round.place >= 0 else None
        everybody = players.everybody(db, id)
        size = len(item.options) if item else 0
        paper = round.cards(size)
        split = replies.totals(replies.split(db, id, round.place), size)
        return Remote(
            live,
            item,
            everybody,
            sum(player.since <= round.place for player in everybody),
            replies.answered(db, id, round.place),
            [n + cards for n, cards in zip(split, paper, strict=True)],
            paper,
            round.seconds_left(at),
        )

    return await house.read(work)


async def lead(house: House, visit: Visit) -> Response:
    """One press on the remote; pressed twice it counts once."""
    form = await visit.form()
    deed, at = form.get("deed", ""), form.get("at", "")
    argument = form.get("argument", "")
    if deed == "paper":
        counts = [form.get(f"paper_{letter}", "").strip() or "0" for letter in LETTERS]
        counts = counts[: _number(form.get("options", ""))]
        if not all(COUNT.fullmatch(count) for count in counts):
            found = await _remote(house, visit)
            return _shown(house, visit, found, told="quiz_desk.paper_wrong")
        argument = " ".join(counts)

    def work(batch: Batch) -> None:
        live = _own(batch, visit)
        rounds.lead(batch, house.service.voice, live, visit.who.person, deed, at, argument)

    try:
        await house.service.commit(work)
    except RoundError as refused:
        return _shown(house, visit, await _remote(house, visit), told=refused.why)
    return _back(visit)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


async def rename(house: House, visit: Visit) -> Response:
    """Takes a name off the leaderboard that should not stand there; a number stays."""
    number = (await visit.form()).get("player", "")[:10]

    def work(batch: Batch) -> None:
        live = _own(batch, visit)
        if live.host != visit.who.person or not number.isdecimal():
            raise MissingError
        try:
            round_names.unname(batch, live, int(number))
        except LookupError:
            raise MissingError from None

    await house.service.commit(work)
    return _back(visit)


def _own(batch: Batch, visit: Visit) -> Live:
    live = kept.load(batch.db, visit.request.path_params["round"])
    if live is None or not quiz_debrief.may_see(live, visit):
        raise MissingError
    return live


def _back(visit: Visit) -> Response:
    return RedirectResponse(f"/desk/quiz/{visit.request.path_params['round']}", 303)
