"""The whole-product check: every dialog can be walked, every key has its words everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.check import code
from bot.check.shown import AS_DATE, VARIABLE
from bot.core import check as machine
from bot.core.dialog import Register
from bot.core.questionnaire import Questionnaire
from bot.core.summary import CHAPTERS
from bot.errors import BotError
from bot.knowledge import Knowledge, Mistake, review
from bot.quiz import bank
from bot.render import Tongue

BRACE = re.compile(r"[{}]")
# What opens a button's action in front of an entry's id; the longest counts.
BEFORE_ID = "known:"
# Kinds no button opens.
UNTAPPED = frozenset({"purpose", "topic"})


def mistakes(kb: Knowledge, every: Register) -> list[Mistake]:
    """Faults of the base, the dialogs and the quiz, as they are written; sorted."""
    found = [*review.mistakes(kb), *_machines(every), *code.mistakes(kb, every)]
    found += bank.built(kb)[1]
    return sorted([*found, *_slots(kb, every), *_patterns(kb), *_actions(kb)])


def _machines(every: Register) -> Iterator[Mistake]:
    for name, dialog in every.items():
        for fault in machine.mistakes(dialog):
            what, _, remedy = fault.rpartition(": ")
            yield Mistake(f"bot/dialogs/{name}.py", dialog.__name__, what, _sentence(remedy))


def _slots(kb: Knowledge, every: Register) -> Iterator[Mistake]:
    """A questionnaire builds its keys from its slots: question, choices, chapter, name."""
    named = {slot for chapter in CHAPTERS.values() for slot in chapter}
    for name, dialog in every.items():
        for slot in dialog.slots if issubclass(dialog, Questionnaire) else ():
            keys = [f"{name}.chapter_{slot.chapter}"]
            keys += [f"slot.{slot.name}"] if slot.name in named else []
            if slot.dialog is None:
                keys += [f"{name}.{slot.name}"]
                keys += [f"{name}.{slot.name}_{choice}" for choice in slot.choices]
            elif slot.dialog not in every:
                what = f"the slot is handed to {slot.dialog!r}, which is no dialog"
                yield Mistake(f"bot/dialogs/{name}.py", slot.name, what, "Correct the name")
            for key in keys:
                if key not in kb.patterns:
                    what = f"the slot {slot.name!r} needs it, and it is not there"
                    yield Mistake(kb.file(key), key, what, "Write it in every language")


def _patterns(kb: Knowledge) -> Iterator[Mistake]:
    tongues = {lang: Tongue(kb.patterns, lang) for lang in kb.languages.declared}
    for key, texts in kb.patterns.items():
        found = {lang: frozenset(VARIABLE.findall(text)) for lang, text in texts.items()}
        for lang in kb.languages.missing(texts):
            yield Mistake(kb.file(key), key, f"{lang} is missing", "Write it")
        if len(set(found.values())) > 1:
            told = "; ".join(f"{at}: {', '.join(sorted(v)) or 'none'}" for at, v in found.items())
            what = f"the languages do not have the same placeables ({told})"
            yield Mistake(kb.file(key), key, what, "Use the same in each")
        for lang, text in texts.items():
            if fault := _fault(tongues[lang], key, text):
                yield Mistake(kb.file(key), f"{key}.{lang}", fault, "Correct the pattern")


def _fault(tongue: Tongue, key: str, text: str) -> str:
    """What is wrong with one Fluent pattern; empty where it can be said."""
    if "{" not in text:
        return "a closing brace stands alone" if "}" in text else ""
    depth = 0
    for number, line in enumerate(text.split("\n")):
        # At the start of a line Fluent takes these for its own signs and cuts the text there.
        if number and not depth and line.lstrip().startswith((".", "[", "*", "}")):
            return f"the line {line[:30]!r} begins with a sign of Fluent's own"
        depth += sum(1 if brace == "{" else -1 for brace in BRACE.findall(line))
    values: dict[str, object] = dict.fromkeys(VARIABLE.findall(text), 1)
    values |= dict.fromkeys(AS_DATE.findall(text), date(2027, 3, 12))
    try:
        tongue.format(key, values)
    except (BotError, LookupError) as error:
        return f"it cannot be said: {error}"
    return ""


def _actions(kb: Knowledge) -> Iterator[Mistake]:
    for entry in kb.entries():
        if (
            entry.kind not in UNTAPPED
            and len(f"{BEFORE_ID}{entry.id}".encode()) > machine.LONGEST_ACTION
        ):
            most = machine.LONGEST_ACTION - len(BEFORE_ID)
            what = f"the id is too long for a button, at most {most} characters"
            yield Mistake(kb.file(entry.id), entry.id, what, "Shorten the id")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
