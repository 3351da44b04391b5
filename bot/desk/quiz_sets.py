"""Own sets: a person's list of them, and a new one, empty or from a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from random import SystemRandom

from starlette.responses import Response

from bot.desk import quiz_import, quiz_set
from bot.desk.house import House, Visit
from bot.desk.quiz_import import TOO_LARGE, Brought, Told
from bot.documents import quiz_book
from bot.quiz.found import in_line
from bot.quiz.item import Item, rearranged
from bot.store import own_sets
from bot.store.batch import Batch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING: Mapping[str, str] = {}


async def sets(house: House, visit: Visit) -> Response:
    """One's own sets, and the form for a new one."""
    return await _page(house, visit)


async def _page(
    house: House,
    visit: Visit,
    status: int = 200,
    told: str = "",
    typed: Mapping[str, str] = NOTHING,
    imported: Told | None = None,
) -> Response:
    found = await house.read(lambda db: own_sets.of_owner(db, visit.who.person))
    languages = house.library.kb.languages
    return house.page(
        visit,
        "quiz_sets.html",
        status,
        sets=found,
        told=told,
        name=typed.get("name", ""),
        language=_language(house, visit, typed),
        imported=imported or Told(None, [], typed.get("text", "")),
        complete=languages.complete,
        names=languages.names,
        **quiz_set.common(house, visit),
    )


def _language(house: House, visit: Visit, typed: Mapping[str, str]) -> str:
    chosen = typed.get("language", "")
    return chosen if chosen in house.library.kb.languages.complete else visit.language


async def make(house: House, visit: Visit) -> Response:
    """A new set; where a file has nothing to give, nothing is made and all mistakes are told."""
    form = await quiz_import.sent(visit)
    if form is None:
        left_out = quiz_import.in_words(house, visit.language, [TOO_LARGE])
        return await _page(house, visit, 413, imported=Told(None, left_out))
    typed, name = form.fields, in_line(form.fields.get("name", ""))
    language = _language(house, visit, typed)
    if not name or len(name) > quiz_set.LONGEST_NAME:
        return await _page(house, visit, 422, "quiz_sets.name_needed", typed)
    found = await quiz_import.read(house, form, language)
    wanted, mistakes = quiz_import.has_questions(form), found.mistakes
    if wanted and not found.items:
        left_out = quiz_import.in_words(house, visit.language, mistakes)
        told = Told(Brought([]), left_out, typed.get("text", ""))
        return await _page(house, visit, 422, "", typed, told)
    done = quiz_import.brought([], found.items, language)

    def work(batch: Batch) -> int:
        id = own_sets.make(batch.db, visit.who.person, name, language, batch.now)
        own_sets.put(batch.db, id, done.items)
        return id

    id = await house.service.commit(work)
    if not wanted:
        return quiz_set.back(id)
    return await quiz_set.answered(house, visit, id, done, mistakes, typed.get("text", ""))


async def mix(house: House, visit: Visit) -> Response:
    """The options of every question in an order of chance; files often put the right one first."""

    def work(batch: Batch) -> None:
        own = quiz_set.owned(batch.db, quiz_set.id_of(visit), visit)
        items = own_sets.items(batch.db, own.id)
        own_sets.put(batch.db, own.id, [_mixed(item) for item in items])

    await house.service.commit(work)
    return quiz_set.back(quiz_set.id_of(visit))


def _mixed(item: Item) -> Item:
    size = len(item.options)
    return rearranged(item, SystemRandom().sample(range(size), size))


async def template(house: House, visit: Visit) -> Response:
    """The empty spreadsheet to fill in, explained in the language of the desk."""
    say = partial(house.templates.say, visit.language)
    content = await house.aside(lambda: quiz_book.template(say))
    headers = {"content-disposition": 'attachment; filename="amorce-quiz.xlsx"'}
    return Response(content, 200, headers, XLSX)
