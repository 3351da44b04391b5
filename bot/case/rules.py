"""Interprets the condition language of the reading rules; first match wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from bot.knowledge.rule_model import UNKNOWN, Alternative, Condition, FactValue, Rule, Test

AnyRule = TypeVar("AnyRule", bound=Rule)
Values = Mapping[str, FactValue]


def passes(test: Test, values: Values) -> bool:
    """Whether one look at one fact holds."""
    return values[test.fact] in test.values


def match(condition: Condition, values: Values) -> Alternative | None:
    """The first alternative that holds, None if none does."""
    for alternative in condition:
        for test in alternative:
            # `passes`, written out: this is the innermost loop of every reading.
            if values[test.fact] not in test.values:
                break
        else:
            return alternative
    return None


def holds(condition: Condition, values: Values) -> bool:
    """Whether any alternative holds."""
    return match(condition, values) is not None


def first(rules: Iterable[AnyRule], values: Values) -> AnyRule | None:
    """The first rule whose condition holds."""
    return next((rule for rule in rules if match(rule.when, values) is not None), None)


def named(alternative: Alternative | None) -> tuple[str, ...]:
    """The facts an alternative looks at, in its order."""
    return tuple(test.fact for test in alternative or ())


def lacking(condition: Condition, values: Values) -> tuple[str, ...]:
    """The facts that keep the nearest alternatives from holding: what would move it."""
    failing = [
        tuple(test.fact for test in alternative if not passes(test, values))
        for alternative in condition
    ]
    least = min(map(len, failing), default=0)
    nearest = (fact for facts in failing if len(facts) == least for fact in facts)
    return tuple(dict.fromkeys(nearest))


def open_to(condition: Condition, values: Values) -> tuple[str, ...]:
    """The unknown facts that alone keep an alternative from holding: an answer could tip it."""
    found: list[str] = []
    for alternative in condition:
        failing = [test.fact for test in alternative if not passes(test, values)]
        if failing and all(values[fact] == UNKNOWN for fact in failing):
            found += failing
    return tuple(dict.fromkeys(found))
