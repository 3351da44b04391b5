"""Finds what the base says about a typed question: BM25 over stems, forgiving of slips."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.base import Knowledge, pick
from bot.knowledge.index import Index, Unit, index_of
from bot.knowledge.text import plain

# Calibrated on the question sets in tests/knowledge: below it, better say that we do not know.
ENOUGH = 0.42
LONGEST = 300
NUMBERED = re.compile(
    r"\b(?:outils?|tools?|werkzeug|methode|herramienta|numero|number|no|nr|n) ?([0-9]{1,3})\b"
)

STEP = re.compile(r"(?:.* )?(?:etape|phase|step|stage|schritt|etapa|paso) (?:n |no )?([1-4])")


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that answers; a higher `score` answers better."""

    id: str
    kind: str
    title: str
    score: float


class Search:
    """Answers questions from the base; each language's index is built at its first question."""

    def __init__(self, kb: Knowledge) -> None:
        self._kb = kb
        self._indexes: dict[str, Index] = {}

    def ask(self, lang: str, question: str, limit: int = 3) -> list[Hit]:
        """The best entries for the question, best first; empty when the base does not know."""
        words = plain(question[:LONGEST])
        number = _number(words)
        if number is not None:
            tool = f"tool.{number}"
            return [self._hit(tool, lang, 1.0)] if tool in self._kb.tools else []
        if step := STEP.fullmatch(words):
            return [self._hit(f"p{step[1]}", lang, 1.0)]
        index = self._index(lang)
        found = _ranked(index, index.units(words.split()))
        return [self._hit(name, lang, score) for name, score in found[: max(limit, 0)]]

    def _index(self, lang: str) -> Index:
        known = lang if lang in self._kb.languages.complete else "en"
        if known not in self._indexes:
            self._indexes[known] = index_of(self._kb, known)
        return self._indexes[known]

    def _hit(self, name: str, lang: str, score: float) -> Hit:
        entry = self._kb.entry(name)
        title = getattr(entry, "title", None) or entry.texts.get("name") or entry.texts["text"]
        words = title if isinstance(title, str) else pick(title, lang)
        return Hit(name, entry.kind, words, round(score, 3))


def _number(words: str) -> int | None:
    """The tool number that is asked for, if the question is about one."""
    found = NUMBERED.search(words) or re.fullmatch(r"([0-9]{1,2})", words)
    return int(found[1]) if found else None


def _ranked(index: Index, units: list[Unit]) -> list[tuple[str, float]]:
    """Entries that cover enough of the question, best first."""
    total = sum(unit.weight for unit in units)
    if not total:
        return []
    scores: dict[int, float] = {}
    covered: dict[int, float] = {}
    for unit in units:
        for place, (gain, cover) in _gains(index, unit).items():
            scores[place] = scores.get(place, 0.0) + gain
            covered[place] = covered.get(place, 0.0) + cover * unit.weight
    found = [
        (index.names[place], score * index.priors[place] * (0.5 + covered[place] / total))
        for place, score in scores.items()
        if covered[place] / total >= ENOUGH
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _gains(index: Index, unit: Unit) -> Mapping[int, tuple[float, float]]:
    """For each entry that has the word in some guise: what it gains, how well it is covered."""
    best: dict[int, tuple[float, float]] = {}
    for stem, factor in unit.choices:
        for place, gain, cover in _posted(index, stem, factor):
            before = best.get(place, (0.0, 0.0))
            best[place] = (max(before[0], gain), max(before[1], cover))
    return best


def _posted(index: Index, stem: str, factor: float) -> Iterator[tuple[int, float, float]]:
    idf = index.idf.get(stem, 0.0)
    for place, cover, gain in index.postings.get(stem, ()):
        yield place, idf * gain * factor, factor * cover
