"""Makes the typed, validated reading rules out of the parsed rule files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.knowledge.fields import Languages
from bot.knowledge.lists import ListError
from bot.knowledge.rule_checks import consistent
from bot.knowledge.rule_model import (
    ALWAYS,
    FORMS,
    PHASES,
    STATUSES,
    Contradiction,
    Cue,
    Fact,
    FactValue,
    Form,
    Item,
    Rule,
    Rules,
    Situation,
    TipRule,
)
from bot.knowledge.rule_reader import Source

__all__ = ["Rules", "RulesError", "parse"]

RULE = frozenset({"when", "basis", "sources", "text"})
ITEM = frozenset(
    {"essential", "owed_if_part", "skip_when", "met_when", "part_when", "gap_when", "basis"}
    | {"sources", "gap", "wish"}
)
PARTS = frozenset(
    {"facts", "cues", "sectors", "confidence", "steps", "phases", "chosen", "outlook", "routes"}
    | {"forms", "chosen_form", "spectrum", "missing", "contradictions", "put_off_days"}
    | {"situations", "tips", "order", "labels"}
)


class RulesError(ListError):
    """The rules cannot be used; `mistakes` names file, key and remedy of every fault."""


def parse(documents: Mapping[str, Any], languages: Languages) -> Rules:
    """The rules in `documents` (file name -> parsed YAML); RulesError with all faults."""
    source = Source(documents, languages)
    source.unknown_parts(PARTS)
    source.facts = dict(_facts(source))
    rules = _rules(source)
    consistent(rules, source.note)
    if source.mistakes:
        raise RulesError(source.mistakes)
    return rules


def _rules(source: Source) -> Rules:
    confidence = source.part("confidence")
    for key, body in source.part("labels").items():
        source.text("labels", {key: body}, key, key)
    _rule(source, "spectrum")
    return Rules(
        facts=MappingProxyType(source.facts),
        private_keys=frozenset(
            key for fact in source.facts.values() if fact.private for key in fact.keys
        ),
        cues=MappingProxyType(_cues(source)),
        sectors=tuple(source.plain("sectors", list)),
        items=tuple(_items(source)),
        phases=MappingProxyType(_phases(source)),
        routes=tuple(_routes(source)),
        forms=tuple(_forms(source)),
        contradictions=tuple(_contradictions(source)),
        situations=tuple(_situations(source)),
        tips=MappingProxyType(_tips(source)),
        order=MappingProxyType({p: source.names("order", source.part("order"), p) for p in PHASES}),
        put_off_days=source.plain("put_off_days", int),
        outlook=_rule(source, "outlook"),
        missing=_missing(source),
        chosen_form=_rule(source, "chosen_form", "form.chosen"),
        chosen_phase=_rule(source, "chosen", "phase.chosen"),
        confidence_of=source.names("confidence", confidence, "of"),
        confidence_fewer_than=int(confidence.get("fewer_than", 0)),
        confidence_sources=source.sources("confidence", confidence),
        words=MappingProxyType(source.words),
    )


def _facts(source: Source) -> dict[str, Fact]:
    found = {}
    allowed = frozenset({"from", "values", "up_to", "reading", "private"})
    for name, body in source.entries("facts", allowed):
        path = f"facts/{name}"
        found[name] = Fact(
            name,
            source.names(path, body, "from"),
            _values(source, path, body),
            source.flag(path, body, "reading"),
            source.flag(path, body, "private"),
        )
    return found


def _values(source: Source, path: str, body: dict[str, Any]) -> frozenset[FactValue]:
    """The words a fact may be, or the counts from 0 up to the highest."""
    if "up_to" not in body:
        return frozenset(source.names(path, body, "values"))
    highest = body["up_to"]
    if not isinstance(highest, int) or "values" in body:
        source.note(path, "it needs values or up_to, a count", "Give one of the two")
        return frozenset()
    return frozenset(range(highest + 1))


def _cues(source: Source) -> dict[str, Cue]:
    found = {}
    for name, body in source.entries("cues", frozenset({"terms", "unless", "only_if"})):
        path = f"cues/{name}"
        terms, unless = (source.names(path, body, key) for key in ("terms", "unless"))
        found[name] = Cue(terms, unless, source.when(path, body, "only_if"))
    return found


def _items(source: Source) -> list[Item]:
    found = []
    for phase, step in source.entries("steps", frozenset({"items"})):
        for name, body in step.get("items", {}).items():
            path = f"steps/{phase}/{name}"
            if source.allowed(path, body, ITEM):
                found.append(_item(source, path, name, phase, body))
    return found


def _item(source: Source, path: str, name: str, phase: str, body: dict[str, Any]) -> Item:
    if "gap_when" in body or body.get("owed_if_part"):
        source.text(path, body, "gap", f"item.{name}.gap")
    times = ("skip_when", "met_when", "part_when", "gap_when")
    skip, met, part, gap = (source.when(path, body, key) for key in times)
    essential, owed_if_part = (source.flag(path, body, k) for k in ("essential", "owed_if_part"))
    sources, basis = source.sources(path, body), source.basis(path, body)
    wish = source.flag(path, body, "wish")
    return Item(name, phase, essential, owed_if_part, skip, met, part, gap, basis, sources, wish)


def _rule(source: Source, part: str, key: str = "") -> Rule:
    body = source.part(part)
    source.allowed(part, body, RULE)
    return _made(source, part, key or part, body)


def _made(source: Source, path: str, key: str, body: dict[str, Any]) -> Rule:
    """The rule under `key`; its words become the pattern `key`.text (and `key`.moves_on)."""
    source.text(path, body, "text", f"{key}.text")
    if "moves_on" in body:
        source.text(path, body, "moves_on", f"{key}.moves_on")
    when = source.when(path, body) if "when" in body else ALWAYS
    basis, sources = source.basis(path, body), source.sources(path, body)
    return Rule(key, when, basis, sources, "moves_on" in body)


def _missing(source: Source) -> Rule:
    """The rule whose condition says when missing sectors are not shown."""
    body = dict(source.part("missing"))
    source.text("missing", body, "perhaps", "missing.perhaps")
    body["when"] = body.pop("hide_when", [])
    body.pop("perhaps", None)
    source.allowed("missing", body, RULE)
    return _made(source, "missing", "missing", body)


def _phases(source: Source) -> dict[str, Rule]:
    found = {}
    allowed = RULE - {"when"} | {"exit", "name", "moves_on"}
    for phase, body in source.entries("phases", allowed):
        path = f"phases/{phase}"
        source.text(path, body, "name", f"phase.{phase}.name")
        plain = _made(source, path, f"phase.{phase}", body)
        leave = source.when(path, body, "exit")
        found[phase] = Rule(plain.id, leave, plain.basis, plain.sources, plain.moves_on)
    return found


def _routes(source: Source) -> list[Rule]:
    entries = source.entries("routes", RULE)
    return [_made(source, f"routes/{name}", f"route.{name}", body) for name, body in entries]


def _forms(source: Source) -> list[Form]:
    found = []
    allowed = RULE | {"form", "status", "could_become", "moves_on"}
    for name, body in source.entries("forms", allowed):
        path = f"forms/{name}"
        rule = _made(source, path, name, body)
        form = source.word(path, body, "form", (*FORMS, "none_yet"))
        status = source.word(path, body, "status", STATUSES)
        become = source.names(path, body, "could_become")
        chosen = None if form == "none_yet" else form
        rest = (rule.basis, rule.sources, rule.moves_on)
        found.append(Form(name, rule.when, *rest, form=chosen, status=status, could_become=become))
    return found


def _contradictions(source: Source) -> list[Contradiction]:
    found = []
    for name, body in source.entries("contradictions", RULE | {"level", "ask_again"}):
        path = f"contradictions/{name}"
        rule = _made(source, path, name, body)
        level = source.word(path, body, "level", ("ask", "look"))
        keys = tuple(sorted({key for fact in source.facts.values() for key in fact.keys}))
        again = source.word(path, body, "ask_again", keys) if keys else ""
        found.append(Contradiction(name, rule.when, rule.basis, rule.sources, False, level, again))
    return found


def _situations(source: Source) -> list[Situation]:
    found = []
    for name, body in source.entries("situations", RULE | {"tips"}):
        path = f"situations/{name}"
        rule = _made(source, path, name, {"basis": "editorial", **body})
        tips = source.names(path, body, "tips")
        found.append(Situation(name, rule.when, rule.basis, rule.sources, False, tips))
    return found


def _tips(source: Source) -> dict[str, TipRule]:
    found = {}
    allowed = frozenset({"kind", "closes", "hold_back", "any_phase"})
    for name, body in source.entries("tips", allowed):
        path = f"tips/{name}"
        kind = source.word(path, body, "kind", ("act", "stance", "option", "heading"))
        closes, hold = source.names(path, body, "closes"), source.when(path, body, "hold_back")
        any_phase = source.flag(path, body, "any_phase")
        found[name] = TipRule(name, name.split(".")[0], kind, closes, hold, any_phase)
    return found
