"""Suggests the topic a founder writes about, and partnerships that work on it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.knowledge.base import Knowledge
from bot.knowledge.model import Partnership
from bot.knowledge.text import plain

LONGEST = 2000
MOST = 3


def suggest(kb: Knowledge, text: str) -> str | None:
    """The topic whose cues are named most often; the one named first where two draw level.

    Cues are beginnings of words in any language; a repeated cue counts once, so that one word
    said five times does not outweigh two different ones. It is a suggestion to be confirmed.
    """
    hits = _hits(kb, text)
    return min(hits, key=lambda topic: hits[topic]) if hits else None


def similar(kb: Knowledge, text: str, topic: str | None) -> tuple[str, ...]:
    """Up to three ids of partnerships on `topic`, those nearest to the text first.

    Without a topic, the one the text suggests; without that, none.
    """
    wanted = topic or suggest(kb, text)
    words = _beginnings(text[:LONGEST])
    found = [part for part in kb.partnerships.values() if wanted in part.topic]
    # Those whose first subject it is; a cocoa forum also touches forests, but is no forest group.
    found = [part for part in found if part.topic[0] == wanted] or found
    found.sort(key=lambda part: _nearness(part, words), reverse=True)
    return tuple(part.id for part in found[:MOST])


def _nearness(part: Partnership, words: frozenset[str]) -> tuple[int, bool, bool]:
    """Words in common with the text, then whether it is one of our kind, then how well known."""
    shared = len(words & _words(part))
    return shared, part.fits == "yes", part.confidence == "seen"


@lru_cache(maxsize=256)
def _words(part: Partnership) -> frozenset[str]:
    texts = [part.title, *(words for text in part.texts.values() for words in text.values())]
    return _beginnings(" ".join(texts))


def _beginnings(text: str) -> frozenset[str]:
    """Words cut short, so that singular and plural meet; little words say nothing."""
    return frozenset(word[:5] for word in plain(text).split() if len(word) > 3)


def _hits(kb: Knowledge, text: str) -> dict[str, tuple[int, int]]:
    """Topic -> (less for more different cues, place of the first one), for topics with a hit."""
    folded = plain(text[:LONGEST])
    found = {topic: list(cue.finditer(folded)) for topic, cue in _cues(kb).items()}
    return {
        topic: (-len({hit.group() for hit in hits}), hits[0].start())
        for topic, hits in found.items()
        if hits
    }


@lru_cache(maxsize=4)
def _cues(kb: Knowledge) -> Mapping[str, re.Pattern[str]]:
    """One expression a topic; longer cues first, so that the longest one counts."""
    found: dict[str, re.Pattern[str]] = {}
    for topic in kb.topics.values():
        cues = {plain(cue) for words in topic.cues.values() for cue in words} - {""}
        ordered = sorted(cues, key=lambda cue: (-len(cue), cue))
        if ordered:
            found[topic.id] = re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + ")")
    return found
