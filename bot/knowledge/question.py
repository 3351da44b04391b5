"""A typed question taken apart: its words that carry meaning, and what each may stand for."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.knowledge.index import Index, stem
from bot.knowledge.text import plain

LONGEST = 1500
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
# Beside a sentence that asks, the story around it counts less.
ASIDE = 0.6
SYNONYM, PREFIX, ONE_SLIP, FAR, PART = 0.6, 0.7, 0.8, 0.55, 0.8
SLIPS_FROM, LONG_WORD, SHORT_SLIP = 5, 9, 0.5
SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase: the stems it may stand for, each with its likeness 0..1, and its weight."""

    words: tuple[str, ...]
    choices: tuple[tuple[str, float], ...]
    weight: float


def units(index: Index, question: str) -> list[Unit]:
    """The parts of a question that carry meaning, each once, in their order."""
    sentences = [s for s in SENTENCE.split(question[:LONGEST]) if s.strip()]
    asks = any("?" in sentence for sentence in sentences)
    found: dict[tuple[str, ...], Unit] = {}
    for sentence in sorted(sentences, key=lambda each: "?" not in each):
        weight = 1.0 if "?" in sentence or not asks else ASIDE
        for unit in _units(index, plain(sentence).split(), weight):
            found.setdefault(unit.words, unit)
    return list(found.values())


def _units(index: Index, words: list[str], weight: float) -> Iterator[Unit]:
    place = 0
    while place < len(words):
        row = _phrase(index, words, place)
        if row and " ".join(row) not in index.stop:
            choices = [(name, SYNONYM) for name in index.synonyms[row]]
            choices += [(stem(index.lang, word), 1.0) for word in row if word not in index.stop]
            yield Unit(row, tuple(choices), weight)
        elif not row and words[place] not in index.stop:
            yield Unit((words[place],), tuple(_choices(index, words[place])), weight)
        place += len(row) or 1


def _phrase(index: Index, words: list[str], place: int) -> tuple[str, ...]:
    """The longest phrase of several words that begins here and that we know."""
    for length in (4, 3, 2):
        row = tuple(words[place : place + length])
        if len(row) == length and (row in index.synonyms or " ".join(row) in index.stop):
            return row
    return ()


def _choices(index: Index, word: str) -> list[tuple[str, float]]:
    """The word itself and its synonyms; for an unknown word, what it may have meant."""
    known = _known(index, word)
    if known:
        return known
    parts = _parts(index, word)
    if parts:
        return [(stem(index.lang, part), PART) for part in parts]
    return [
        (choice, factor * likeness)
        for near, likeness in _near(index, word)
        for choice, factor in _known(index, near)
    ]


def _known(index: Index, word: str) -> list[tuple[str, float]]:
    own = stem(index.lang, word)
    found = [(own, 1.0)] if own in index.idf else []
    return found + [(meant, SYNONYM) for meant in index.synonyms.get((own,), ())]


def _parts(index: Index, word: str) -> tuple[str, ...]:
    """The two known words a German compound is made of: "sitzungsprotokoll"."""
    if index.lang != "de" or len(word) < 2 * SHORTEST_PART:
        return ()
    found = []
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, second = word[:cut], word[cut:]
        # An s may join the two: "sitzung-s-protokoll".
        for head in (first, first.removesuffix("s")):
            if head in index.known and second in index.known and len(head) >= SHORTEST_PART:
                found.append((min(len(head), len(second)), (head, second)))
    return max(found)[1] if found else ()


def _near(index: Index, word: str) -> Iterator[tuple[str, float]]:
    """Known words that begin like the word, else those a slip or two away."""
    if len(word) < SHORTEST_PART or word.isdigit():
        return
    longer = _beginning(index, word)[:5]
    if longer:
        yield from ((known, PREFIX) for known in longer)
        return
    if len(word) < SLIPS_FROM:
        return
    slips = 2 if len(word) >= LONG_WORD else 1
    near = ONE_SLIP if len(word) > SLIPS_FROM else SHORT_SLIP
    # A first letter is hardly ever missed, and so the others need not be looked at.
    like = [known for known in _beginning(index, word[0]) if len(known) > 3]
    for known, distance, _ in extract(word, like, scorer=OSA.distance, score_cutoff=slips, limit=8):
        yield known, near if distance <= 1 else FAR


def _beginning(index: Index, start: str) -> tuple[str, ...]:
    """The known words that begin so, in their order."""
    first = bisect_left(index.words, start)
    return index.words[first : bisect_left(index.words, f"{start}\U0010ffff", first)]
