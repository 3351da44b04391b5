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
    """The topic whose cues are named most often; None without a hit, or where two draw level.

    Cues are beginnings of words in any language; a repeated cue counts once, so that one word
    said five times does not outweigh two different ones.
    """
    hits = sorted(_hits(kb, text).items(), key=lambda pair: -pair[1])
    if not hits or (len(hits) > 1 and hits[0][1] == hits[1][1]):
        return None
    return hits[0][0]


def similar(kb: Knowledge, text: str, topic: str | None) -> tuple[str, ...]:
    """Up to three ids of partnerships on `topic`, those nearest to the text first.

    Without a topic, the one the text suggests; without that, none.
    """
    wanted = topic or suggest(kb, text)
    words = frozenset(word for word in plain(text[:LONGEST]).split() if len(word) > 3)
    found = [part for part in kb.partnerships.values() if wanted in part.topic]
    found.sort(key=lambda part: _nearness(part, words), reverse=True)
    return tuple(part.id for part in found[:MOST])


def _nearness(part: Partnership, words: frozenset[str]) -> tuple[int, bool, bool]:
    """Words in common with the text, then whether it is one of our kind, then how well known."""
    shared = len(words & _words(part))
    return shared, part.fits == "yes", part.confidence == "seen"


@lru_cache(maxsize=256)
def _words(part: Partnership) -> frozenset[str]:
    texts = [part.title, *(words for text in part.texts.values() for words in text.values())]
    return frozenset(plain(" ".join(texts)).split())


def _hits(kb: Knowledge, text: str) -> dict[str, int]:
    folded = plain(text[:LONGEST])
    counts = {topic: len(set(cue.findall(folded))) for topic, cue in _cues(kb).items()}
    return {topic: count for topic, count in counts.items() if count}


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
