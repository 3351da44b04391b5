"""Finds what the base says about a typed question: BM25 over stems and pieces of words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.knowledge.base import Knowledge, pick
from bot.knowledge.index import Index, index_of, pieces_of, stem
from bot.knowledge.lexicon import ELSEWHERE
from bot.knowledge.question import LONGEST, Unit, units
from bot.knowledge.text import plain, tokens

# Calibrated on the questions in tests/knowledge: below it, better say that we do not know.
ENOUGH = 0.8
# The best answer must not fall so far behind the nearest question of another kind.
AHEAD = 0.75
# So many of the words that carry meaning may be nowhere in the base.
STRANGE = 0.5
# An entry gains from what speaks for those it belongs together with.
RELATED = 0.3
# So many of the words of two questions must be the same for one answer to serve both.
ALIKE = 0.6
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
        # By language: the words of each question somebody taught, and the entry that answers it.
        self._taught: dict[str, list[tuple[frozenset[str], str]]] = {}

    def teach(self, lang: str, question: str, entry: str) -> None:
        """From here on `entry` comes first for `question` and for those in nearly its words."""
        words = self._words(lang, question)
        if entry in self._kb and words:
            self._taught.setdefault(lang, []).append((words, entry))

    def _words(self, lang: str, question: str) -> frozenset[str]:
        """The stems of a question, those that carry no meaning left out where others remain."""
        said = tokens(question[:LONGEST])
        stop = {plain(word) for word in self._kb.synonyms.stop.get(lang, ())}
        return frozenset(stem(lang, word) for word in said if word not in stop) or frozenset(said)

    def _known(self, lang: str, question: str) -> str | None:
        """The entry taught for a question, the latest where several come as near."""
        if lang not in self._taught:
            return None
        words = self._words(lang, question)
        near = [
            (len(words & each) / len(words | each), n)
            for n, (each, _) in enumerate(self._taught[lang])
        ]
        best, place = max(near)
        return self._taught[lang][place][1] if best >= ALIKE else None

    def ask(self, lang: str, question: str, limit: int = 3) -> list[Hit]:
        """The best entries for the question, best first; empty when the base does not know."""
        words = plain(question[:LONGEST])
        number = _number(words)
        if number is not None:
            tool = f"tool.{number}"
            return [self._hit(tool, lang, 1.0)] if tool in self._kb.tools else []
        if step := STEP.fullmatch(words):
            return [self._hit(f"p{step[1]}", lang, 1.0)]
        found = ranked(self.index(lang), question)
        if taught := self._known(lang, question):
            found = [(taught, 1.0), *(pair for pair in found if pair[0] != taught)]
        return [self._hit(name, lang, score) for name, score in found[: max(limit, 0)]]

    def near(self, lang: str, question: str, limit: int) -> list[Hit]:
        """The entries nearest to a question, whether or not they answer it."""
        found = scored(self.index(lang), units(self.index(lang), question[:LONGEST]))
        return [self._hit(name, lang, score) for name, score in found if name != ELSEWHERE][:limit]

    def index(self, lang: str) -> Index:
        """The index of a language, built the first time; English for one not complete yet."""
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


def ranked(index: Index, question: str) -> list[tuple[str, float]]:
    """Entries with their scores, best first; none where the question is not one of ours."""
    parts = units(index, question)
    weight = sum(unit.weight for unit in parts)
    found = scored(index, parts)
    other = max((score for name, score in found if name == ELSEWHERE), default=0.0)
    ours = [(name, score) for name, score in found if name != ELSEWHERE]
    strange = sum(unit.weight for unit in parts if not unit.choices)
    known = ours and ours[0][1] >= max(ENOUGH, other * AHEAD) and strange <= STRANGE * weight
    return ours if known else []


def scored(index: Index, parts: Sequence[Unit]) -> list[tuple[str, float]]:
    """Every entry that has anything to say to the question, best first."""
    weight = sum(unit.weight for unit in parts)
    gains = _sum(_said(index, parts), _spelt(index, parts))
    own = {place: gain * index.priors[place] / sqrt(weight) for place, gain in gains.items()}
    found = [(index.names[place], score + _lent(index, own, place)) for place, score in own.items()]
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return found


def _said(index: Index, parts: Iterable[Unit]) -> dict[int, float]:
    """For each entry what the words of the question are worth, each in its best guise."""
    gains: dict[int, float] = {}
    for unit in parts:
        best: dict[int, float] = {}
        for name, likeness in unit.choices:
            for place, gain in index.stems.of(name):
                worth = gain * likeness * unit.weight
                if worth > best.get(place, 0.0):
                    best[place] = worth
        for place, worth in best.items():
            gains[place] = gains.get(place, 0.0) + worth
    return gains


def _spelt(index: Index, parts: Iterable[Unit]) -> dict[int, float]:
    """For each entry what the letters of the question's words are worth."""
    gains: dict[int, float] = {}
    for unit in parts:
        for word in unit.words:
            pieces = pieces_of(word) if word not in index.stop else []
            for piece in pieces:
                share = unit.weight / len(pieces)
                for place, gain in index.pieces.of(piece):
                    gains[place] = gains.get(place, 0.0) + gain * share
    return gains


def _sum(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    return {place: one.get(place, 0.0) + other.get(place, 0.0) for place in {*one, *other}}


def _lent(index: Index, own: Mapping[int, float], place: int) -> float:
    """What the best of an entry's relatives lends it."""
    return RELATED * max((own.get(other, 0.0) for other in index.related[place]), default=0.0)
