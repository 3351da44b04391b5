"""What entries rest on, what they belong with, and how far they cover languages and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.origin import SourceItem

# Fields that name other entries.
LINKS = ("tips", "challenges", "questions", "topic", "cited_for", "of", "home")


@dataclass(frozen=True, slots=True)
class Kind:
    """How many entries there are of a kind, and how many are complete in each language."""

    name: str
    entries: int
    told: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the source: the entry of its id, and the others that rest on it."""

    source: SourceItem
    kind: str
    languages: Sequence[str]
    others: Sequence[str]


def kinds(kb: Knowledge, order: Sequence[str]) -> list[Kind]:
    """The kinds in the order wanted."""
    whole = Counter(entry.kind for entry in kb.entries())
    told = Counter((entry.kind, lang) for entry in kb.entries() for lang in entry.languages)
    langs = kb.languages.declared
    return [Kind(name, whole[name], {lang: told[name, lang] for lang in langs}) for name in order]


def documents(kb: Knowledge) -> dict[str, list[Item]]:
    """Every item of the source, document by document."""
    rests: dict[str, list[str]] = {}
    for entry in kb.entries():
        for source in entry.sources:
            if source != entry.id:
                rests.setdefault(source, []).append(entry.id)
    found: dict[str, list[Item]] = {}
    for item in kb.source.values():
        own = kb.entry(item.id) if item.id in kb else None
        kind, languages = (own.kind, own.languages) if own else ("", ())
        made = Item(item, kind, languages, rests.get(item.id, ()))
        found.setdefault(item.document, []).append(made)
    return found


def grounds(kb: Knowledge, entry: Entry) -> list[SourceItem]:
    """The items of the source an entry rests on."""
    return [kb.source[name] for name in entry.sources if name in kb.source]


def related(kb: Knowledge, entry: Entry) -> dict[str, list[str]]:
    """The entries that belong with this one, by how: those it names, and those that name it."""
    named = _links(entry)
    known = {name for names in named.values() for name in names}
    others = (other for other in kb.entries() if other.id not in known | {entry.id})
    used_by = [
        other.id
        for other in others
        if entry.id in other.sources or any(entry.id in names for names in _links(other).values())
    ]
    return {**named, "used_by": used_by}


def _links(entry: Entry) -> dict[str, list[str]]:
    """The entries an entry names; tools the source cites apart from those we would add."""
    cited = frozenset(getattr(entry, "cited", ()))
    tools = () if entry.kind == "tool" else entry.tools
    return {
        "tools": [f"tool.{number}" for number in tools if number in cited],
        "suggested": [f"tool.{number}" for number in tools if number not in cited],
        **{name: list(_named(entry, name)) for name in LINKS},
    }


def _named(entry: Entry, field: str) -> Iterator[str]:
    value = getattr(entry, field, ())
    yield from (value,) if isinstance(value, str) else value
