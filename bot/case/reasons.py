"""Finds why the reading says what it says: rule, answers, sources, and what would move it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.case.facts import Facts
from bot.case.model import Listing, Move, Reason, Value
from bot.case.rules import Values, holds, lacking, match, named, open_to
from bot.case.steps import Statuses, gap_facts, wanting
from bot.knowledge.rule_model import PHASES, UNKNOWN, Form, Item, Rule
from bot.knowledge.rules import Rules


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that reasons are drawn from, for one reading."""

    facts: Facts
    values: Values
    rules: Rules

    def keys(self, names: Sequence[str]) -> tuple[str, ...]:
        """Keys of the case behind these facts: those told, or else the leading one."""
        found: list[str] = []
        given = self.facts.given
        for name in names:
            keys = self.rules.facts[name].keys
            if len(keys) == 1:
                found += keys
            else:
                found += [key for key in keys if key in given] or keys[:1]
        return tuple(dict.fromkeys(found))

    def reason(
        self,
        rule: Rule | Item,
        key: str,
        names: Sequence[str],
        values: Mapping[str, Value] | None = None,
    ) -> Reason:
        """The reason said by pattern `key`, resting on these facts."""
        answers = self.keys(names)
        given, moves_on = self.facts.given, isinstance(rule, Rule) and rule.moves_on
        return Reason(
            about=rule.id,
            key=key,
            values=self._filled(key) if values is None else values,
            answers=answers,
            unknown=tuple([each for each in answers if each not in given]),
            sources=rule.sources,
            basis=rule.basis,
            moves_on=f"{rule.id}.moves_on" if moves_on else None,
            private=not self.rules.private_keys.isdisjoint(answers),
        )

    def of_rule(self, rule: Rule) -> Reason:
        """The reason of a rule that holds."""
        return self.reason(rule, f"{rule.id}.text", named(match(rule.when, self.values)))

    def move(self, about: str, key: str | None, names: Sequence[str]) -> Move:
        """What would change the step or the form: pattern, keys, and those not told yet."""
        answers = self.keys(names)
        unknown = self.keys([name for name in names if self.values[name] == UNKNOWN])
        return Move(about, key, answers, unknown)

    def _filled(self, key: str) -> dict[str, Value]:
        said = self.rules.words[key]["en"]
        values: dict[str, Value] = {}
        if "$existing" in said:
            names = self.facts.existing
            values["existing"] = Listing(names) if names else UNNAMED
        if "$missing" in said:
            values["missing"] = Listing(tuple(f"sector.{s}" for s in self.facts.missing), True)
        return values


UNNAMED = Listing(("existing.unnamed",), True)


def of_phase(grounds: Grounds, main: str, chosen: bool) -> Reason:
    """Why the work lies here: what let the team leave the step before, what keeps it in this."""
    rule = grounds.rules.phases[main]
    if chosen:
        name = Listing((f"phase.{main}.name",), True)
        return grounds.reason(rule, f"{grounds.rules.chosen_phase.id}.text", (), {"phase": name})
    place = PHASES.index(main)
    before = grounds.rules.phases[PHASES[place - 1]].when if place else ()
    facts = (*named(match(before, grounds.values)), *lacking(rule.when, grounds.values))
    return grounds.reason(rule, f"{rule.id}.text", facts)


def of_form(grounds: Grounds, rule: Form, chosen: str | None) -> Reason:
    """Why this form: the rule that holds, or the team's own choice."""
    if chosen is None:
        return grounds.of_rule(rule)
    own = grounds.rules.chosen_form
    name = Listing((f"form_name.{chosen}",), True)
    return grounds.reason(own, f"{own.id}.text", (), {"form": name})


def of_contradictions(grounds: Grounds) -> tuple[Reason, ...]:
    """The answers that do not sit well together."""
    values, rules = grounds.values, grounds.rules.contradictions
    return tuple([grounds.of_rule(rule) for rule in rules if holds(rule.when, values)])


def of_gaps(
    grounds: Grounds, found: Statuses, states: Values, main: str
) -> Iterator[tuple[Item, Reason]]:
    """The gaps of owed steps and of the main one, step by step."""
    for item in grounds.rules.items:
        if (item.phase == main or states[item.phase] == "owed") and wanting(item, found):
            facts = gap_facts(item, found, grounds.values)
            yield item, grounds.reason(item, f"item.{item.id}.gap", facts)


def moves(grounds: Grounds, main: str, form: Form) -> tuple[Move, ...]:
    """What would move the team to another step, and to another form."""
    values, rules = grounds.values, grounds.rules
    leave = lacking(rules.phases[main].when, values)
    facts: list[str] = []
    earlier = True
    for rule in rules.forms:
        earlier = earlier and rule is not form
        if earlier:
            facts += open_to(rule.when, values)
        elif rule.form and f"type.{rule.form}" in form.could_become:
            facts += lacking(rule.when, values)
    key = f"{form.id}.moves_on" if form.moves_on else None
    return (
        grounds.move("phase", f"phase.{main}.moves_on", leave),
        grounds.move("form", key, tuple(dict.fromkeys(facts))),
    )
