"""Reads a case: which step, which way and form, what is missing, what to do next, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.case import reasons, steps
from bot.case.advice import Marks, next_tips, situation
from bot.case.facts import Facts, of
from bot.case.model import Confidence, Owed, Reading, Reason
from bot.case.reasons import Grounds
from bot.case.rules import first, holds
from bot.knowledge.rule_model import FORMS, PHASES, UNKNOWN, FactValue, Form, Item, Rule, Situation
from bot.knowledge.rules import Rules

__all__ = ["Reading", "read"]

NO_MARKS: Marks = {}


def read(
    case: Mapping[str, Any],
    rules: Rules,
    *,
    phase: str | None = None,
    form: str | None = None,
    marks: Marks = NO_MARKS,
    voices: int = 1,
) -> Reading:
    """The reading of a public CASE.json; CaseError where the case breaks the contract.

    phase, form: the team's own choice, which overrules ours. marks: what the team did with tips.
    voices: how many people's answers the case holds.
    """
    settled = _settled(of(case, rules), rules, phase, form)
    where = situation(settled.values, rules)
    return _reading(settled, where, marks, voices)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What is decided before anything is explained. `chosen`: the team's own form, `ours`: our
    step and rule for the form, `main`: the step that counts."""

    values: Mapping[str, FactValue]
    grounds: Grounds
    route: Rule
    form: Form
    chosen: str | None
    ours: str
    main: str
    found: steps.Statuses
    states: Mapping[str, str]


def _settled(facts: Facts, rules: Rules, phase: str | None, form: str | None) -> _Settled:
    _allowed(phase, PHASES)
    _allowed(form, FORMS)
    values: dict[str, FactValue] = dict(facts.values)
    if form:
        values["form_chosen"] = form
    route, rule = _way(values, rules)
    ours = steps.main_phase(values, rules)
    main = values["phase"] = phase or ours
    found = steps.statuses(values, rules)
    states = steps.profile(found, main, rules)
    values["p4_state"] = states["p4"]
    grounds = Grounds(facts, values, rules)
    return _Settled(values, grounds, route, rule, form, ours, main, found, states)


def _reading(it: _Settled, where: Situation, marks: Marks, voices: int) -> Reading:
    grounds, rules, facts = it.grounds, it.grounds.rules, it.grounds.facts
    gaps = list(reasons.of_gaps(grounds, it.found, it.states, it.main))
    return Reading(
        phase=it.main,
        profile=it.states,
        items=it.found,
        route=it.route.id.removeprefix("route."),
        form=it.chosen or it.form.form,
        form_status="chosen" if it.chosen else it.form.status,
        form_rule=it.form.id,
        form_otherwise=_otherwise(it),
        could_become=() if it.chosen else it.form.could_become,
        missing_sectors=facts.missing,
        missing_shown=bool(facts.missing) and not holds(rules.missing.when, it.values),
        missing_perhaps=facts.unsure,
        contradictions=reasons.of_contradictions(grounds),
        reasons=(*_way_reasons(it), *(reason for _, reason in gaps)),
        owed=tuple(_owed(item, rules) for item, _ in gaps if item.phase < it.main),
        to_ask=grounds.keys(steps.unasked(it.found, it.values, it.main, rules)),
        confidence=_confidence(facts, rules, voices),
        outlook=rules.outlook.sources if holds(rules.outlook.when, it.values) else (),
        next_tips=next_tips(it.values, _reopened(it, rules), rules, marks, where),
        situation=grounds.of_rule(where),
        moves=reasons.moves(grounds, it.main, it.form),
        overruled_phase=it.ours if it.main != it.ours else None,
        overruled_form=_overruled(it),
    )


def _allowed(chosen: str | None, allowed: tuple[str, ...]) -> None:
    if chosen is not None and chosen not in allowed:
        raise ValueError(f"{chosen!r} is none of {', '.join(allowed)}")


def _way(values: dict[str, FactValue], rules: Rules) -> tuple[Rule, Form]:
    """The route and the form; both lists of rules cover every case, which a law tests."""
    route, form = first(rules.routes, values), first(rules.forms, values)
    if route is None or form is None:
        raise LookupError("no rule for the route or the form holds; the last one always should")
    values["route"] = route.id.removeprefix("route.")
    values["form_rule"] = form.id
    return route, form


def _way_reasons(it: _Settled) -> tuple[Reason, Reason, Reason]:
    """Why this route, this step and this form."""
    return (
        it.grounds.of_rule(it.route),
        reasons.of_phase(it.grounds, it.main, it.main != it.ours),
        reasons.of_form(it.grounds, it.form, it.chosen),
    )


def _otherwise(it: _Settled) -> str | None:
    """What else would fit: the next rule beside joining, or ours beside the choice of a team."""
    if it.chosen:
        return it.form.form if it.form.form != it.chosen else None
    if it.form.form != "join_existing":
        return None
    others = (each for each in it.grounds.rules.forms if each.form != "join_existing")
    other = first(others, it.values)
    return other.form if other else None


def _overruled(it: _Settled) -> str | None:
    """The form our rules had named, where the team chose another."""
    if it.chosen is None or it.chosen == it.form.form:
        return None
    return it.form.form or "none_yet"


def _owed(item: Item, rules: Rules) -> Owed:
    """With the tip that settles it, rather one whose main work it is."""
    tips = [tip for tip in rules.tips.values() if item.id in tip.closes]
    tips.sort(key=lambda tip: tip.closes.index(item.id))
    return Owed(item.id, item.phase, tips[0].id if tips else None)


def _reopened(it: _Settled, rules: Rules) -> Mapping[str, str]:
    """A team that chooses an earlier step means to work there, also on what looks settled."""
    if it.main >= it.ours:
        return it.found
    again = {item.id: "unknown" for item in rules.items if item.phase == it.main}
    return {**it.found, **again}


def _confidence(facts: Facts, rules: Rules, voices: int) -> Confidence:
    known = sum(facts.values[fact] != UNKNOWN for fact in rules.confidence_of)
    return Confidence(known < rules.confidence_fewer_than, voices < 2, len(facts.given))
