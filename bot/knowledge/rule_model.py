"""The reading rules as frozen objects: facts, conditions and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

UNKNOWN = "unknown"
PHASES = ("p1", "p2", "p3", "p4")
STATES = ("open", "begun", "done", "owed")
FORMS = ("join_existing", "network", "round_table", "msi", "msp")
STATUSES = ("open", "to_confirm", "for_now", "clear")
BASES = ("stated", "derived", "editorial")

# The value of one fact: a word, or a count.
FactValue = str | int


class Look(NamedTuple):
    """One look at one fact: it holds when the word or count is among `values`.

    A tuple, because a reading takes some two hundred of them apart.
    """

    fact: str
    values: frozenset[FactValue]


# All looks of one alternative must hold; one alternative of a condition must.
Alternative = tuple[Look, ...]
Condition = tuple[Alternative, ...]
NEVER: Condition = ()
ALWAYS: Condition = ((),)


@dataclass(frozen=True, slots=True)
class Fact:
    """What rules may look at. `keys`: the keys of a case it comes from, the first one leading.

    values: its words, or every count it can take, the highest standing for all above.
    """

    name: str
    keys: tuple[str, ...]
    values: frozenset[FactValue]
    reading: bool
    private: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a text that suggest something, unless other words say otherwise."""

    terms: tuple[str, ...]
    unless: tuple[str, ...]
    only_if: Condition


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition with its id, what it rests on, and whether its words include `moves_on`."""

    id: str
    when: Condition
    basis: str
    sources: tuple[str, ...]
    moves_on: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a step asks for. A `wish` alone does not begin a step that lies ahead."""

    id: str
    phase: str
    essential: bool
    owed_if_part: bool
    skip_when: Condition
    met_when: Condition
    part_when: Condition
    gap_when: Condition
    basis: str
    sources: tuple[str, ...]
    wish: bool = False


@dataclass(frozen=True, slots=True)
class Form(Rule):
    """A form of cooperation for now; `form` None = none to name yet."""

    form: str | None = None
    status: str = "open"
    could_become: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction(Rule):
    """Answers that do not sit well together; `ask_again` is a key of the case."""

    level: str = "ask"
    ask_again: str = ""


@dataclass(frozen=True, slots=True)
class Situation(Rule):
    """Where a team may be; its three tips, best first."""

    tips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TipRule:
    """How a tip behaves in the advice; `closes`: items it settles, the first its main work."""

    id: str
    phase: str
    kind: str
    closes: tuple[str, ...]
    hold_back: Condition
    any_phase: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """All reading rules, validated. `phases`: each with the exit of its step as `when`.

    private_keys: keys of a case that one person tells alone, never a group's or the desk's.
    """

    facts: Mapping[str, Fact]
    private_keys: frozenset[str]
    cues: Mapping[str, Cue]
    sectors: tuple[str, ...]
    items: tuple[Item, ...]
    phases: Mapping[str, Rule]
    routes: tuple[Rule, ...]
    forms: tuple[Form, ...]
    contradictions: tuple[Contradiction, ...]
    situations: tuple[Situation, ...]
    tips: Mapping[str, TipRule]
    order: Mapping[str, tuple[str, ...]]
    put_off_days: int
    outlook: Rule
    missing: Rule
    chosen_form: Rule
    chosen_phase: Rule
    confidence_of: tuple[str, ...]
    confidence_fewer_than: int
    confidence_sources: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]] = field(repr=False)

    def patterns(self) -> Mapping[str, Mapping[str, str]]:
        """Pattern key -> language -> Fluent pattern: all that the rules can say."""
        return self.words

    def source_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Rule id -> the source ids it rests on, for a check against the inventory."""
        found = {item.id: item.sources for item in self.items}
        rules: list[Rule] = [*self.routes, *self.forms, *self.contradictions, *self.situations]
        found |= {rule.id: rule.sources for rule in rules}
        found |= {f"phase.{key}": rule.sources for key, rule in self.phases.items()}
        return found | {rule.id: rule.sources for rule in (self.outlook, self.missing)}
