"""Practising, pure: which questions come next, and which options a typed answer means."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.case.learning import Learnt
from bot.case.model import Reading
from bot.knowledge import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.text import plain
from bot.quiz.bank import Bank
from bot.quiz.item import LETTERS, Item
from bot.quiz.progress import Places
from bot.quiz.spacing import due

# As many as one looks at while waiting for a bus.
ROUND = 5
UNFINISHED = frozenset({"begun", "owed"})
BETWEEN = re.compile(r"[\s,;.:/&+()>–-]+")
JOINING = frozenset({"et", "and", "und", "y", "puis", "then", "dann", "luego"})
# "Answer b", "la réponse b": so many words may stand around one letter.
SHORT = 3
# So much of an option's words must be typed for it to be meant.
ENOUGH = 4
# Kinds no card is opened of.
UNOPENED = frozenset({"purpose", "topic"})

Tiers = Sequence[Sequence[Item]]
"""Items to choose from; a later tier fills up what the ones before leave open."""


def plan(
    tiers: Tiers,
    learnt: Mapping[str, Learnt],
    now: datetime,
    seed: int,
    number: int = ROUND,
    past: Collection[str] = (),
) -> tuple[str, ...]:
    """Up to `number` ids: what is due, then what is new, then what is due soonest.

    `past`: those just asked, which come again only where nothing else is left.
    """
    pool = {item.id: item for tier in tiers for item in tier}
    found = [i for i in due(learnt, now) if i in pool and i not in past][:number]
    for tier in tiers:
        new = {i.id: i for i in tier if not (i.id in learnt or i.id in past or i.id in found)}
        found += [item.id for item in Bank(new).drawn((), number - len(found), seed)]
    rest = [i for i in pool if i not in found]
    rest.sort(key=lambda i: (i in past, learnt[i].due if i in learnt else now, i))
    return tuple([*found, *rest][:number])


def tiers_of_gaps(bank: Bank, reading: Reading) -> Tiers:
    """What the reading points to: its tips and what is owed, then the steps these belong to."""
    wanted = {*reading.next_tips, *(each.item for each in reading.owed)}
    wanted |= {each.tip for each in reading.owed if each.tip}
    near = [item for item in bank.of() if not wanted.isdisjoint(item.about)]
    topics = {phase for phase, state in reading.profile.items() if state in UNFINISHED}
    topics.add(reading.phase)
    if reading.missing_sectors and reading.missing_shown:
        topics.add("sectors")
    if reading.form is None:
        topics.add("spectrum")
    return near, bank.of(topics)


def places(typed: str, item: Item) -> Places | None:
    """The options `typed` names, in its order: "b", "A, C", "1 and 3", or an option's words."""
    words = [w for w in BETWEEN.split(typed) if w and w.casefold() not in JOINING]
    if len(words) == 1 and not item.has_one_answer and not words[0].isdecimal():
        found = _all_places(list(words[0]), item)
    else:
        found = _all_places(words, item)
    if found is None and item.has_one_answer and 1 < len(words) <= SHORT:
        found = _all_places(words[-1:], item)
    if found and len(found) > 1 and item.has_one_answer:
        return None
    return found or _by_words(typed, item)


def _all_places(signs: list[str], item: Item) -> Places | None:
    """The place of each sign, each once; None where one of them names no option."""
    found = [_place(sign, item) for sign in signs]
    known = [place for place in found if place is not None]
    return tuple(dict.fromkeys(known)) if known and len(known) == len(found) else None


def _place(sign: str, item: Item) -> int | None:
    many = len(item.options)
    if len(sign) == 1 and sign.upper() in LETTERS[:many]:
        return LETTERS.index(sign.upper())
    if sign.isascii() and sign.isdecimal() and 0 < int(sign) <= many:
        return int(sign) - 1
    return None


def _by_words(typed: str, item: Item) -> Places | None:
    """The one option that reads like this, or has these words in it; in any language."""
    said = plain(typed)
    if not said:
        return None
    options = [tuple(map(plain, option.values())) for option in item.options]
    exact = [n for n, texts in enumerate(options) if said in texts]
    within = [
        n for n, texts in enumerate(options) if any(f" {said} " in f" {text} " for text in texts)
    ]
    found = exact or (within if len(said) >= ENOUGH else [])
    return (found[0],) if len(found) == 1 else None


def basis(kb: Knowledge, item: Item) -> Entry | None:
    """The entry whose card tells more about what was asked."""
    named = (kb.entry(name) for name in (*item.about, *item.sources) if name in kb)
    return next((entry for entry in named if entry.kind not in UNOPENED), None)
