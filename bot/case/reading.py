"""Reads a case: which step, which way and form, what is missing, what to do next, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.case import reasons, steps
from bot.case.advice import Marks, next_tips, situation
from bot.case.facts import Facts, of
from bot.case.model import Confidence, Owed, Reading
from bot.case.reasons import Grounds
from bot.case.rules import first, holds
from bot.knowledge.rule_model import FORMS, PHASES, UNKNOWN, FactValue, Form, Rule
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
    _allowed(phase, PHASES)
    _allowed(form, FORMS)
    facts = of(case, rules)
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
    gaps = list(reasons.of_gaps(grounds, found, states, main))
    where = situation(values, rules)
    asked = steps.unasked(found, values, main, rules)
    return Reading(
        phase=main,
        profile=states,
        items=found,
        route=route.id.removeprefix("route."),
        form=form or rule.form,
        form_status="chosen" if form else rule.status,
        form_rule=rule.id,
        form_otherwise=_otherwise(values, rules, rule, form),
        could_become=() if form else rule.could_become,
        missing_sectors=facts.missing,
        missing_shown=bool(facts.missing) and not holds(rules.missing.when, values),
        missing_perhaps=facts.unsure,
        contradictions=tuple(
            grounds.of_rule(each) for each in rules.contradictions if holds(each.when, values)
        ),
        reasons=(
            grounds.of_rule(route),
            reasons.of_phase(grounds, main, main != ours),
            reasons.of_form(grounds, rule, form),
            *(reason for _, reason in gaps),
        ),
        owed=tuple(_owed(item.id, item.phase, rules) for item, _ in gaps if item.phase < main),
        to_ask=grounds.keys([fact for fact in asked if rules.facts[fact].keys]),
        confidence=_confidence(facts, rules, voices),
        outlook=rules.outlook.sources if holds(rules.outlook.when, values) else (),
        next_tips=next_tips(values, found, rules, marks, where),
        situation=grounds.of_rule(where),
        moves=reasons.moves(grounds, main, rule),
        overruled_phase=ours if main != ours else None,
        overruled_form=(rule.form or "none_yet") if form and form != rule.form else None,
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


def _otherwise(
    values: dict[str, FactValue], rules: Rules, rule: Form, chosen: str | None
) -> str | None:
    """What else would fit: the next rule beside joining, or ours beside the choice of a team."""
    if chosen:
        return rule.form if rule.form != chosen else None
    if rule.form != "join_existing":
        return None
    other = first((each for each in rules.forms if each.form != "join_existing"), values)
    return other.form if other else None


def _owed(item: str, phase: str, rules: Rules) -> Owed:
    tips = [tip for tip in rules.tips.values() if item in tip.closes]
    tips.sort(key=lambda tip: tip.closes.index(item))
    return Owed(item, phase, tips[0].id if tips else None)


def _confidence(facts: Facts, rules: Rules, voices: int) -> Confidence:
    known = sum(facts.values[fact] != UNKNOWN for fact in rules.confidence_of)
    return Confidence(known < rules.confidence_fewer_than, voices < 2, len(facts.given))
