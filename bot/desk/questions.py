"""Questions: what founders asked and nobody could answer, and the tip that answers it."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.core.say import Words
from bot.desk.house import House, MissingError, Visit
from bot.knowledge.text import plain
from bot.store import attention, questions, staffing
from bot.store.batch import Batch
from bot.store.questions import Taught

PAGE = 30
NEAREST, MOST_CALLED = 6, 12
# What may answer a question: whatever opens as a card.
KINDS = ("tip", "tool", "term", "card", "challenge", "definition", "fact", "partnership", "phase")


async def all_open(house: House, visit: Visit) -> Response:
    """Open questions, those asked most often first, each with the entries that come nearest."""
    return await _page(house, visit)


async def _page(
    house: House, visit: Visit, status: int = 200, typed: Taught | None = None
) -> Response:
    """The page; with `typed` where no one card is called as somebody typed."""
    page = visit.number("page", 1)
    skip = PAGE * (page - 1)
    found = await house.read(lambda db: attention.questions(db, visit.who, PAGE + 1, skip))
    said = visit.asked("for")
    rows = await house.aside(
        lambda: [(asked, _near(house, visit, asked.language, asked.text)) for asked in found[:PAGE]]
    )
    return house.page(
        visit,
        "questions.html",
        status,
        rows=rows,
        typed=typed.entry if typed else "",
        typed_for=typed.question if typed else "",
        typed_language=typed.language if typed else "",
        several=(_called(house, visit, typed.entry)[:MOST_CALLED] or "none") if typed else "",
        cards=_cards(house, visit) if rows else [],
        languages=house.library.kb.languages.names,
        page=page,
        more=len(found) > PAGE,
        taught=said if said in house.library.kb else "",
        title=_title(house, visit, said) if said in house.library.kb else "",
    )


def _near(house: House, visit: Visit, language: str, text: str) -> list[tuple[str, str]]:
    """Entries worth offering: loosely alike, since a good answer would have been found."""
    if not text:
        return []
    near = house.library.nearest(language, text, NEAREST)
    return [(name, _title(house, visit, name)) for name in near]


def _meant(house: House, visit: Visit, typed: str) -> str:
    """The id of the one card somebody means: by its id, its title, or a part no other has."""
    kb, name = house.library.kb, typed.strip()
    if name in kb and kb.entry(name).kind in KINDS:
        return name
    called = _called(house, visit, typed)
    exact = [each for each, title in called if plain(title) == plain(typed)]
    found = exact or [each for each, _ in called]
    return found[0] if len(found) == 1 else ""


def _called(house: House, visit: Visit, typed: str) -> list[tuple[str, str]]:
    """The cards with these letters in their title."""
    sought = plain(typed)
    return [card for card in _cards(house, visit) if sought and sought in plain(card[1])]


def _cards(house: House, visit: Visit) -> list[tuple[str, str]]:
    """All that may answer, to choose from by a few letters of the title."""
    entries = (entry for entry in house.library.kb.entries() if entry.kind in KINDS)
    return [(entry.id, _title(house, visit, entry.id)) for entry in entries]


def _title(house: House, visit: Visit, name: str) -> str:
    words: Words = house.library.title(name)
    return house.renderer.plain(words, visit.language)


async def teach(house: House, visit: Visit) -> Response:
    """Teaches the search that this entry answers the question; all who asked it are settled."""
    form = await visit.form()
    taught = Taught(form.get("language", ""), form.get("question", ""), form.get("entry", ""))
    kb = house.library.kb
    if taught.language not in kb.languages.complete or not taught.question.strip():
        raise MissingError
    name = _meant(house, visit, taught.entry)
    if not name:
        return await _page(house, visit, 422, taught)
    taught = Taught(taught.language, taught.question[:1000], name)
    person = visit.who.person

    def work(batch: Batch) -> bool:
        who = staffing.staff(batch.db, person)
        if who is None or not who.sees_all:
            return False
        if not attention.is_shown(batch.db, who, taught.language, taught.question):
            return False
        questions.teach(batch.db, taught, person, batch.now)
        staffing.note(batch.db, person, "teach", name, batch.now, taught.language)
        return True

    if not await house.service.commit(work):
        raise MissingError
    house.teach(taught)
    return RedirectResponse(f"/desk/questions?for={name}", 303)
