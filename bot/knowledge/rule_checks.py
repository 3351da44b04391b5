"""Checks what the rules promise together: nothing dangling, nothing held against silence."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.rule_conditions import Note
from bot.knowledge.rule_model import FORMS, PHASES, STATES, UNKNOWN, Alternative, Condition, Rules

NEEDED = (
    *(f"state.{state}" for state in STATES),
    *(f"form_name.{form}" for form in (*FORMS, "none")),
    *(f"phase.{phase}.{part}" for phase in PHASES for part in ("name", "text", "moves_on")),
    *("existing.unnamed", "list.two", "list.more", "sector.unsure", "sector.own_group"),
    *("confidence.first_glimpse", "confidence.one_voice", "outlook.text", "missing.text"),
    *("missing.perhaps", "spectrum.text", "form.chosen.text", "phase.chosen.text"),
)


def consistent(rules: Rules, note: Note) -> None:
    """Every fault between the rules goes to `note` (path, what, remedy)."""
    _tips(rules, note)
    _steps(rules, note)
    _readings(rules, note)
    _fairness(rules, note)
    for key in (*NEEDED, *(f"sector.{sector}" for sector in rules.sectors)):
        if key not in rules.words:
            note(f"labels/{key}", "these words are missing", "Add {fr: .., en: ..}")


def _tips(rules: Rules, note: Note) -> None:
    items = {item.id for item in rules.items}
    offered = {name for name, tip in rules.tips.items() if tip.kind != "heading"}
    for tip in rules.tips.values():
        for item in set(tip.closes) - items:
            note(f"tips/{tip.id}/closes", f"there is no item {item!r}", "Use one of steps.yaml")
    for situation in rules.situations:
        for name in set(situation.tips) - offered:
            note(f"situations/{situation.id}/tips", f"{name!r} cannot be offered", "Use a tip")
        if len(situation.tips) != 3:
            note(f"situations/{situation.id}/tips", "not three tips", "Name three")


def _steps(rules: Rules, note: Note) -> None:
    offered = sorted(name for name, tip in rules.tips.items() if tip.kind != "heading")
    for phase in PHASES:
        if sorted(rules.order[phase]) != offered:
            note(f"order/{phase}", "not every tip once", "List each tip once, headings never")
        if phase not in rules.phases:
            note(f"phases/{phase}", "this step is missing", "Add it")


def _readings(rules: Rules, note: Note) -> None:
    """What the reading sets must be exactly what conditions may ask for."""
    set_by_us = {
        "route": {route.id.removeprefix("route.") for route in rules.routes},
        "form_rule": {form.id for form in rules.forms},
        "phase": set(PHASES),
        "form_chosen": set(FORMS),
        "p4_state": set(STATES),
    }
    for name, values in set_by_us.items():
        fact = rules.facts.get(name)
        if fact is None or fact.values != values:
            note(f"facts/{name}", "its values are not those of the rules", f"List {sorted(values)}")


def _fairness(rules: Rules, note: Note) -> None:
    """No gap and no remark without an answer: silence is never held against a team."""
    for path, when in _remarks(rules):
        for alternative in when:
            if not _rests_on_an_answer(alternative):
                what = "it would hold for a team nobody asked"
                note(path, what, "Name a value that was told, besides unknown")
    for remark in rules.contradictions:
        unasked = [t.fact for each in remark.when for t in each if UNKNOWN in t.values]
        if remark.level == "look" and unasked:
            what = f"a look rests on {unasked[0]} unasked"
            note(f"contradictions/{remark.id}", what, "Make it an ask, or name what was told")


def _remarks(rules: Rules) -> Iterator[tuple[str, Condition]]:
    for item in rules.items:
        yield f"steps/{item.phase}/{item.id}/gap_when", item.gap_when
        if item.owed_if_part:
            yield f"steps/{item.phase}/{item.id}/part_when", item.part_when
    for remark in rules.contradictions:
        yield f"contradictions/{remark.id}", remark.when


def _rests_on_an_answer(alternative: Alternative) -> bool:
    return any(UNKNOWN not in look.values for look in alternative)
