"""The search index of one language: weighted stems, and what a typed word may stand for."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import snowballstemmer
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.knowledge.base import Knowledge, pick
from bot.knowledge.entry import Entry
from bot.knowledge.model import Partnership, Tool
from bot.knowledge.text import plain, tokens

STEMMERS = {"fr": "french", "en": "english", "de": "german", "es": "spanish"}
FIELDS = {
    "title": 3.0, "name": 3.0, "official": 1.5, "text": 1.5, "what": 1.5, "aim": 1.5, "check": 1.0,
    "intro": 1.0, "why": 0.8, "when": 0.8, "why_now": 0.6, "steps": 0.5, "watch_out": 0.4,
    "done_when": 0.4, "origin": 0.4, "groups": 0.3, "note": 0.3, "topic": 1.2, "purpose": 0.8,
}  # fmt: skip
PRIORS = {
    "tip": 1.1, "term": 1.05, "fact": 1.05, "definition": 1.0, "challenge": 1.0, "tool": 0.9,
    "partnership": 0.9, "question": 0.75, "phase": 0.85,
}  # fmt: skip
SATURATION, LENGTH = 1.4, 0.3
# How well a word in such a field shows that the entry is about it; the title shows it best.
COVER = {3.0: 1.0, 1.5: 0.8, 1.2: 0.7, 1.0: 0.6, 0.8: 0.5}
FAINT = 0.3
# A word said once in the whole base says little about whether the question is ours.
HEAVIEST = 3.5
# One that is nowhere in the base says that it is not.
UNKNOWN = 5.0
SYNONYM, PREFIX, ONE_SLIP, FAR = 0.85, 0.7, 0.8, 0.55
SLIPS_FROM, LONG_WORD, SHORT_SLIP = 5, 9, 0.5


# Stem -> the worth of the field at each mention.
Bag = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of a question: the stems it may stand for, each with its likeness 0..1."""

    choices: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Index:
    """`postings`: stem -> (place of the entry, how well it covers the stem, its BM25 part)."""

    lang: str
    names: tuple[str, ...]
    priors: tuple[float, ...]
    postings: Mapping[str, tuple[tuple[int, float, float], ...]]
    idf: Mapping[str, float]
    words: tuple[str, ...]
    synonyms: Mapping[tuple[str, ...], tuple[str, ...]]
    stop: frozenset[str]

    def units(self, words: list[str]) -> list[Unit]:
        """The words of a question that carry meaning, phrases we know first."""
        found: list[Unit] = []
        place = 0
        while place < len(words):
            row = self._phrase(words, place)
            if row and " ".join(row) in self.stop:
                pass
            elif row:
                choices = [(stem, SYNONYM) for stem in self.synonyms[row]]
                choices += [(self.stem(word), 1.0) for word in row if word not in self.stop]
                found.append(self._unit(choices))
            elif words[place] not in self.stop:
                found.append(self._unit(self._choices(words[place])))
            place += len(row) or 1
        return found

    def stem(self, word: str) -> str:
        """The stem of a folded word."""
        return stem(self.lang, word)

    def _phrase(self, words: list[str], place: int) -> tuple[str, ...]:
        """The longest synonym of several words that begins here."""
        for length in (4, 3, 2):
            row = tuple(words[place : place + length])
            if len(row) == length and (row in self.synonyms or " ".join(row) in self.stop):
                return row
        return ()

    def _choices(self, word: str) -> list[tuple[str, float]]:
        """The word itself and its synonyms; for an unknown word, what it may have meant."""
        own = self.stem(word)
        found = [(own, 1.0)] if own in self.idf else []
        found += [(meant, SYNONYM) for meant in self.synonyms.get((own,), ())]
        return found or [
            (choice, factor * likeness)
            for near, likeness in self._near(word)
            for choice, factor in self._choices(near)
        ]

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        """Known words that begin like the word, else those a slip or two away."""
        if len(word) < 4 or word.isdigit():
            return
        longer = [known for known in self.words if known.startswith(word)][:5]
        if longer:
            yield from ((known, PREFIX) for known in longer)
            return
        if len(word) < SLIPS_FROM:
            return
        slips = 2 if len(word) >= LONG_WORD else 1
        near = ONE_SLIP if len(word) > SLIPS_FROM else SHORT_SLIP
        for known, distance, _ in extract(
            word, self.words, scorer=OSA.distance, score_cutoff=slips, limit=8
        ):
            if known[0] == word[0] and len(known) > 3:
                yield known, near if distance <= 1 else FAR

    def _unit(self, choices: list[tuple[str, float]]) -> Unit:
        """Weighs as much as its best choice; an unknown word weighs like a rare one."""
        weight = max((self.idf.get(name, 0.0) for name, _ in choices), default=0.0)
        return Unit(tuple(choices), min(weight, HEAVIEST) or UNKNOWN)


@cache
def _stemmer(lang: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS.get(lang, "english"))


@cache
def stem(lang: str, word: str) -> str:
    """The stem of a word whose accents are folded already."""
    return str(_stemmer(lang).stemWord(_eased(word) if lang == "fr" else word))


def _eased(word: str) -> str:
    """A folded French word with endings the stemmer knows: "disputent", "decouragees"."""
    if len(word) > 6 and word.endswith("ent") and not word.endswith("ment"):
        return f"{word[:-3]}er"
    return re.sub(r"(?<=\w{3})ee(s?)$", r"e\1", word)


def index_of(kb: Knowledge, lang: str) -> Index:
    """The index over everything in `kb` that answers a question, in one language."""
    entries = [entry for entry in kb.entries() if entry.kind in PRIORS]
    words: set[str] = set()
    bags = [_bag(kb, entry, lang, words) for entry in entries]
    seen = Counter(name for bag in bags for name in bag)
    idf = {name: math.log(1 + (len(bags) - n + 0.5) / (n + 0.5)) for name, n in seen.items()}
    said = _said(kb, lang)
    words |= {row[0] for row in _rows(kb, lang) if len(row) == 1}
    return Index(
        lang=lang,
        names=tuple(entry.id for entry in entries),
        priors=tuple(PRIORS[entry.kind] for entry in entries),
        postings=_postings(bags),
        idf=idf,
        words=tuple(sorted(words)),
        synonyms=said,
        stop=frozenset(plain(word) for word in kb.synonyms.stop.get(lang, ())),
    )


def _bag(kb: Knowledge, entry: Entry, lang: str, words: set[str]) -> Bag:
    """Every stem with its weights, one a mention; `words` gathers what was read."""
    bag: Bag = {}
    for field, text in _fields(kb, entry, lang):
        worth = FIELDS.get(field.partition(".")[0], 0.0)
        for word in tokens(text) if worth else ():
            words.add(word)
            bag.setdefault(stem(lang, word), []).append(worth)
    return bag


def _fields(kb: Knowledge, entry: Entry, lang: str) -> Iterator[tuple[str, str]]:
    yield from ((field, pick(text, lang)) for field, text in entry.texts.items())
    if isinstance(entry, Tool):
        yield "official", entry.official
        yield from (("purpose", pick(kb.purposes[name].title, lang)) for name in entry.cited_for)
    if isinstance(entry, Partnership):
        yield "title", entry.title
        yield from (("topic", _topic(kb, name, lang)) for name in entry.topic)


def _topic(kb: Knowledge, name: str, lang: str) -> str:
    topic = kb.topics[name]
    return " ".join([pick(topic.title, lang), *topic.cues.get(lang, ())])


def _postings(bags: list[Bag]) -> dict[str, tuple[tuple[int, float, float], ...]]:
    lengths = [sum(map(sum, bag.values())) for bag in bags]
    average = sum(lengths) / max(1, len(lengths)) or 1.0
    found: dict[str, list[tuple[int, float, float]]] = {}
    for place, bag in enumerate(bags):
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths[place] / average)
        for name, weights in bag.items():
            weight = sum(weights)
            part = weight * (SATURATION + 1) / (weight + norm)
            found.setdefault(name, []).append((place, COVER.get(max(weights), FAINT), part))
    return {name: tuple(posted) for name, posted in found.items()}


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
