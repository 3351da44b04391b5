"""Every address of the desk, with who may ask for it: the one table, held to by a test."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.desk import (
    content,
    erasure,
    exports,
    health,
    me,
    people,
    programme,
    questions,
    quiz,
    quiz_debrief,
    quiz_lead,
    quiz_phone,
    quiz_set,
    quiz_sets,
    record,
    team,
    team_deeds,
    teams,
    today,
)
from bot.desk.entrance import Entrance
from bot.desk.house import ADMIN, EVERYBODY, STAFF, Door, House, MissingError, Visit
from bot.service.desk import RefusedError

log = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent / "templates"
# Where a file of questions may come along; everywhere else a form is small.
UPLOADS = re.compile(r"/desk/quiz/sets(/[0-9]{1,9}/import)?")


async def _leave(house: House, visit: Visit) -> Response:
    return await Entrance(house).leave(visit)


DOORS: Sequence[Door] = (
    Door("/desk", "GET", EVERYBODY, today.today),
    Door("/desk/teams", "GET", EVERYBODY, teams.teams),
    Door("/desk/teams/label", "POST", EVERYBODY, teams.label),
    Door("/desk/teams/views", "POST", EVERYBODY, teams.save_view),
    Door("/desk/teams/views/drop", "POST", EVERYBODY, teams.drop_view),
    Door("/desk/teams.csv", "GET", EVERYBODY, exports.teams_csv),
    Door("/desk/teams.xlsx", "GET", EVERYBODY, exports.teams_xlsx),
    Door("/desk/answers.csv", "GET", EVERYBODY, exports.answers_csv),
    Door("/desk/answers.xlsx", "GET", EVERYBODY, exports.answers_xlsx),
    Door("/desk/teams/{case_id}", "GET", EVERYBODY, team.team),
    Door("/desk/teams/{case_id}/transcript", "GET", STAFF, team.transcript),
    Door("/desk/teams/{case_id}/exchange", "GET", STAFF, team.exchange),
    Door("/desk/teams/{case_id}/note", "POST", EVERYBODY, team_deeds.note),
    Door("/desk/teams/{case_id}/note/remove", "POST", EVERYBODY, team_deeds.unnote),
    Door("/desk/teams/{case_id}/label", "POST", EVERYBODY, team_deeds.label),
    Door("/desk/teams/{case_id}/label/remove", "POST", EVERYBODY, team_deeds.unlabel),
    Door("/desk/teams/{case_id}/assign", "POST", STAFF, team_deeds.assign),
    Door("/desk/teams/{case_id}/assign/remove", "POST", STAFF, team_deeds.unassign),
    Door("/desk/teams/{case_id}/phoned", "POST", STAFF, team_deeds.phoned),
    Door("/desk/teams/{case_id}/take_over", "POST", STAFF, team_deeds.take_over),
    Door("/desk/teams/{case_id}/write", "POST", STAFF, team_deeds.write),
    Door("/desk/teams/{case_id}/give_back", "POST", STAFF, team_deeds.give_back),
    Door("/desk/questions", "GET", STAFF, questions.all_open),
    Door("/desk/questions", "POST", STAFF, questions.teach),
    Door("/desk/people", "GET", STAFF, people.people),
    Door("/desk/people", "POST", ADMIN, people.invite),
    Door("/desk/people/revoke", "POST", ADMIN, people.revoke),
    Door("/desk/erase/{case_id}", "GET", STAFF, erasure.look),
    Door("/desk/erase/{case_id}", "POST", STAFF, erasure.erase),
    Door("/desk/audit", "GET", STAFF, record.record),
    Door("/desk/health", "GET", STAFF, health.health),
    Door("/desk/programme", "GET", EVERYBODY, programme.programme),
    Door("/desk/quiz", "GET", EVERYBODY, quiz.home),
    Door("/desk/quiz", "POST", EVERYBODY, quiz.start),
    Door("/desk/quiz/take", "POST", EVERYBODY, quiz.take),
    Door("/desk/quiz/sets", "GET", EVERYBODY, quiz_sets.sets),
    Door("/desk/quiz/sets", "POST", EVERYBODY, quiz_sets.make),
    Door("/desk/quiz/sets/template.xlsx", "GET", EVERYBODY, quiz_sets.template),
    Door("/desk/quiz/sets/{set}", "GET", EVERYBODY, quiz_set.one),
    Door("/desk/quiz/sets/{set}", "POST", EVERYBODY, quiz_set.rename),
    Door("/desk/quiz/sets/{set}/question", "POST", EVERYBODY, quiz_set.question),
    Door("/desk/quiz/sets/{set}/question/remove", "POST", EVERYBODY, quiz_set.unquestion),
    Door("/desk/quiz/sets/{set}/mix", "POST", EVERYBODY, quiz_sets.mix),
    Door("/desk/quiz/sets/{set}/import", "POST", EVERYBODY, quiz_set.bring),
    Door("/desk/quiz/sets/{set}/export/{form}", "GET", EVERYBODY, quiz_set.export),
    Door("/desk/quiz/sets/{set}/remove", "POST", EVERYBODY, quiz_set.remove),
    Door("/desk/quiz/{round}", "GET", EVERYBODY, quiz_lead.remote),
    Door("/desk/quiz/{round}/now", "GET", EVERYBODY, quiz_lead.now),
    Door("/desk/quiz/{round}/lead", "POST", EVERYBODY, quiz_lead.lead),
    Door("/desk/quiz/{round}/phone", "POST", EVERYBODY, quiz_phone.phone),
    Door("/desk/quiz/{round}/rename", "POST", EVERYBODY, quiz_lead.rename),
    Door("/desk/quiz/{round}/debrief", "GET", EVERYBODY, quiz_debrief.debrief),
    Door("/desk/quiz/{round}/debrief.pdf", "GET", EVERYBODY, quiz_debrief.debrief_as_pdf),
    Door("/desk/quiz/{round}/debrief.xlsx", "GET", EVERYBODY, quiz_debrief.debrief_as_xlsx),
    Door("/desk/content", "GET", EVERYBODY, content.browse),
    Door("/desk/content/coverage", "GET", EVERYBODY, content.covered),
    Door("/desk/content/{entry}", "GET", EVERYBODY, content.entry),
    Door("/desk/me", "GET", EVERYBODY, me.me),
    Door("/desk/me/language", "POST", EVERYBODY, me.language),
    Door("/desk/me/name", "POST", EVERYBODY, me.name),
    Door("/desk/leave", "POST", EVERYBODY, _leave),
)


def routes(house: House) -> list[BaseRoute]:
    """The doors, each behind the entrance; and the entrance itself."""
    entrance = Entrance(house)
    found: list[BaseRoute] = [
        Route("/desk/enter", entrance.enter, methods=["POST"]),
        Route("/desk/enter/{code}", entrance.knock),
        Route("/health", health.public(house)),
        Route("/desk/", lambda _: RedirectResponse("/desk", 308)),
    ]
    ordered = sorted(DOORS, key=lambda door: (door.path.count("{"), door.path))
    for path, doors in groupby(ordered, key=lambda door: door.path):
        by_method = {door.method: door for door in doors}
        found.append(Route(path, _answer(house, entrance, by_method), methods=list(by_method)))
    return found


def _answer(
    house: House, entrance: Entrance, doors: dict[str, Door]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        visit = await entrance.visit(request)
        if visit is None:
            return entrance.refuse(request)
        if not house.requests.allows(visit.who.person):
            return house.page(visit, "notice.html", 429, key="desk.slow_down")
        door = doors.get("GET" if request.method == "HEAD" else request.method)
        if door is None or visit.who.role not in door.roles:
            return missing(house, visit)
        try:
            return await door.handler(house, visit)
        except MissingError:
            return missing(house, visit)
        except RefusedError as refused:
            return refusal(house, visit, refused)

    return answer


def missing(house: House, visit: Visit) -> Response:
    """What is not there, and what is not theirs, look the same; the log knows who asked."""
    log.info("refused %s to %s", visit.request.scope["route"].path, visit.who.person)
    return house.page(visit, "notice.html", 404, key="desk.missing")


def refusal(house: House, visit: Visit, refused: RefusedError) -> Response:
    """A deed that cannot be done, with the reason where there is one to tell."""
    if not refused.why:
        return missing(house, visit)
    said = house.templates.say(visit.language, refused.why, name=refused.name)
    return house.page(visit, "notice.html", 409, key="", said=said)
