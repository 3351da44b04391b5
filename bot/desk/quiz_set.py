"""One own set: its questions, the form that adds and changes them, files in and out.

A set is its owner's alone, admins included: to all others it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from starlette.responses import RedirectResponse, Response

from bot.desk import quiz_form, quiz_import
from bot.desk.house import House, MissingError, Visit
from bot.desk.quiz_form import Typed
from bot.desk.quiz_import import Brought, Told
from bot.quiz import exchange
from bot.quiz.found import LARGEST, OWN, Mistake, in_line, true_false
from bot.quiz.item import KINDS, LETTERS, TOPICS, Item, letters, said
from bot.store import own_sets
from bot.store.batch import Batch
from bot.store.db import Db
from bot.store.own_sets import OwnSet
from bot.web.forms import pairs

LONGEST_NAME = 80
# What a file is called and how it is sent, by its format.
ENDINGS = {"gift": "gift", "aiken": "txt", "csv": "csv"}
TYPES = {"gift": "text/plain", "aiken": "text/plain", "csv": "text/csv"}
NAMED = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a set says besides its questions."""

    status: int = 200
    told: str = ""
    typed: Typed | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    imported: Told = field(default_factory=Told)


PLAIN = Shown()
# What the form of a question offers.
FORM: Mapping[str, object] = {
    "letters": LETTERS,
    "in_order": letters,
    "kinds": KINDS,
    "topics": TOPICS,
    "most": OWN,
}
# So many times first is no chance.
TELLING = 3


async def one(house: House, visit: Visit) -> Response:
    """The questions of a set, and everything that can be done with them."""
    number = {name: visit.number(name, 0) for name in ("taken", "again")}
    told = Told(Brought([], number["taken"], number["again"])) if any(number.values()) else Told()
    return await page(house, visit, id_of(visit), Shown(imported=told))


async def page(house: House, visit: Visit, id: int, shown: Shown = PLAIN) -> Response:
    """The page of a set; MissingError for all but its owner."""

    def work(db: Db) -> tuple[OwnSet, list[Item]]:
        return owned(db, id, visit), own_sets.items(db, id)

    own, items = await house.read(work)
    typed = shown.typed or _asked(visit, own, items)
    return house.page(
        visit,
        "quiz_set.html",
        shown.status,
        own=own,
        rows=items,
        text=lambda texts: said(texts, own.language),
        typed=typed or Typed(),
        changing=typed is not None and bool(typed.item),
        imported=shown.imported,
        mistakes=quiz_import.in_words(house, visit.language, shown.mistakes),
        told=shown.told,
        first_only=_is_first_only(items),
        two=true_false(own.language),
        left_by_aiken=len(exchange.write("aiken", items, own.language).left_out),
        **FORM,
        names=house.library.kb.languages.names,
        **common(house, visit),
    )


def _is_first_only(items: Sequence[Item]) -> bool:
    """Whether the right answer is always A, as files have it that are shuffled where they go."""
    single = [item for item in items if item.kind == "single"]
    return len(single) >= TELLING and all(item.right == (0,) for item in single)


def common(house: House, visit: Visit) -> dict[str, object]:
    """What both pages of own sets need for their form that brings a file."""
    large = quiz_import.in_words(house, visit.language, [quiz_import.TOO_LARGE])[0]
    sizes = {"largest": LARGEST, "longest_name": LONGEST_NAME, "most_items": OWN.items}
    return {**sizes, "large": large}


def _asked(visit: Visit, own: OwnSet, items: Sequence[Item]) -> Typed | None:
    """The question the address wants to change."""
    wanted = visit.request.query_params.get("change", "")
    found = [n for n, item in enumerate(items) if item.id == wanted]
    return quiz_form.of_item(items[found[0]], own.language, found[0] + 1) if found else None


async def rename(house: House, visit: Visit) -> Response:
    name = in_line((await visit.form()).get("name", ""))
    if not name or len(name) > LONGEST_NAME:
        return await page(house, visit, id_of(visit), Shown(422, "quiz_sets.name_needed"))

    def work(batch: Batch) -> None:
        own_sets.rename(batch.db, owned(batch.db, id_of(visit), visit).id, name)

    await house.service.commit(work)
    return back(id_of(visit))


async def remove(house: House, visit: Visit) -> Response:
    """The set goes with all its questions; rounds that were played with them keep theirs."""

    def work(batch: Batch) -> None:
        own_sets.drop(batch.db, owned(batch.db, id_of(visit), visit).id)

    await house.service.commit(work)
    return RedirectResponse("/desk/quiz/sets", 303)


async def question(house: House, visit: Visit) -> Response:
    """A new question, or one that was changed; what is not right yet comes back to be mended."""
    typed = quiz_form.of_form(await pairs(visit.request))

    def work(batch: Batch) -> list[Mistake]:
        own = owned(batch.db, id_of(visit), visit)
        there = own_sets.items(batch.db, own.id)
        after, mistakes = _with(there, typed, own.language)
        if not mistakes:
            own_sets.put(batch.db, own.id, after)
        return mistakes

    mistakes = await house.service.commit(work)
    if mistakes:
        return await page(house, visit, id_of(visit), Shown(422, "", typed, mistakes))
    return back(id_of(visit), f"#item-{typed.item}" if typed.item else "#question")


def _with(there: Sequence[Item], typed: Typed, language: str) -> tuple[list[Item], list[Mistake]]:
    """The set with what was typed, at its place."""
    places = [n for n, item in enumerate(there) if item.id == typed.item]
    if typed.item and not places:
        raise MissingError
    if not typed.item and len(there) >= OWN.items:
        return list(there), [Mistake(0, "quiz_sets.full", {"most": OWN.items, "n": 1})]
    before = there[places[0]] if places else quiz_form.NEW
    item, mistakes = quiz_form.question(typed, language, before)
    if places:
        others = [*there[: places[0]], *there[places[0] + 1 :]]
        at = int(typed.place) - 1 if re.fullmatch("[1-9][0-9]{0,2}", typed.place) else places[0]
        return [*others[:at], item, *others[at:]], mistakes
    name = quiz_import.free({each.id for each in there})
    return [*there, replace(item, id=name)], mistakes


async def unquestion(house: House, visit: Visit) -> Response:
    """Takes a question out of the set."""
    gone = (await visit.form()).get("item", "")

    def work(batch: Batch) -> None:
        own = owned(batch.db, id_of(visit), visit)
        there = own_sets.items(batch.db, own.id)
        left = [item for item in there if item.id != gone]
        if len(left) == len(there):
            raise MissingError
        own_sets.put(batch.db, own.id, left)

    await house.service.commit(work)
    return back(id_of(visit))


async def bring(house: House, visit: Visit) -> Response:
    """More questions from a file or a text; good ones are kept at once, the others named."""
    own = await house.read(lambda db: owned(db, id_of(visit), visit))
    form = await quiz_import.sent(visit)
    if form is None:
        left_out = quiz_import.in_words(house, visit.language, [quiz_import.TOO_LARGE])
        return await page(house, visit, own.id, Shown(413, imported=Told(None, left_out)))
    if not quiz_import.has_questions(form):
        return await page(house, visit, own.id, Shown(422, "quiz_sets.nothing_given"))
    found = await quiz_import.read(house, form, own.language)

    def work(batch: Batch) -> Brought:
        owned(batch.db, own.id, visit)
        there = own_sets.items(batch.db, own.id)
        after = quiz_import.brought(there, found.items, own.language)
        own_sets.put(batch.db, own.id, after.items)
        return after

    done = await house.service.commit(work)
    return await answered(house, visit, own.id, done, found.mistakes, form.fields.get("text", ""))


async def answered(
    house: House, visit: Visit, id: int, done: Brought, mistakes: Sequence[Mistake], text: str
) -> Response:
    """The set after an import: by itself where all went well, else with what was left out."""
    if not mistakes and not done.over:
        return back(id, f"?taken={done.taken}&again={done.again}")
    left_out = quiz_import.in_words(house, visit.language, mistakes)
    status = 200 if done.taken or done.again else 422
    return await page(house, visit, id, Shown(status, imported=Told(done, left_out, text)))


async def export(house: House, visit: Visit) -> Response:
    """The whole set as a file of one of the formats."""
    form, id = visit.request.path_params["form"], id_of(visit)
    if form not in ENDINGS:
        raise MissingError
    own = await house.read(lambda db: owned(db, id, visit))
    items = await house.read(lambda db: own_sets.items(db, id))
    written = await house.aside(lambda: exchange.write(form, items, own.language))
    name = NAMED.sub("-", own.name.casefold()).strip("-")[:40] or "questions"
    headers = {"content-disposition": f'attachment; filename="{name}.{ENDINGS[form]}"'}
    return Response(written.text.encode("utf-8", "replace"), 200, headers, TYPES[form])


def owned(db: Db, id: int, visit: Visit) -> OwnSet:
    """A set of this person's own; for everybody else there is none."""
    found = own_sets.load(db, id, visit.who.person)
    if found is None:
        raise MissingError
    return found


def id_of(visit: Visit) -> int:
    """The number in the address; 0 where it is none."""
    text = visit.request.path_params["set"]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def back(id: int, where: str = "") -> RedirectResponse:
    return RedirectResponse(f"/desk/quiz/sets/{id}{where}", 303)
