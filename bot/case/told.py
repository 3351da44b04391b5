"""Puts a reading into words: resolves lists, and writes the JSON of the public contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.case.model import Listing, Reading, Reason, Value

# (pattern key, plain values) -> the words in one language.
Words = Callable[[str, Mapping[str, str | int]], str]


def said(key: str, values: Mapping[str, Value], words: Words) -> str:
    """The pattern in words, every listing in it said first."""
    return words(key, {name: _plain(value, words) for name, value in values.items()})


def _plain(value: Value, words: Words) -> str | int:
    return listed(value, words) if isinstance(value, Listing) else value


def listed(listing: Listing, words: Words) -> str:
    """`a`, `a and b`, `a, b and c`, as the language has it; empty for nothing."""
    parts = [words(item, {}) if listing.keyed else item for item in listing.items]
    if len(parts) < 2:
        return "".join(parts)
    so_far = parts[0]
    for part in parts[1:-1]:
        so_far = words("list.more", {"first": so_far, "last": part})
    return words("list.two", {"first": so_far, "last": parts[-1]})


def to_json(reading: Reading, words: Words, kb_similar: Sequence[str] = ()) -> dict[str, Any]:
    """The reading as the public contract has it; plain JSON types only."""
    owed = dict.fromkeys(each.tip or each.item for each in reading.owed)
    return {
        "phase": reading.phase,
        "profile": dict(reading.profile),
        "route": reading.route,
        "form": reading.form,
        "form_status": reading.form_status,
        "form_otherwise": reading.form_otherwise,
        "could_become": list(reading.could_become),
        "missing_sectors": list(reading.missing_sectors),
        "similar_partnerships": list(kb_similar[:3]),
        "contradictions": [_reason(each, words) for each in reading.contradictions],
        "reasons": [_reason(each, words) for each in reading.reasons],
        "owed": list(owed),
        "to_ask": list(reading.to_ask),
        "confidence": {
            "first_glimpse": reading.confidence.first_glimpse,
            "one_voice": reading.confidence.one_voice,
            "answers": reading.confidence.answers,
        },
        "outlook": list(reading.outlook),
        "next_tips": list(reading.next_tips),
    }


def _reason(reason: Reason, words: Words) -> dict[str, Any]:
    return {
        "about": reason.about,
        "text": said(reason.key, reason.values, words),
        "answers": list(reason.answers),
        "sources": list(reason.sources),
    }
