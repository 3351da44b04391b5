"""Where an entry comes from, in words: places in the source, what is ours, pages that were read."""

from __future__ import annotations

from bot.core.say import Lines, Listing, Value, Words
from bot.knowledge import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.model import Card, Partnership, Point, Tool

PLACES = ("p1", "p2", "p3", "p4", "x", "brief", "ex", "intro", "topic", "ref")
# Characters of statements that still fit beside the rest of the message, and pages.
ROOM, MOST_PAGES = 330, 4


def words(kb: Knowledge, entry: Entry) -> Words:
    """The answer to "Why do you say that?" for one entry."""
    if isinstance(entry, Tool):
        told: dict[str, Value] = {
            "official": entry.official,
            "cited": _cited(entry),
            "note": _note(entry),
        }
        return Words("card.source_tool", told)
    if isinstance(entry, Partnership):
        return Words("card.source_partnership", {"pages": _pages(kb, entry.seen)})
    if isinstance(entry, Card):
        own = "ours_card" if entry.confidence == "ours" else entry.confidence
        return Words(f"card.source_{own}", {"pages": _pages(kb, entry.seen)})
    if entry.editorial == "all" or not entry.sources:
        return Words("card.source_ours")
    return rests_on(kb, entry.sources, bool(entry.editorial), entry.id)


def rests_on(kb: Knowledge, sources: tuple[str, ...], part: bool, but: str = "") -> Words:
    """The same for items of the source; `part`: some is ours. No point is quoted for itself."""
    places = dict.fromkeys(_place(source) for source in sources)
    values: dict[str, Value] = {
        "places": Listing(tuple(Words(f"card.place_{place}") for place in places)),
        "points": _points(kb, tuple(source for source in sources if source != but)),
    }
    return Words("card.source_part" if part else "card.source_whole", values)


def _cited(tool: Tool) -> Words:
    """What the source names the tool for, which need not be what the tool does."""
    if not tool.cited_for:
        return Words("card.not_cited")
    purposes = Listing(tuple(Words(f"{purpose}#title") for purpose in tool.cited_for))
    return Words("card.cited", {"purposes": purposes})


def _note(tool: Tool) -> Value:
    return Words("card.note", {"note": Words(f"{tool.id}#note")}) if tool.note else ""


def _points(kb: Knowledge, sources: tuple[str, ...]) -> Lines:
    """What the source says, statement by statement, as far as it fits into one message."""
    found, room = [], ROOM
    for point in (kb.entry(name) for name in sources if name in kb):
        if isinstance(point, Point):
            room -= max(map(len, point.text.values()))
            if room >= 0:
                found.append(Words("card.point_line", {"text": Words(f"{point.id}#text")}))
    return Lines(tuple(found))


def _pages(kb: Knowledge, seen: tuple[str, ...]) -> Lines:
    """The pages that were read, with a link where there is an address to give."""
    found = [kb.references[name] for name in seen[:MOST_PAGES]]
    return Lines(
        tuple(
            Words("card.page", {"title": page.title, "address": page.address})
            if page.address
            else Words("card.page_plain", {"title": page.title})
            for page in found
        )
    )


def _place(source: str) -> str:
    """Where in the two documents a source item stands, for people: a step, a box, a list."""
    first = source.partition(".")[0]
    return first if first in PLACES else "definition"
