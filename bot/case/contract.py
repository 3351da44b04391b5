"""The public CASE.json: its keys, what each may hold, and what to say if it does not."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from bot.errors import BotError

SCALE = ("not_yet", "begun", "agreed")
YES_NO = ("yes", "no")
SECTORS = ("public", "private", "civil_society", "academia")

# Key -> its words. A step on the scale may also be told as yes or no, and the other way round:
# "more or less" is an answer to a yes-or-no question too.
WORDS: Mapping[str, tuple[str, ...]] = {
    "lang": ("fr", "en", "de", "es"),
    "trigger": ("crisis", "study", "business", "cross_sector", "other"),
    "existing_known": YES_NO,
    "shared_goal": SCALE + YES_NO,
    "roles": SCALE + YES_NO,
    "red_lines": SCALE + YES_NO,
    "communication_rules": SCALE + YES_NO,
    "decisions": SCALE + YES_NO,
    "secretariat": SCALE + YES_NO,
    "milestones_agreed": SCALE + YES_NO,
    "three_sectors_wanted": YES_NO + SCALE,
    "equal_footing": YES_NO + SCALE,
    "long_term": YES_NO + SCALE,
    "common_good": YES_NO + SCALE,
    "funding": ("none", "single", "several"),
    "exchange_only": YES_NO,
    "ambition": ("exchange", "advise", "act", "transform"),
    "existing_fit": ("same", "partial", "different"),
    "affected_represented": ("agreed", "begun", "not_yet", "risky"),
    "funding_horizon": ("short", "long"),
    "secretariat_need": ("felt", "not_felt"),
    "mood": ("fine", "tired", "conflict"),
}
TEXTS = ("problem", "goal", "topic")
LISTS: Mapping[str, tuple[str, ...]] = {"existing": (), "sectors_left_out": SECTORS}
KEYS = (*WORDS, *TEXTS, *LISTS, "actors")
ACTOR: Mapping[str, tuple[str, ...]] = {
    "name": (),
    "sector": (*SECTORS, "own_group"),
    "status": ("idea", "contacted", "in_talks", "committed"),
    "influence": ("low", "high"),
    "interest": ("low", "high"),
}


class CaseError(BotError):
    """A case that cannot be read: names the key, what stood there, what is allowed."""


def check(case: Mapping[str, Any]) -> dict[str, Any]:
    """The keys told (null = not known yet, left out); CaseError at the first that does not fit."""
    if not isinstance(case, Mapping):
        raise CaseError(f"The case is {_shown(case)}; allowed: one JSON object.")
    told = {}
    for key, value in case.items():
        _known(key, KEYS, "The case")
        if value is None:
            continue
        if key in WORDS:
            _one_of(key, value, WORDS[key])
        elif key in TEXTS:
            _text(key, value)
        elif key in LISTS:
            _list(key, value, LISTS[key])
        else:
            _actors(value)
        told[key] = value
    return told


def _known(key: object, keys: tuple[str, ...], where: str) -> None:
    if key in keys:
        return
    near = get_close_matches(str(key), keys, 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(sorted(keys))}."
    raise CaseError(f"{where} has an unknown key {str(key)[:60]!r}; {hint}")


def _one_of(key: str, value: Any, allowed: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in allowed:
        raise CaseError(f"{key} is {_shown(value)}; allowed: {', '.join(allowed)}.")


def _text(key: str, value: Any) -> None:
    if not isinstance(value, str):
        raise CaseError(f"{key} is {_shown(value)}; allowed: a text.")


def _list(key: str, value: Any, allowed: tuple[str, ...]) -> None:
    if not isinstance(value, list | tuple):
        raise CaseError(f"{key} is {_shown(value)}; allowed: a list.")
    for place, each in enumerate(value):
        if allowed:
            _one_of(f"{key}[{place}]", each, allowed)
        else:
            _text(f"{key}[{place}]", each)


def _actors(value: Any) -> None:
    if not isinstance(value, list | tuple):
        raise CaseError(f"actors is {_shown(value)}; allowed: a list of objects.")
    for place, actor in enumerate(value):
        where = f"actors[{place}]"
        if not isinstance(actor, Mapping):
            raise CaseError(f"{where} is {_shown(actor)}; allowed: an object with a name.")
        for key, inside in actor.items():
            _known(key, tuple(ACTOR), where)
            if inside is None:
                continue
            if ACTOR[key]:
                _one_of(f"{where}.{key}", inside, ACTOR[key])
            else:
                _text(f"{where}.{key}", inside)


def _shown(value: object) -> str:
    """The value as JSON-like text, shortened; the kind alone where it is long."""
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
