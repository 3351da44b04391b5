"""Content: the knowledge base as those who look after it read it, in all languages at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.core.say import Words
from bot.desk import clarity, coverage
from bot.desk.house import House, MissingError, Visit
from bot.knowledge import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.model import Card, Partnership, Tip, Tool, Topic
from bot.store import touched
from bot.store.replies import Missed

KINDS = (
    *("phase", "tip", "card", "tool", "term", "challenge", "definition", "fact", "question"),
    *("point", "partnership", "topic", "purpose"),
)
MOST_FOUND = 40
MOST_TEAMS = 60
# What an entry has besides texts, shown as it stands in the files.
MARKS = ("official", "edition", "year", "confidence", "stance", "group")


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in a list; `kind`: what founders know it as."""

    id: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an entry side by side; `number`: of a step; `ours`: not said by the source."""

    field: str
    number: int
    ours: bool
    said: Mapping[str, str]


async def browse(house: House, visit: Visit) -> Response:
    """The kinds of entry, one kind, or what a search finds."""
    asked, kind = visit.asked("q"), visit.asked("kind")
    language = _language(house, visit)
    kb = house.library.kb
    counted = Counter(entry.kind for entry in kb.entries())
    counts = {each: counted[each] for each in KINDS}
    # The first question of a language builds its index, which takes about a second.
    hits = await asyncio.to_thread(house.library.ask, language, asked) if asked else ()
    return house.page(
        visit,
        "content.html",
        q=asked,
        kind=kind if kind in counts and not asked else "",
        language=language,
        languages=_languages(house),
        counts=counts,
        answers=[_row(house, visit, kb.entry(name)) for name in hits],
        rows=[_row(house, visit, entry) for entry in _listed(house, asked, kind)],
        most=MOST_FOUND,
        unclear=[] if asked or kind in counts else await _unclear(house, visit),
    )


async def _unclear(house: House, visit: Visit) -> list[tuple[Row, Missed]]:
    """Entries whose quiz questions many got wrong, with the figures."""
    kb, wrong = house.library.kb, await clarity.often_wrong(house)
    return [(_row(house, visit, kb.entry(name)), missed) for name, missed in wrong.items()]


def _listed(house: House, asked: str, kind: str) -> list[Entry]:
    """Entries with the words searched in their id or a title of any language; else of one kind."""
    entries = house.library.kb.entries()
    if not asked:
        return [entry for entry in entries if entry.kind == kind]
    sought, typed = house.library.folded(asked), asked.lower()
    found = (
        entry
        for entry in entries
        if typed in entry.id
        or (sought and any(sought in house.library.folded(name) for name in _names(entry)))
    )
    return [entry for entry, _ in zip(found, range(MOST_FOUND), strict=False)]


def _names(entry: Entry) -> Iterator[str]:
    """What an entry is called, in every language."""
    yield from entry.texts.get(_naming(entry), {}).values()
    if isinstance(entry, Partnership):
        yield entry.title
    if isinstance(entry, Tool):
        yield entry.official


def _naming(entry: Entry) -> str:
    """The field an entry is called by; a point is nothing but its one sentence."""
    fields = type(entry).model_fields
    return next(field for field in ("title", "name", "text") if field in fields)


async def entry(house: House, visit: Visit) -> Response:
    """One entry: its texts side by side, its grounds and links, its looks, the teams it touches."""
    kb, name = house.library.kb, visit.request.path_params["entry"]
    if name not in kb:
        raise MissingError
    shown, language = kb.entry(name), _language(house, visit)
    teams, everywhere = await _touched(house, visit, shown)
    return house.page(
        visit,
        "content_entry.html",
        entry=shown,
        title=_row(house, visit, shown).title,
        called=_called(shown),
        file=kb.file(name),
        texts=list(_texts(shown)),
        marks=_marks(shown),
        links=[address for address in _addresses(shown) if address],
        grounds=coverage.grounds(kb, shown),
        seen=[kb.references[each] for each in getattr(shown, "seen", ())],
        related=_related(house, visit, coverage.related(kb, shown)),
        lists=_lists(kb, shown),
        looks=await house.aside(lambda: house.preview(name, language)),
        language=language,
        languages=_languages(house),
        names=kb.languages.names,
        teams=teams[:MOST_TEAMS],
        more=max(0, len(teams) - MOST_TEAMS),
        everywhere=everywhere,
        wrong=(await clarity.often_wrong(house)).get(name),
    )


async def _touched(
    house: House, visit: Visit, shown: Entry
) -> tuple[list[touched.Touched], int | None]:
    """Teams by name as far as this person sees them; of all others only about how many."""
    if not isinstance(shown, Tip):
        return [], None
    seen = await house.read(lambda db: touched.touched(db, visit.who, shown.id))
    if visit.who.sees_all:
        return seen, None
    return seen, await house.read(lambda db: touched.everywhere(db, shown.id))


async def covered(house: House, visit: Visit) -> Response:
    """How complete the languages are, and that every item of the source has its entry."""
    kb = house.library.kb
    return house.page(
        visit,
        "content_coverage.html",
        kinds=coverage.kinds(kb, KINDS),
        documents=coverage.documents(kb),
        codes=kb.languages.declared,
        names=kb.languages.names,
        patterns=len(kb.patterns),
    )


def _texts(entry: Entry) -> Iterator[Text]:
    for path, said in entry.texts.items():
        field, _, number = path.partition(".")
        ours = entry.editorial == "all" or field in entry.editorial
        yield Text(field, int(number) + 1 if number else 0, ours, said)


def _lists(kb: Knowledge, entry: Entry) -> list[tuple[str, Mapping[str, Sequence[str]]]]:
    """How founders ask for an entry, and the beginnings of words that suggest a topic."""
    langs = kb.languages.declared
    asked = {lang: kb.asked.get(lang, {}).get(entry.id, ()) for lang in langs}
    cues = entry.cues if isinstance(entry, Topic) else {}
    found: list[tuple[str, Mapping[str, Sequence[str]]]] = [("asked", asked), ("cues", cues)]
    return [(name, words) for name, words in found if any(words.values())]


def _marks(entry: Entry) -> list[tuple[str, str]]:
    found = ((name, getattr(entry, name, None)) for name in MARKS)
    marks = [(name, str(value)) for name, value in found if value]
    return [("title", entry.title), *marks] if isinstance(entry, Partnership) else marks


def _addresses(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry, Tool):
        return (entry.link, entry.index)
    return (entry.link,) if isinstance(entry, Partnership) else ()


def _related(
    house: House, visit: Visit, found: Mapping[str, Sequence[str]]
) -> list[tuple[str, list[Row]]]:
    """(how they belong together, the entries), without what is not there."""
    kb = house.library.kb
    rows = {
        how: [_row(house, visit, kb.entry(name)) for name in names if name in kb]
        for how, names in found.items()
    }
    return [(how, there) for how, there in rows.items() if there]


def _row(house: House, visit: Visit, entry: Entry) -> Row:
    title = house.renderer.plain(Words(f"{entry.id}#{_naming(entry)}"), visit.language)
    return Row(entry.id, _called(entry), title)


def _called(entry: Entry) -> str:
    """The kind by which founders know an entry: our own cards are hard moments or bridges."""
    return entry.group if isinstance(entry, Card) else entry.kind


def _language(house: House, visit: Visit) -> str:
    chosen = visit.asked("in")
    return chosen if chosen in house.library.kb.languages.complete else visit.language


def _languages(house: House) -> list[tuple[str, str]]:
    languages = house.library.kb.languages
    return [(code, languages.names[code]) for code in languages.complete]
