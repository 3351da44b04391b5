"""Three tips for now: what fits the team's situation, without what it has done or put aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.case.rules import Values, first, holds
from bot.case.steps import Statuses
from bot.knowledge.rule_model import PHASES, Situation, TipRule
from bot.knowledge.rules import Rules

HOW_MANY = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """What a team did with a tip, and how many days ago."""

    kind: Literal["done", "not_now", "not_for_us"]
    days_ago: int = 0


Marks = Mapping[str, Mark]


def situation(values: Values, rules: Rules) -> Situation:
    """The first situation that holds; the last one of each step holds for every team there."""
    found = first(rules.situations, values)
    return rules.situations[-1] if found is None else found


def next_tips(
    values: Values, found: Statuses, rules: Rules, marks: Marks, where: Situation
) -> tuple[str, ...]:
    """At most three tip ids, best first; fewer only where the team put nearly all aside.

    `values` hold the main step as `phase`; `found` is the state of every item. Limits on what
    fills up (one stance, one tip from further on) give way before a place stays empty.
    """
    main = str(values["phase"])
    chosen: list[str] = []
    for limits in (2, 1, 0):
        for name, filler in _candidates(where, found, rules, main):
            tip = rules.tips[name]
            if name in chosen or _passed_over(tip, values, found, rules, marks):
                continue
            if _fits(tip, chosen, rules, main, filler, limits):
                chosen.append(name)
            if len(chosen) == HOW_MANY:
                return tuple(chosen)
    return tuple(chosen)


def _passed_over(tip: TipRule, values: Values, found: Statuses, rules: Rules, marks: Marks) -> bool:
    mark = marks.get(tip.id)
    if mark and (mark.kind != "not_now" or mark.days_ago < rules.put_off_days):
        return True
    return closed(tip, found) or holds(tip.hold_back, values)


def closed(tip: TipRule, found: Statuses) -> bool:
    """Whether the tip's main work is settled and nothing else it settles is wanting."""
    if not tip.closes or found[tip.closes[0]] != "met":
        return False
    return all(found[item] not in ("part", "gap") for item in tip.closes)


def _candidates(
    where: Situation, found: Statuses, rules: Rules, main: str
) -> Iterator[tuple[str, bool]]:
    """(tip id, whether it only fills up), best first; a tip may come more than once."""
    yield from ((name, False) for name in where.tips)
    open_items = {item.id for item in rules.items if found[item.id] in ("gap", "part")}
    for phase in PHASES[: PHASES.index(main) + 1]:
        ours = [item.id for item in rules.items if item.phase == phase and item.id in open_items]
        for item in ours:
            closing = (tip.id for tip in rules.tips.values() if item in tip.closes)
            yield from ((name, True) for name in closing)
    yield from ((name, True) for name in rules.order[main])


def _fits(
    tip: TipRule, chosen: list[str], rules: Rules, main: str, filler: bool, limits: int
) -> bool:
    """`limits` 2: one stance and one far filler at most; 1: one stance at most; 0: anything."""
    others = [rules.tips[name] for name in chosen]
    if limits and tip.kind == "stance" and any(other.kind == "stance" for other in others):
        return False
    far_already = any(_far(other, main) for other in others)
    return not (limits == 2 and filler and _far(tip, main) and far_already)


def _far(tip: TipRule, main: str) -> bool:
    return not tip.any_phase and int(tip.phase[1]) > int(main[1]) + 1
