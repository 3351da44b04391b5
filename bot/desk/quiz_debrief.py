"""The debrief of a round: on the page, as PDF and as a workbook."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from bot.desk.house import House, MissingError, Visit
from bot.documents import wording
from bot.documents.debrief import Heading, Sheet, debrief_pdf
from bot.documents.debrief_book import debrief_xlsx
from bot.quiz.debrief import Present, Reply
from bot.quiz.item import LETTERS, shown
from bot.quiz.statistics import sheet
from bot.store import players, replies
from bot.store import rounds as kept
from bot.store.db import Db
from bot.store.rounds import Live

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def debrief(house: House, visit: Visit) -> Response:
    """The figures of each question, with a prompt for the talk."""
    live, found = await _sheet(house, visit)
    say = partial(house.templates.say, visit.language)
    return house.page(
        visit,
        "quiz_debrief.html",
        live=live,
        sheet=found,
        letters=LETTERS,
        text=lambda texts: shown(texts, visit.language),
        percent=lambda share: wording.percent(share, say),
        wrong=lambda it: wording.wrong(it, say),
        facility=lambda it: wording.facility(it, say),
        discrimination=lambda it: wording.discrimination(it, say),
        counted=lambda it: wording.counted(it, say),
        prompt=lambda it: wording.prompt(it, say),
        size=wording.size(found.debrief, say),
    )


async def debrief_as_pdf(house: House, visit: Visit) -> Response:
    return await _file(house, visit, "pdf")


async def debrief_as_xlsx(house: House, visit: Visit) -> Response:
    return await _file(house, visit, "xlsx")


async def _file(house: House, visit: Visit, kind: str) -> Response:
    live, found = await _sheet(house, visit)
    say = partial(house.templates.say, visit.language)
    make = debrief_pdf if kind == "pdf" else debrief_xlsx
    content = await house.aside(lambda: make(found, say))
    name = f"amorce-quiz-{live.code}-{live.made_at:%Y-%m-%d}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=PDF if kind == "pdf" else XLSX, headers=headers)


async def _sheet(house: House, visit: Visit) -> tuple[Live, Sheet]:
    """The round and its sheet, for its host and for admins. Names only of those who agreed."""
    id = visit.request.path_params["round"]

    def work(db: Db) -> tuple[Live, Sheet]:
        live = kept.load(db, id)
        if live is None or not may_see(live, visit):
            raise MissingError
        return live, sheet_of(db, live, visit.language)

    return await house.read(work)


def may_see(live: Live, visit: Visit) -> bool:
    """Rounds are their host's; an admin may read all."""
    return live.host == visit.who.person or visit.who.role == "admin"


def sheet_of(db: Db, live: Live, language: str) -> Sheet:
    """All figures of a round as it stands."""
    skipped = live.round.skipped
    asked = set(live.round.asked)
    everything = enumerate(kept.items(db, live.id))
    items = [item if place in {*asked, *skipped} else None for place, item in everything]
    given = [r for r in replies.every(db, live.id) if r.place in asked]
    points: dict[int, int] = {}
    for reply in given:
        points[reply.player] = points.get(reply.player, 0) + reply.points
    there = [
        Present(p.id, p.since, p.named, p.name, points.get(p.id, 0))
        for p in players.everybody(db, live.id)
    ]
    told = [Reply(r.player, r.place, r.choice, r.right) for r in given]
    paper = {int(place): counts for place, counts in live.round.paper.items()}
    found = sheet(items, told, there, paper, skipped)
    settings = live.round.settings
    head = Heading(settings.title, live.code, live.made_at.date())
    return Sheet(head, found, language, settings.names)
