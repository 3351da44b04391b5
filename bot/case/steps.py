"""Where the work lies: the state of every item, of the four steps, and the main step."""

from __future__ import annotations

from collections.abc import Mapping

from bot.case.rules import Values, holds, match, named, open_to
from bot.knowledge.rule_model import PHASES, Item
from bot.knowledge.rules import Rules

# Item id -> skipped, met, part, gap or unknown.
Statuses = Mapping[str, str]


def main_phase(values: Values, rules: Rules) -> str:
    """The first step whose exit is not passed; the last one when all are."""
    leaving = (p for p in PHASES[:-1] if not holds(rules.phases[p].when, values))
    return next(leaving, PHASES[-1])


def statuses(values: Values, rules: Rules) -> dict[str, str]:
    """What is known of every item."""
    return {item.id: _status(item, values) for item in rules.items}


def _status(item: Item, values: Values) -> str:
    if match(item.skip_when, values) is not None:
        return "skipped"
    if match(item.met_when, values) is not None:
        return "met"
    if match(item.part_when, values) is not None:
        return "part"
    return "gap" if match(item.gap_when, values) is not None else "unknown"


def wanting(item: Item, found: Statuses) -> bool:
    """Whether an item is worth going back to, once its step lies behind."""
    state = found[item.id]
    return state == "gap" or (state == "part" and item.owed_if_part)


def profile(found: Statuses, main: str, rules: Rules) -> dict[str, str]:
    """Step -> open, begun, done or owed; an answer not given never makes a step owed."""
    return {phase: _state(phase, found, main, rules) for phase in PHASES}


def _state(phase: str, found: Statuses, main: str, rules: Rules) -> str:
    items = [item for item in rules.items if item.phase == phase]
    settled = all(found[i.id] in ("met", "skipped") for i in items if i.essential)
    if phase < main:
        if any(wanting(item, found) for item in items):
            return "owed"
        return "done" if settled else "begun"
    if phase == PHASES[-1] == main and settled and all(found[i.id] != "gap" for i in items):
        return "done"
    if phase > main:
        items = [item for item in items if not item.wish]
    return "begun" if any(found[i.id] in ("met", "part") for i in items) else "open"


def gap_facts(item: Item, found: Statuses, values: Values) -> tuple[str, ...]:
    """The facts for which the item is a gap, or only partly there."""
    when = item.gap_when if found[item.id] == "gap" else item.part_when
    return named(match(when, values))


def unasked(found: Statuses, values: Values, main: str, rules: Rules) -> tuple[str, ...]:
    """Facts nobody told that the main step and those before it would like to know.

    First what would let the team move on, then what their steps need, then the rest.
    """
    facts = open_to(rules.phases[main].when, values)
    rest: list[str] = []
    for item in rules.items:
        wanted = item.phase < main or (item.phase == main and item.essential)
        if wanted and found[item.id] in ("unknown", "part", "gap"):
            (facts if item.essential else rest).extend(open_to(item.met_when, values))
    return tuple(dict.fromkeys(facts + rest))
