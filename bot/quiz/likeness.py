"""Which entries are so near that both might be right, and which words give an answer away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations

from bot.knowledge import Knowledge
from bot.knowledge.index import stem
from bot.knowledge.text import tokens

# Two texts that share half of their words say nearly the same.
NEAR = 0.5
SHORTEST, PART = 4, 5
# A word in the aims of so many tools points to none of them.
COMMON = 6

Texts = Mapping[str, str]


@cache
def neighbours(kb: Knowledge) -> Mapping[str, frozenset[str]]:
    """Entry -> the entries that may not stand as a wrong answer beside it."""
    near: dict[str, set[str]] = {}
    for group in _groups(kb):
        for one, other in combinations(sorted(group), 2):
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    return {name: frozenset(others) for name, others in near.items()}


def _groups(kb: Knowledge) -> Iterator[Iterable[str]]:
    """Entries that serve the same thing: by our own list, a purpose, a tip, a challenge, a tool."""
    if kb.quiz.templates is not None:
        yield from map(frozenset, kb.quiz.templates.alike)
    for purpose in kb.purposes.values():
        yield {f"tool.{number}" for number in purpose.cited}
    for tip in kb.tips.values():
        yield {f"tool.{number}" for number in tip.tools}
        yield {name for name in tip.sources if name in kb.purposes}
    for challenge in kb.challenges.values():
        yield set(challenge.tips)
    for number in {number for tool in kb.tools.values() for number in tool.tools}:
        yield {purpose.id for purpose in kb.purposes.values() if number in purpose.cited}
        yield {tip.id for tip in kb.tips.values() if number in tip.cited}
    tools = {name: tool.aim for name, tool in kb.tools.items()}
    tips = {name: tip.title for name, tip in kb.tips.items()}
    for texts in (tools, tips):
        yield from (pair for pair in combinations(texts, 2) if _alike(kb, *map(texts.get, pair)))


def _alike(kb: Knowledge, one: Texts | None, other: Texts | None) -> bool:
    for lang in kb.languages.complete:
        mine, yours = (_stems(kb, lang, (text or {}).get(lang, "")) for text in (one, other))
        if mine and yours and len(mine & yours) >= NEAR * min(len(mine), len(yours)):
            return True
    return False


def gives_away(kb: Knowledge, name: Texts, text: Texts) -> bool:
    """Whether a telling word of `name` stands in `text` in any language, whole or as a part."""
    return any(_shared(kb, lang, name[lang], text[lang]) for lang in kb.languages.complete)


def _shared(kb: Knowledge, lang: str, name: str, text: str) -> bool:
    common = _common(kb, lang)
    said = _content(kb, lang, text)
    stems = _stems(kb, lang, text)
    for word in _content(kb, lang, name):
        if stem(lang, word) in common:
            continue
        if stem(lang, word) in stems or any(_part(word, each) for each in said):
            return True
    return False


def _part(word: str, other: str) -> bool:
    return (len(word) >= PART and word in other) or (len(other) >= PART and other in word)


@cache
def _content(kb: Knowledge, lang: str, text: str) -> frozenset[str]:
    stop = kb.synonyms.stop.get(lang, ())
    words = tokens(text)
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in stop)


@cache
def _stems(kb: Knowledge, lang: str, text: str) -> frozenset[str]:
    return frozenset(stem(lang, word) for word in _content(kb, lang, text))


@cache
def _common(kb: Knowledge, lang: str) -> frozenset[str]:
    """Stems so frequent among the aims of tools that they tell nothing."""
    found = Counter(s for tool in kb.tools.values() for s in _stems(kb, lang, tool.aim[lang]))
    return frozenset(name for name, count in found.items() if count >= COMMON)
