"""Reads the small condition language of the rules and says what an editor got wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from bot.knowledge.rule_model import UNKNOWN, Alternative, Condition, Fact, FactValue, Look

# (key below the rule, what is wrong, remedy)
Note = Callable[[str, str, str], None]


def condition(read: Any, facts: Mapping[str, Fact], note: Note) -> Condition:
    """A mapping (all must hold) or a list of mappings (one must); faults go to `note`."""
    alternatives = read if isinstance(read, list) else [read]
    return tuple(_alternative(each, facts, note) for each in alternatives)


def _alternative(read: Any, facts: Mapping[str, Fact], note: Note) -> Alternative:
    if not isinstance(read, dict):
        note("", f"{read!r} is no condition", "Write {fact: value}")
        return ()
    looks = []
    for name, wanted in read.items():
        if name in facts:
            looks.append(_look(facts[name], wanted, note))
        else:
            note(str(name), f"there is no fact {name!r}", _nearest(str(name), facts))
    return tuple(looks)


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name, list(known), 1, 0.5)
    return f"Did you mean {near[0]}" if near else "Use a fact of facts.yaml"


def _look(fact: Fact, wanted: Any, note: Note) -> Look:
    if not isinstance(wanted, dict):
        return Look(fact.name, _values(fact, wanted, note))
    if set(wanted) == {"not"}:
        every = fact.values | {UNKNOWN}
        return Look(fact.name, every - _values(fact, wanted["not"], note))
    return Look(fact.name, _range(fact, wanted, note))


def _values(fact: Fact, wanted: Any, note: Note) -> frozenset[FactValue]:
    """The words or counts meant; whatever `fact` cannot be is noted and left out."""
    values = set(wanted if isinstance(wanted, list) else [wanted])
    possible = {each for each in values if each in fact.values and not isinstance(each, bool)}
    for value in values - possible - {UNKNOWN}:
        allowed = ", ".join(sorted(map(str, fact.values)))
        note(fact.name, f"it can never be {value!r}", f"Use one of: {allowed}, unknown")
    return frozenset(possible | (values & {UNKNOWN}))


def _range(fact: Fact, wanted: dict[str, Any], note: Note) -> frozenset[FactValue]:
    """Counts from min to max; unknown too where or_unknown says so."""
    counts = {each for each in fact.values if isinstance(each, int)}
    low, high = wanted.get("min", min(counts, default=0)), wanted.get("max", max(counts, default=0))
    if not counts or set(wanted) - {"min", "max", "or_unknown"}:
        note(fact.name, f"{wanted!r} does not fit", "Use min, max, or_unknown, for counts only")
    elif not (isinstance(low, int) and isinstance(high, int) and low <= high):
        note(fact.name, f"{wanted!r} is no range", "Give whole numbers, min not above max")
    else:
        unknown: set[FactValue] = {UNKNOWN} if wanted.get("or_unknown") is True else set()
        return frozenset({each for each in counts if low <= each <= high} | unknown)
    return frozenset()
