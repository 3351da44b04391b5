"""What staff do on a team's page: notes, labels, assignment, and writing with the founder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from starlette.responses import RedirectResponse, Response

from bot.desk import team
from bot.desk.house import House, Visit
from bot.desk.team import Typed
from bot.service.desk import RefusedError, Scene, help_met
from bot.store import notebook, staffing

LONGEST_NOTE, LONGEST_LABEL, MOST_LABELS = 4000, 60, 20


async def note(house: House, visit: Visit) -> Response:
    """Adds a private note."""
    text = (await visit.form()).get("note", "").strip()
    return await _done(house, visit, partial(_note, text=text), "notes", Typed(note=text))


async def unnote(house: House, visit: Visit) -> Response:
    """Removes a note of one's own."""
    number = (await visit.form()).get("number", "")
    return await _done(house, visit, partial(_unnote, number=number), "notes")


async def label(house: House, visit: Visit) -> Response:
    text = " ".join((await visit.form()).get("label", "").split())
    return await _done(house, visit, partial(_label, text=text), "labels", Typed(label=text))


async def unlabel(house: House, visit: Visit) -> Response:
    text = (await visit.form()).get("label", "")
    return await _done(house, visit, partial(_unlabel, text=text), "labels")


async def assign(house: House, visit: Visit) -> Response:
    """Makes somebody of the programme look after the team; a trainer sees it from here on."""
    person = (await visit.form()).get("person", "")
    return await _done(house, visit, partial(_assign, person=person), "assigned")


async def unassign(house: House, visit: Visit) -> Response:
    person = (await visit.form()).get("person", "")
    return await _done(house, visit, partial(_unassign, person=person), "assigned")


async def phoned(house: House, visit: Visit) -> Response:
    """Somebody talked to a team that had asked for it; a note says so."""
    text = house.templates.say(visit.language, "team_page.phoned_note")
    return await _done(house, visit, partial(_phoned, text=text), "stuck")


async def take_over(house: House, visit: Visit) -> Response:
    """From here on staff writes; what was typed before stands in the box again."""
    text = (await visit.form()).get("text", "")
    case_id, who = team.case_of(visit), visit.who.person
    back = await _asked(house, visit, house.desk.take_over(who, case_id), "write", Typed(text))
    # A page that was answered with words in it would lose them by being led elsewhere.
    if text.strip() and isinstance(back, RedirectResponse):
        return await team.shown(house, visit, Typed(text))
    return back


async def write(house: House, visit: Visit) -> Response:
    text = (await visit.form()).get("text", "")
    deed = house.desk.write(visit.who.person, team.case_of(visit), text)
    return await _asked(house, visit, deed, "write", Typed(text))


async def give_back(house: House, visit: Visit) -> Response:
    deed = house.desk.give_back(visit.who.person, team.case_of(visit))
    return await _asked(house, visit, deed, "write", Typed())


async def _done(
    house: House,
    visit: Visit,
    deed: Callable[[Scene], None],
    place: str,
    typed: Typed | None = None,
) -> Response:
    case_id = team.case_of(visit)
    about = house.desk.about(visit.who.person, case_id, deed)
    return await _asked(house, visit, about, place, typed or Typed())


async def _asked(
    house: House, visit: Visit, deed: Awaitable[None], place: str, typed: Typed
) -> Response:
    """Back to the place on the page; where the deed is refused, the page with what was typed."""
    try:
        await deed
    except RefusedError as refused:
        if not refused.why:
            raise
        why = house.templates.say(visit.language, refused.why, name=refused.name)
        return await team.shown(house, visit, replace(typed, why=why, place=place), 409)
    return RedirectResponse(f"/desk/teams/{team.case_of(visit)}#{place}", 303)


def _note(scene: Scene, text: str) -> None:
    if not text or len(text) > LONGEST_NOTE:
        raise RefusedError("team_page.note_long" if text else "team_page.note_empty")
    notebook.add_note(scene.batch.db, scene.case_id, scene.who.person, text, scene.batch.now)
    _record(scene, "note")


def _unnote(scene: Scene, number: str) -> None:
    """Removed twice is removed."""
    if notebook.remove_note(scene.batch.db, scene.case_id, number, scene.who.person):
        _record(scene, "note", "removed")


def _label(scene: Scene, text: str) -> None:
    if not text or len(text) > LONGEST_LABEL:
        raise RefusedError("team_page.label_long" if text else "team_page.label_empty")
    there = notebook.labels(scene.batch.db, scene.case_id)
    if text in there:
        return
    if len(there) >= MOST_LABELS:
        raise RefusedError("team_page.label_many")
    notebook.add_label(scene.batch.db, scene.case_id, text)
    _record(scene, "label")


def _unlabel(scene: Scene, text: str) -> None:
    if notebook.remove_label(scene.batch.db, scene.case_id, text):
        _record(scene, "label", "removed")


def _assign(scene: Scene, person: str) -> None:
    """Only to somebody who holds a right now; whoever may see a team does not decide who else."""
    _sees_all(scene)
    if staffing.staff(scene.batch.db, person) is None:
        raise RefusedError("team_page.assign_nobody")
    notebook.assign(scene.batch.db, scene.case_id, person)
    _record(scene, "assign", person)


def _unassign(scene: Scene, person: str) -> None:
    _sees_all(scene)
    if notebook.unassign(scene.batch.db, scene.case_id, person):
        _record(scene, "assign", f"removed {person}")


def _phoned(scene: Scene, text: str) -> None:
    """Nothing is noted where the team took its wish back, or somebody else was faster."""
    _sees_all(scene)
    if not help_met(scene):
        raise RefusedError("team_page.phoned_already")
    notebook.add_note(scene.batch.db, scene.case_id, scene.who.person, text, scene.batch.now)
    _record(scene, "note")


def _sees_all(scene: Scene) -> None:
    """Not for trainers, whatever they were when the page was opened."""
    if not scene.who.sees_all:
        raise RefusedError


def _record(scene: Scene, action: str, detail: str = "") -> None:
    batch = scene.batch
    staffing.note(batch.db, scene.who.person, action, scene.case_id, batch.now, detail)
