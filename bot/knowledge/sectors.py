"""Guesses the sector of an organisation from its name, and says when to ask instead."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.base import Knowledge
from bot.knowledge.lexicon import Clue, Sectors
from bot.knowledge.text import fold, tokens

CERTAIN = 0.8
# What stands behind "of" tells what an organisation is about, not what it is.
COMPLEMENT = 0.6
LINKS = frozenset(
    ["of", "for", "de", "des", "du", "d", "del", "pour", "der", "fur", "von", "para", "against"]
)
_DOTTED = re.compile(r"\b(?:\w\.\s?)+\w\b\.?")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class SectorGuess:
    """`sector` None: the source leaves it open, or the name says nothing; then `ask` is true."""

    sector: str | None
    confidence: float
    ask: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    length: int
    clue: Clue

    def inside(self, other: "_Hit") -> bool:
        """Whether a longer hit on the same words makes this one void."""
        return other.start <= self.start and self.end <= other.end and self.length < other.length


@dataclass(frozen=True, slots=True)
class _Index:
    """The clues by their first word, and by parts of words."""

    rows: Mapping[str, tuple[tuple[tuple[str, ...], bool, Clue], ...]]
    starts: tuple[tuple[str, Clue], ...]
    ends: tuple[tuple[str, Clue], ...]


def guess(kb: Knowledge, name: str) -> SectorGuess:
    """The likely sector of the organisation called `name`; unsure means ask."""
    words = _words(name)
    hits = list(_hits(_index(kb.sectors), words))
    best = _strengths(words, [hit for hit in hits if not any(map(hit.inside, hits))])
    if not best:
        return SectorGuess(None, 0.0, True)
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    sector, strength = ranked[0]
    rival = ranked[1][1] if len(ranked) > 1 else 0.0
    confidence = round(strength * (1 - rival / 2), 2)
    if len(ranked) > 1 and strength - rival < 0.02:
        return SectorGuess(None, round(confidence / 2, 2), True)
    return SectorGuess(sector, confidence, sector is None or confidence < CERTAIN)


def _words(name: str) -> list[str]:
    """Folded words; "S.A.R.L." and "e. V." become one word each."""
    short = _DOTTED.sub(lambda hit: re.sub(r"[.\s]", "", hit[0]) + " ", fold(name[:LONGEST]))
    return tokens(short)


def _hits(index: _Index, words: list[str]) -> Iterator[_Hit]:
    for place, word in enumerate(words):
        for row, at_end, clue in index.rows.get(word, ()):
            end = place + len(row)
            if tuple(words[place:end]) == row and (not at_end or end == len(words)):
                yield _Hit(place, end, sum(map(len, row)), clue)
        for part, clue in index.starts:
            if word.startswith(part):
                yield _Hit(place, place + 1, len(part), clue)
        for part, clue in index.ends:
            if word.endswith(part) and word != part:
                yield _Hit(place, place + 1, len(part), clue)


def _strengths(words: list[str], hits: Iterable[_Hit]) -> dict[str | None, float]:
    """The strongest hit for each sector; a second one of the same sector adds a little."""
    found = sorted(hits, key=lambda hit: hit.start)
    first_end = found[0].end if found else 0
    link = next((n for n in range(first_end, len(words)) if words[n] in LINKS), len(words))
    best: dict[str | None, float] = {}
    for hit in found:
        strength = hit.clue.strength * (COMPLEMENT if hit.start > link else 1)
        before = best.get(hit.clue.sector, 0.0)
        both = max(strength, before) + 0.1 * min(strength, before)
        best[hit.clue.sector] = min(0.99, both)
    return best


@lru_cache(maxsize=4)
def _index(sectors: Sectors) -> _Index:
    rows: dict[str, list[tuple[tuple[str, ...], bool, Clue]]] = {}
    for clue in sectors.clues:
        for words, at_end in ((clue.words, False), (clue.last, True)):
            for phrase in words:
                row = tuple(tokens(phrase))
                rows.setdefault(row[0], []).append((row, at_end, clue))
    return _Index(
        rows={first: tuple(found) for first, found in rows.items()},
        starts=tuple((part, clue) for clue in sectors.clues for part in clue.starts),
        ends=tuple((part, clue) for clue in sectors.clues for part in clue.ends),
    )
