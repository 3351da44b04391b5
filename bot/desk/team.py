"""A team: what changed and what to say, readable before the phone rings; then all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.case.file import CaseFile
from bot.case.overview import risky
from bot.core.quote import quoted
from bot.core.say import Value, Words
from bot.core.summary import CHAPTERS, WHOLE, answered
from bot.desk import team_changes, team_file, team_pictures, team_reading, team_summary, team_talk
from bot.desk.house import House, MissingError, Visit
from bot.desk.team_file import TeamFile
from bot.store import lines, notebook, visits
from bot.store.db import Db
from bot.web.words import Page

MARKS = ("done", "not_now", "not_for_us")
IN_EARNEST = frozenset({"in_talks", "committed"})
# So often the open page asks for new lines, every five seconds; then somebody has left the desk.
MOST_POLLS = 240


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed whose deed was refused, and why: shown again in its box.

    `place`: the part of the page it belongs to.
    """

    text: str = ""
    note: str = ""
    label: str = ""
    why: str = ""
    place: str = ""


async def team(house: House, visit: Visit) -> Response:
    """The page of one team."""
    return await shown(house, visit, Typed())


async def shown(house: House, visit: Visit, typed: Typed, status: int = 200) -> Response:
    """The page, and the record that it was read; not shown where that cannot be recorded."""
    case_id, who = case_of(visit), visit.who.person
    private = house.library.kb.rules.private_keys
    file = await house.read(lambda db: team_file.load(db, visit, case_id, private))
    names = await house.read(notebook.names)
    values = await house.aside(lambda: _values(house, visit, file, names))
    page = house.page(visit, "team.html", status, it=file, typed=typed, **values)
    if not file.visit.noted:
        await house.store.write(lambda db: visits.looked(db, who, case_id, visit.now))
    return page


def case_of(visit: Visit) -> str:
    return str(visit.request.path_params["case_id"])


def _values(house: House, visit: Visit, file: TeamFile, names: Mapping[str, str]) -> dict[str, Any]:
    case, library = file.case, house.library
    reading = library.reading(case, visit.now, shared=True)
    said = partial(house.renderer.plain, language=visit.language)
    return {
        "told": case.told,
        "quote": partial(_quote, case),
        "changes": _changes(house, file, names),
        "risky": risky(case),
        "board": _board(case),
        "paragraphs": team_summary.paragraphs(case),
        "chapters": tuple(_chapters(case)),
        "reading": team_reading.told(library, case, reading),
        "pictures": team_pictures.drawn(file, reading, said, visit.now.date()),
        "marked": _marked(house, case),
        "money": _money(case),
        "unseen": _unseen(case),
        "exchange": team_talk.exchange(file.holding.written),
        "polls": 0,
        "most_polls": MOST_POLLS,
        "speaks": library.kb.languages.names.get(_language(file), ""),
    }


def _language(file: TeamFile) -> str:
    """The language of the conversation one would write in."""
    reached = file.holding.reached
    return (reached.language if reached else "") or file.row.language


def _quote(case: CaseFile, slot: str) -> Words:
    """What was answered, whole; a page has room."""
    return Words("team_page.it", {"it": quoted(slot, case, WHOLE)})


def _changes(
    house: House, file: TeamFile, names: Mapping[str, str]
) -> tuple[team_changes.Change, ...]:
    """Nothing on a first visit, which says so itself."""
    if file.visit.since is None:
        return ()
    kb = house.library.kb
    known = [e for e in file.happened if e.kind != "TipMarked" or e.data["tip"] in kb]
    now = team_changes.Now(
        file.visit.since, kb.rules.private_keys, names, risky(file.case), file.joined
    )
    return team_changes.changes(known, now)


def _board(case: CaseFile) -> dict[str, list[tuple[str, Words]]]:
    """Who is in earnest, and who is only named: (name, sector)."""
    found: dict[str, list[tuple[str, Words]]] = {"earnest": [], "named": []}
    for actor in case.actors:
        sector = Words(f"sector.{actor.sector or 'unsure'}")
        found["earnest" if actor.status in IN_EARNEST else "named"].append((actor.name, sector))
    return found


def _chapters(case: CaseFile) -> Iterator[tuple[str, list[tuple[str, Words, Any]]]]:
    for chapter in CHAPTERS:
        slots = answered(chapter, case)
        if slots:
            yield chapter, [(slot, _quote(case, slot), case.answers[slot].at) for slot in slots]


def _marked(house: House, case: CaseFile) -> dict[str, list[Words]]:
    """The tips by what the team did with them; one that is no longer there is left out."""
    kb = house.library.kb
    return {
        mark: [house.library.title(t) for t, m in case.tips.items() if m.kind == mark and t in kb]
        for mark in MARKS
    }


def _money(case: CaseFile) -> Words:
    """When the money ends, by the most exact thing that was told."""
    signal, horizon = case.signals.get("money_ends"), case.told("horizon")
    if signal and signal.due:
        return Words("team_page.money_until", {"day": signal.due})
    if signal:
        return Words("team_page.money_soon", {"day": signal.at.date()})
    if horizon:
        told: dict[str, Value] = {"day": case.answers["horizon"].at.date()}
        return Words(f"team_page.money_{horizon}", told)
    funding = case.told("funding")
    return Words("team_page.money_none" if funding in ("time", "none") else "team_page.money_open")


def _unseen(case: CaseFile) -> Words | None:
    """A group that exists already and that nobody has looked at yet."""
    if not isinstance(case.told("existing"), tuple) or case.told("existing_fit"):
        return None
    return _quote(case, "existing")


async def transcript(house: House, visit: Visit) -> Response:
    """The conversation, where the team added it; a page of it, older ones by `before`."""
    case_id, who = case_of(visit), visit.who.person
    given = visit.asked("before")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0
    private = house.library.kb.rules.private_keys

    def read(db: Db) -> tuple[TeamFile, list[lines.Line]]:
        file = team_file.load(db, visit, case_id, private)
        if file.case.transcript is not True or not visit.who.sees_all:
            raise MissingError
        return file, lines.shown(db, case_id, team_talk.PAGE, before)

    file, found = await house.read(read)
    older = found[0].id if len(found) == team_talk.PAGE else 0
    said = team_talk.transcript(found)
    name = "team_transcript.html" if visit.partial else "transcript.html"
    page = house.page(visit, name, it=file, said=said, older=older, before=before)
    await house.store.write(lambda db: visits.transcript_read(db, who, case_id, visit.now))
    return page


async def exchange(house: House, visit: Visit) -> Response:
    """The words of both sides while one holds the conversation: fetched again and again."""
    case_id, given = case_of(visit), visit.asked("polls")
    polls = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    try:
        holding = await house.read(lambda db: team_file.holding(db, visit, case_id))
    except MissingError:
        if not visit.partial:
            raise
        # The page around it stays as it is, with what was typed; only this part says no.
        return house.templates.page(Page("team_gone.html", visit.language, {}, 404))
    return house.page(
        visit,
        "team_exchange.html" if visit.partial else "exchange.html",
        case_id=case_id,
        holding=holding,
        exchange=team_talk.exchange(holding.written),
        polls=min(polls, MOST_POLLS) + 1,
        most_polls=MOST_POLLS,
    )
