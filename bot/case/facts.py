"""What a case says, as the few facts the reading rules may look at; what is not told is unknown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.case.contract import CaseError, check
from bot.case.rules import holds
from bot.knowledge.rule_model import UNKNOWN, FactValue
from bot.knowledge.rules import Rules

__all__ = ["CaseError", "Facts", "of", "shareable"]

STEPS = {"yes": "agreed", "no": "not_yet"}
# Fact -> key of the case, where one stands for the other as it is.
SAME: Mapping[str, str] = {
    "trigger": "trigger",
    "existing_fit": "existing_fit",
    "shared_goal": "shared_goal",
    "roles": "roles",
    "rules": "communication_rules",
    "decisions": "decisions",
    "red_lines": "red_lines",
    "three_sectors_wanted": "three_sectors_wanted",
    "secretariat": "secretariat",
    "secretariat_need": "secretariat_need",
    "funding": "funding",
    "funding_horizon": "funding_horizon",
    "long_term": "long_term",
    "equal_footing": "equal_footing",
    "common_good": "common_good",
    "affected": "affected_represented",
    "milestones": "milestones_agreed",
    "mood": "mood",
}
ON_BOARD = frozenset({"in_talks", "committed"})
TRAITS = ("long_term", "equal_footing", "common_good")
NOT_ANSWERS = frozenset({"lang", "topic"})


@dataclass(frozen=True, slots=True)
class Facts:
    """Fact -> value, `unknown` where nobody told. `given`: the keys answered;
    `missing`: sectors neither named nor left out; `unsure`: some actor's sector is open."""

    values: Mapping[str, FactValue]
    given: frozenset[str]
    existing: tuple[str, ...]
    missing: tuple[str, ...]
    unsure: bool


def shareable(case: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """The case without what one person told in private (equality, red lines, mood):
    what a group, the desk or a brief may be read from."""
    return {key: value for key, value in case.items() if key not in rules.private_keys}


def of(case: Mapping[str, Any], rules: Rules) -> Facts:
    """The facts of a public CASE.json; CaseError where it does not keep to the contract."""
    told = check(case)
    values: dict[str, FactValue] = dict(_nothing(rules))
    for fact, key in SAME.items():
        if key in told:
            values[fact] = STEPS.get(told[key], told[key])
    for fact, key in (("problem", "problem"), ("goal_written", "goal")):
        if key in told:
            values[fact] = "agreed" if told[key].strip() else "not_yet"
    named = _actors(told, values, rules)
    _derived(told, values)
    _cues(told, values, rules)
    left_out = told.get("sectors_left_out", ())
    missing = tuple(s for s in rules.sectors if s not in named and s not in left_out)
    if "actors" not in told:
        missing = ()
    elif values["sectors_named"] != UNKNOWN:
        values["sectors_missing"] = len(missing)
    existing = tuple(name.strip() for name in told.get("existing", ()) if name.strip())
    unsure = any(_unsure(actor) for actor in told.get("actors", ()))
    return Facts(values, frozenset(told) - NOT_ANSWERS, existing, missing, unsure)


@lru_cache(maxsize=8)
def _unknown(names: tuple[str, ...]) -> dict[str, FactValue]:
    return dict.fromkeys(names, UNKNOWN)


def _nothing(rules: Rules) -> dict[str, FactValue]:
    return _unknown(tuple(rules.facts))


def _unsure(actor: Mapping[str, Any]) -> bool:
    return actor.get("sector") in (None, "own_group")


def _actors(told: Mapping[str, Any], values: dict[str, FactValue], rules: Rules) -> set[str]:
    """Counts of organisations and sectors; the sectors named.

    Where no sector was told at all, their number is unknown, not zero. Nobody is on board only
    when that was told of every actor.
    """
    if "actors" not in told:
        return set()
    actors = told["actors"]
    values["actors_named"] = min(len(actors), len(rules.facts["actors_named"].values) - 1)
    named = {actor.get("sector") for actor in actors} & set(rules.sectors)
    if actors and all(actor.get("sector") is None for actor in actors):
        return set()
    values["sectors_named"] = values["sectors_on_board"] = len(named)
    statuses = [actor.get("status") for actor in actors]
    if any(statuses):
        serious = [actor for actor in actors if actor.get("status") in ON_BOARD]
        on_board = len({actor.get("sector") for actor in serious} & named)
        untold = None in statuses or any(_unsure(actor) for actor in serious)
        values["sectors_on_board"] = UNKNOWN if not on_board and untold else on_board
    return named


def _derived(told: Mapping[str, Any], values: dict[str, FactValue]) -> None:
    """Facts drawn from several answers."""
    names = [name for name in told.get("existing", ()) if name.strip()]
    if names or told.get("existing_known") == "yes":
        values["existing"] = "found"
    elif "existing" in told or told.get("existing_known") == "no":
        values["existing"] = "none_found"
    if "ambition" in told:
        values["ambition"] = told["ambition"]
    elif told.get("exchange_only") == "yes":
        values["ambition"] = "exchange"
    values["traits"] = _traits([values[trait] for trait in TRAITS])
    values["governance"] = _governance({values["rules"], values["decisions"]})


def _traits(traits: list[FactValue]) -> FactValue:
    if "not_yet" in traits:
        return "one_fails"
    if all(trait == "agreed" for trait in traits):
        return "all_hold"
    return UNKNOWN if all(trait == UNKNOWN for trait in traits) else "open"


def _governance(both: set[FactValue]) -> FactValue:
    if both == {"agreed"}:
        return "agreed"
    if both & {"agreed", "begun"}:
        return "begun"
    return "not_yet" if "not_yet" in both else UNKNOWN


def _cues(told: Mapping[str, Any], values: dict[str, FactValue], rules: Rules) -> None:
    """What the words of the goal suggest; the problem counts only where no goal is written."""
    goal = _plain(told.get("goal", ""))
    texts = {"goal_is_activity": goal, "exchange_cue": goal or _plain(told.get("problem", ""))}
    for fact, text in texts.items():
        cue = rules.cues[fact]
        if not text or not holds(cue.only_if, values):
            continue
        found = any(term in text for term in cue.terms)
        stopped = found and any(term in text for term in cue.unless)
        values[fact] = "likely" if found and not stopped else "none"


def _plain(text: str) -> str:
    """Lower case, accents off, straight apostrophes, single spaces."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("\u2019", "'"))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())
