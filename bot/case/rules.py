"""Interprets the condition language of the reading rules; first match wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from bot.knowledge.rule_model import UNKNOWN, Alternative, Condition, FactValue, Rule

AnyRule = TypeVar("AnyRule", bound=Rule)
Values = Mapping[str, FactValue]


def match(condition: Condition, values: Values) -> Alternative | None:
    """The first alternative that holds, None if none does."""
    for alternative in condition:
        for fact, allowed in alternative:
            if values[fact] not in allowed:
                break
        else:
            return alternative
    return None


def holds(condition: Condition, values: Values) -> bool:
    """Whether any alternative holds."""
    return match(condition, values) is not None


def first(rules: Iterable[AnyRule], values: Values) -> AnyRule | None:
    """The first rule whose condition holds."""
    for rule in rules:
        if match(rule.when, values) is not None:
            return rule
    return None


def named(alternative: Alternative | None) -> tuple[str, ...]:
    """The facts an alternative looks at, in its order."""
    return tuple(look.fact for look in alternative or ())


def lacking(condition: Condition, values: Values) -> list[str]:
    """The facts that keep the nearest alternative from holding: what would move it.

    Of alternatives equally near the first counts: it is the one the words speak of.
    """
    failing = [
        [fact for fact, allowed in alternative if values[fact] not in allowed]
        for alternative in condition
    ]
    return min(failing, key=len, default=[])


def open_to(condition: Condition, values: Values) -> list[str]:
    """The unknown facts that alone keep the first such alternative from holding: an answer to
    them could tip it."""
    for alternative in condition:
        unknown = []
        for fact, allowed in alternative:
            if (value := values[fact]) not in allowed:
                if value != UNKNOWN:
                    break
                unknown.append(fact)
        else:
            if unknown:
                return unknown
    return []
