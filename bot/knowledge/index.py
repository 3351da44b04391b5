"""The search index of one language: what each entry says and how founders ask for it, weighed."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from Stemmer import Stemmer

from bot.knowledge.base import Knowledge, pick
from bot.knowledge.entry import Entry
from bot.knowledge.lexicon import ELSEWHERE
from bot.knowledge.model import Partnership, Tool
from bot.knowledge.rows import Rows
from bot.knowledge.text import plain, tokens

STEMMERS = {"fr": "french", "en": "english", "de": "german", "es": "spanish"}
# What a mention is worth, by the field it stands in; `asked` are examples of how founders ask.
FIELDS = {
    "title": 3.0, "name": 3.0, "official": 1.5, "text": 1.5, "what": 1.5, "aim": 1.5, "check": 1.0,
    "intro": 1.0, "why": 0.8, "when": 0.8, "why_now": 0.6, "steps": 0.5, "watch_out": 0.4,
    "done_when": 0.4, "origin": 0.4, "groups": 0.3, "note": 0.3, "topic": 1.2, "purpose": 0.8,
    "person": 0.2, "asked": 1.0,
}  # fmt: skip
# Words of these count in pieces as well, so that other endings and compounds are found.
IN_PIECES = frozenset({"title", "name", "official", "text", "what", "aim", "asked"})
PRIORS = {
    "tip": 1.1, "term": 1.05, "fact": 1.05, "card": 1.05, "challenge": 1.05, "tool": 0.95,
    "definition": 1.0, "partnership": 0.9, "question": 0.85, "phase": 0.85,
}  # fmt: skip
SATURATION, LENGTH = 1.6, 0.5
# A word said once in the whole base says little about whether the question is ours.
HEAVIEST = 6.0
# A word that few entries share tells more than one that many do; 0 would make no difference.
SHARED = 0.3
PIECE = 4
# So many words of questions that are none of ours make a heap.
HEAP = 25

Bag = dict[str, float]


@dataclass(frozen=True, slots=True)
class Index:
    """Entries by place; `stems` and `pieces` say which of them a word speaks for, and how much.

    `idf` weighs a stem by how rare it is. `related`: places of entries that belong together.
    """

    lang: str
    names: tuple[str, ...]
    priors: tuple[float, ...]
    stems: Rows
    pieces: Rows
    idf: Mapping[str, float]
    related: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]
    known: frozenset[str]
    synonyms: Mapping[tuple[str, ...], tuple[str, ...]]
    stop: frozenset[str]


def index_of(kb: Knowledge, lang: str) -> Index:
    """The index over everything in `kb` that answers a question, in one language."""
    entries = [entry for entry in kb.entries() if entry.kind in PRIORS]
    others = list(_heaps(kb.asked.get(lang, {}).get(ELSEWHERE, ())))
    stop = frozenset(plain(word) for word in kb.synonyms.stop.get(lang, ()))
    words: set[str] = {row[0] for row in _rows(kb, lang) if len(row) == 1}
    texts = [*(list(_fields(kb, entry, lang)) for entry in entries), *others]
    bags = [_bags(each, lang, stop, words) for each in texts]
    seen = Counter(name for bag, _ in bags for name in bag)
    return Index(
        lang=lang,
        names=(*(entry.id for entry in entries), *(ELSEWHERE for _ in others)),
        priors=(*(PRIORS[entry.kind] for entry in entries), *(1.0 for _ in others)),
        stems=_weighed([bag for bag, _ in bags], len(entries)),
        pieces=_weighed([bag for _, bag in bags], len(entries)),
        idf={name: _idf(len(bags), n) for name, n in seen.items()},
        related=(*_related(entries), *(() for _ in others)),
        words=tuple(sorted(words)),
        known=frozenset(words),
        synonyms=_said(kb, lang),
        stop=stop,
    )


def _idf(entries: int, with_it: int) -> float:
    return math.log(1 + (entries - with_it + 0.5) / (with_it + 0.5))


def _heaps(phrases: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """Phrases in heaps, so that their words weigh about as much as those of the entries."""
    heap: list[tuple[str, str]] = []
    for phrase in phrases:
        heap.append(("asked", phrase))
        if sum(len(each.split()) for _, each in heap) >= HEAP:
            yield heap
            heap = []
    if heap:
        yield heap


def _bags(
    texts: Iterable[tuple[str, str]], lang: str, stop: frozenset[str], words: set[str]
) -> tuple[Bag, Bag]:
    """The stems and the pieces of texts with their worth; `words` gathers what was read."""
    stems: Bag = {}
    pieces: Bag = {}
    for path, text in texts:
        field = path.partition(".")[0]
        worth = FIELDS.get(field, 0.0)
        for word in tokens(text) if worth else ():
            words.add(word)
            _add(stems, stem(lang, word), worth)
            for piece in pieces_of(word) if field in IN_PIECES and word not in stop else ():
                _add(pieces, piece, worth)
    return stems, pieces


def _add(bag: Bag, name: str, worth: float) -> None:
    bag[name] = bag.get(name, 0.0) + worth


def _fields(kb: Knowledge, entry: Entry, lang: str) -> Iterator[tuple[str, str]]:
    yield from ((field, pick(text, lang)) for field, text in entry.texts.items())
    yield from (("asked", phrase) for phrase in kb.asked.get(lang, {}).get(entry.id, ()))
    if isinstance(entry, Tool):
        yield "official", entry.official
        yield from (("purpose", pick(kb.purposes[name].title, lang)) for name in entry.cited_for)
    if isinstance(entry, Partnership):
        yield "title", entry.title
        yield from (("topic", _topic(kb, name, lang)) for name in entry.topic)


def _topic(kb: Knowledge, name: str, lang: str) -> str:
    topic = kb.topics[name]
    return " ".join([pick(topic.title, lang), *topic.cues.get(lang, ())])


def _weighed(bags: list[Bag], entries: int) -> Rows:
    """BM25, a name counting more for an entry the more it belongs to it alone.

    The first so many bags are those of entries; the heaps behind them count as one entry more.
    """
    lengths = [sum(bag.values()) for bag in bags]
    average = sum(lengths) / max(1, len(lengths)) or 1.0
    parts: dict[str, list[tuple[int, float]]] = {}
    for place, bag in enumerate(bags):
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths[place] / average)
        for name, worth in bag.items():
            part = worth * (SATURATION + 1) / (worth + norm)
            parts.setdefault(name, []).append((place, part))
    return Rows((name, _gains(row, entries)) for name, row in parts.items())


def _gains(row: list[tuple[int, float]], entries: int) -> tuple[tuple[int, float], ...]:
    """The parts of one name, weighed by how rare it is and how much of it each place holds."""
    heaped = sum(part for place, part in row if place >= entries)
    alone = [part for place, part in row if place < entries]
    rare = min(_idf(entries + 1, len(alone) + bool(heaped)), HEAVIEST)
    whole = sum(alone) + heaped
    return tuple(
        (place, rare * part * ((part if place < entries else heaped) / whole) ** SHARED)
        for place, part in row
    )


def _related(entries: list[Entry]) -> tuple[tuple[int, ...], ...]:
    """For each entry those it names or is named by: a tip and its questions, its challenges."""
    places = {entry.id: place for place, entry in enumerate(entries)}
    found: list[set[int]] = [set() for _ in entries]
    for place, entry in enumerate(entries):
        for target in _named(entry):
            other = places.get(target)
            if other is not None:
                found[place].add(other)
                found[other].add(place)
    return tuple(tuple(sorted(places)) for places in found)


def _named(entry: Entry) -> Iterator[str]:
    for field in ("challenges", "questions", "tips"):
        yield from getattr(entry, field, ())
    yield from (getattr(entry, field) for field in ("home",) if hasattr(entry, field))


def pieces_of(word: str) -> list[str]:
    """The runs of four letters of a word, its edges marked; a short word is one piece."""
    marked = f"_{word}_"
    if len(word) < PIECE:
        return [marked]
    return [marked[n : n + PIECE] for n in range(len(marked) - PIECE + 1)]


@cache
def _stemmer(lang: str) -> Stemmer:
    # Its own cache would be a second one beside ours.
    return Stemmer(STEMMERS.get(lang, "english"), 0)


@cache
def stem(lang: str, word: str) -> str:
    """The stem of a word whose accents are folded already."""
    return str(_stemmer(lang).stemWord(_eased(word) if lang == "fr" else word))


def _eased(word: str) -> str:
    """A folded French word with endings the stemmer knows: "disputent", "decouragees"."""
    if len(word) > 6 and word.endswith("ent") and not word.endswith("ment"):
        return f"{word[:-3]}er"
    return re.sub(r"(?<=\w{3})ee(s?)$", r"e\1", word)


def _rows(kb: Knowledge, lang: str) -> Iterable[tuple[str, ...]]:
    for group in kb.synonyms.groups.get(lang, ()):
        yield from (tuple(tokens(phrase)) for phrase in group.said)


def _said(kb: Knowledge, lang: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What people say -> the stems it stands for: one word by its stem, several as they are."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for group in kb.synonyms.groups.get(lang, ()):
        means = tuple(stem(lang, word) for phrase in group.means for word in tokens(phrase))
        for phrase in group.said:
            row = tuple(tokens(phrase))
            key = row if len(row) > 1 else (stem(lang, row[0]),)
            found[key] = (*found.get(key, ()), *means)
    return found
