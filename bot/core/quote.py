"""Quoting a team's own answers back to it: in its words, or in the words of the button."""

from __future__ import annotations

from bot.case import model
from bot.case.file import Answer, CaseFile
from bot.core.say import Listing, Value, Words

SHORT, NAMED = 160, 8
SECTORS = ("public", "private", "civil_society", "academia")


def short(text: str, limit: int = SHORT) -> str:
    """`text` on one line, cut at a word when longer than `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + " …"


def quoted(slot: str, case: CaseFile, limit: int = SHORT) -> str | Words | Listing:
    """What was answered to `slot`; actors are quoted from the case itself."""
    answer = case.answers.get(slot)
    if answer is None:
        return Words("choice.not_asked")
    if answer.given != "told":
        return Words(f"choice.was_{answer.given}")
    if slot == "actors":
        return _named(tuple(a.name for a in case.actors), limit)
    return _value(slot, answer, limit)


def _value(slot: str, answer: Answer, limit: int) -> str | Words | Listing:
    value = answer.value
    if value == () and slot == "on_board":
        return Words("choice.nobody_yet")
    if isinstance(value, tuple):
        if slot == "left_out":
            return Listing(tuple(_sector(item) for item in value))
        return _named(value, limit)
    text = value or ""
    if slot == "topic" and text.startswith("topic."):
        return Words(f"{text}#title")
    if slot in FREE_TEXT:
        return short(text, limit)
    return Words(f"intake.{slot}_{text}")


def _sector(item: str) -> Words | str:
    return Words(f"sector.{item}") if item in SECTORS else short(item, 60)


def _named(names: tuple[str, ...], limit: int) -> Listing:
    """The first names and how many more there are; all and whole where much room is given."""
    if limit > SHORT:
        return Listing(names)
    more = (f"+{len(names) - NAMED}",) if len(names) > NAMED else ()
    return Listing((*(short(name, 60) for name in names[:NAMED]), *more))


FREE_TEXT = frozenset({"problem", "goal", "why_ours"})

# Which slot's answer stands behind a fact or a key of CASE.json.
SLOT_OF = {
    "goal_written": "goal",
    "existing_known": "existing",
    "sectors_named": "actors",
    "actors_named": "actors",
    "sectors_on_board": "on_board",
    "actor_status": "on_board",
    "communication_rules": "rules",
    "funding_horizon": "horizon",
    "affected_represented": "affected",
    "sectors_left_out": "left_out",
    "secretariat_need": "secretariat",
    "exchange_only": "ambition",
    "exchange_cue": "goal",
    "goal_is_activity": "goal",
}


def slot_of(fact: str) -> str:
    """The slot whose question settles a fact or a key of CASE.json."""
    return SLOT_OF.get(fact, fact)


def slots_behind(facts: tuple[str, ...], case: CaseFile) -> tuple[str, ...]:
    """The slots answered by the team on which a reason rests, each once."""
    slots = (slot_of(fact) for fact in facts)
    return tuple(dict.fromkeys(s for s in slots if s in case.answers))


def reason_words(reason: model.Reason) -> Words:
    """A reason of the reading as words to be said."""
    values: dict[str, Value] = {}
    for name, value in reason.values.items():
        if isinstance(value, model.Listing):
            items = value.items
            said = (Words(i) for i in items) if value.keyed else (short(i, 60) for i in items)
            values[name] = Listing(tuple(said))
        else:
            values[name] = value
    return Words(reason.key, values)
