"""Written questions as items; of a case, the reading finds the answer and says why."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.case.contract import CaseError
from bot.case.model import Listing, Reading, Reason, Value
from bot.case.reading import read
from bot.knowledge import Knowledge, KnowledgeError, Mistake
from bot.knowledge.model import PHASES
from bot.knowledge.quizzes import Quiz
from bot.knowledge.rule_model import FORMS
from bot.quiz.item import Item, Texts
from bot.quiz.mould import Option, chosen_order, filled, fits

LONGEST_CASE_WHY = 300
_SELECT = re.compile(r"\{[^{}]*->")
_PLACE = re.compile(r"\{\s*\$(\w+)\s*\}")


def item(kb: Knowledge, quiz: Quiz) -> Item:
    """The item of a written question; KnowledgeError where its case cannot be read."""
    if quiz.sort == "case":
        return _of_case(kb, quiz)
    return _item(quiz, options_of(kb, quiz), quiz.places, quiz.explanation)


def options_of(kb: Knowledge, quiz: Quiz) -> tuple[Texts, ...]:
    """Its own options, or true and false."""
    if quiz.sort != "true_false":
        return quiz.options
    if kb.quiz.templates is None:
        return ({"en": "True"}, {"en": "False"})
    return (kb.quiz.templates.patterns["true"], kb.quiz.templates.patterns["false"])


def _of_case(kb: Knowledge, quiz: Quiz) -> Item:
    """The case as a reading would judge it: which step, or which form."""
    try:
        found = read(quiz.case or {}, kb.rules)
    except CaseError as error:
        raise _mistake(kb, quiz, str(error), "Correct the case") from error
    right = found.phase if quiz.asks == "phase" else found.form
    if right is None:
        what = "the reading names no form for this case"
        raise _mistake(kb, quiz, what, "Tell more in the case, or ask for the step")
    rows = _steps(kb) if quiz.asks == "phase" else chosen_order(quiz.id, _forms(kb))
    place = [row.entry for row in rows].index(right)
    options = tuple(row.text for row in rows)
    return _item(quiz, options, (place,), _why(kb, quiz, found))


def _steps(kb: Knowledge) -> list[Option]:
    """The steps in their own order, which is how people think of them."""
    return [Option(phase, kb.phases[phase].title) for phase in PHASES]


def _forms(kb: Knowledge) -> list[Option]:
    """The forms a reading may name, each as a line of its own."""
    words = {form: kb.rules.words[f"form_name.{form}"] for form in FORMS}
    return [
        Option(form, {lang: f"{text[0].upper()}{text[1:]}" for lang, text in said.items()})
        for form, said in words.items()
    ]


def _why(kb: Knowledge, quiz: Quiz, found: Reading) -> Texts:
    """The written explanation, and the reading's own reason where there is room."""
    # Why this way, why this step, why this form: in this order.
    reason = said(kb, found.reasons[1 if quiz.asks == "phase" else 2])
    if reason is None or kb.quiz.templates is None:
        return quiz.explanation
    frame = kb.quiz.templates.patterns["why_reading"]
    both = {
        lang: f"{text} {filled(frame[lang], lang, {'reason': reason})}"
        for lang, text in quiz.explanation.items()
        if lang in reason
    }
    whole = both.keys() == quiz.explanation.keys() and fits(both, LONGEST_CASE_WHY)
    return both if whole else quiz.explanation


def said(kb: Knowledge, reason: Reason) -> Texts | None:
    """A reason in words, where its pattern can be filled in without a renderer."""
    words = kb.rules.words[reason.key]
    if any(_SELECT.search(text) for text in words.values()):
        return None
    found = {}
    for lang, text in words.items():
        values = {name: _value(kb, value, lang) for name, value in reason.values.items()}
        if any(values.get(name) is None for name in _PLACE.findall(text)):
            return None
        found[lang] = _PLACE.sub(lambda hit, row=values: str(row[hit[1]]), text)  # type: ignore[misc]
    return found


def _value(kb: Knowledge, value: Value, lang: str) -> str | None:
    """A value as words; a row of several needs the rules of a language."""
    if not isinstance(value, Listing):
        return str(value)
    if len(value.items) != 1:
        return None
    return kb.rules.words[value.items[0]][lang] if value.keyed else value.items[0]


def _item(
    quiz: Quiz, options: tuple[Mapping[str, str], ...], right: tuple[int, ...], why: Texts
) -> Item:
    return Item(
        id=quiz.id,
        kind=quiz.sort,
        text=quiz.text,
        options=options,
        right=right,
        explanation=why,
        topic=quiz.subject,
        difficulty=quiz.difficulty,
        about=quiz.about,
        sources=quiz.sources,
        editorial=bool(quiz.editorial),
    )


def _mistake(kb: Knowledge, quiz: Quiz, what: str, remedy: str) -> KnowledgeError:
    return KnowledgeError([Mistake(kb.file(quiz.id), f"{quiz.id}.case", what, remedy)])
