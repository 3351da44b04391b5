"""What codes are called in one language: steps, forms, sectors, reasons, questions, answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.library import Library
from bot.core.say import Words
from bot.core.summary import CHAPTERS
from bot.dialogs.intake import Intake
from bot.knowledge.model import PHASES
from bot.knowledge.rule_model import FORMS
from bot.render import Renderer
from bot.store.listing import REASONS

SLOTS = tuple(slot for slots in CHAPTERS.values() for slot in slots)
# Answers that no button of the question has.
MORE = {"topic": ("none",)}


@dataclass(frozen=True, slots=True)
class Terms:
    """Code -> words; `answers` by slot and code. Made once a page or file, then only looked up."""

    phases: Mapping[str, str]
    forms: Mapping[str, str]
    sectors: Mapping[str, str]
    languages: Mapping[str, str]
    reasons: Mapping[str, str]
    questions: Mapping[str, str]
    answers: Mapping[tuple[str, str], str]
    topics: Mapping[str, str]


def terms(library: Library, renderer: Renderer, language: str) -> Terms:
    """Every code a list of teams or their answers may hold, in words."""
    kb = library.kb

    def said(key: str) -> str:
        return renderer.plain(Words(key), language)

    return Terms(
        phases={p: f"{p[1:]}. {kb.text(p, 'title', language)}" for p in PHASES},
        forms={form: _capital(said(f"form_name.{form}")) for form in FORMS},
        sectors={code: names[language] for code, names in kb.sectors.labels.items()},
        languages={code: kb.languages.names[code] for code in kb.languages.complete},
        reasons={reason: said(f"stuck.{reason}") for reason in REASONS},
        questions={slot: said(f"slot.{slot}") for slot in SLOTS},
        answers={at: said(f"intake.{at[0]}_{at[1]}") for at in _answers()},
        topics={topic: kb.text(topic, "title", language) for topic in kb.topics},
    )


def _answers() -> Iterable[tuple[str, str]]:
    for slot in Intake.slots:
        for code in (*slot.choices, *MORE.get(slot.name, ())):
            yield slot.name, code


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
