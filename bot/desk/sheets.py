"""What the columns of an exported file say: one row a team, or one row an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from bot.case.file import Answer, CaseFile
from bot.case.overview import risky
from bot.desk.cells import Cell
from bot.desk.terms import SLOTS, Terms
from bot.dialogs.intake import Intake
from bot.store.telling import Told
from bot.store.times import moment

TEAMS = (
    *("id", "name", "phase_code", "phase", "form_code", "form", "sectors_code", "sectors"),
    *("language_code", "language", "labels", "begun", "last", "step", "due", "slipped"),
    *("stuck_code", "stuck", "goal"),
)
ANSWERS = (
    *("id", "name", "language_code", "question_code", "question", "answer_code", "answer"),
    *("given", "answered", "version"),
)
# Answers that name organisations; with risk to those affected they are held back as a whole.
NAMES = frozenset({"actors", "on_board", "existing"})
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Wording:
    """All that rows are put into words with. `private`: slots that never leave the team;
    `not_told`: how an answer is called that was skipped or is unknown; `withheld`: in the place
    of names that could endanger people."""

    terms: Terms
    private: frozenset[str]
    not_told: Mapping[str, str]
    nobody: str
    withheld: str


Rows = Callable[[Told, Wording], Iterable[Sequence[Cell]]]


def version() -> str:
    """Names the questions and choices as they are now; a changed wording does not change it."""
    asked = repr([(slot.name, slot.choices) for slot in Intake.slots])
    return f"intake-{sha256(asked.encode()).hexdigest()[:8]}"


VERSION = version()


def team_rows(told: Told, wording: Wording) -> Iterator[Sequence[Cell]]:
    """The one row of a team, in the order of TEAMS."""
    row, terms, veil = told.row, wording.terms, _veil(told.case)
    reasons = [reason for reason, _ in row.stuck]
    yield (
        row.case_id,
        veil(row.name),
        *(row.phase, terms.phases.get(row.phase, row.phase)),
        *(row.form, terms.forms.get(row.form, row.form)),
        *(_joined(row.sectors), _joined(_said(row.sectors, terms.sectors))),
        *(row.language, terms.languages.get(row.language, row.language)),
        veil(_joined(row.labels)),
        *(_time(row.begun_at), _time(row.last_at)),
        *(veil(row.step), _day(row.step_due), row.slipped),
        *(_joined(reasons), _joined(_said(reasons, terms.reasons))),
        veil(str(told.case.told("goal") or "")),
    )


def answer_rows(told: Told, wording: Wording) -> Iterator[Sequence[Cell]]:
    """A row for each question that was answered, skipped or not known, in the order of ANSWERS."""
    case, veil = told.case, _veil(told.case)
    for slot in SLOTS:
        answer = case.answers.get(slot)
        if answer is None or slot in wording.private:
            continue
        code, label = _answer(slot, answer, case, wording)
        yield (
            told.row.case_id,
            veil(told.row.name),
            told.row.language,
            *(slot, wording.terms.questions[slot]),
            *(code, veil(label)),
            answer.given,
            _naive(answer.at),
            VERSION,
        )


def _answer(slot: str, answer: Answer, case: CaseFile, wording: Wording) -> tuple[str, str]:
    """The code of an answer, empty for the team's own words, and the answer in words."""
    if answer.given != "told":
        return "", wording.not_told[answer.given]
    if slot == "actors":
        return _actors(case, wording)
    if isinstance(answer.value, tuple):
        return _several(slot, answer.value, case, wording)
    value = answer.value or ""
    said = wording.terms.topics.get(value) or wording.terms.answers.get((slot, value))
    if said is None and slot in NAMES and risky(case):
        return "", wording.withheld
    return (value, said) if said else ("", value)


def _actors(case: CaseFile, wording: Wording) -> tuple[str, str]:
    """Their sectors as codes, and their names."""
    sectors = _joined(actor.sector or "unsure" for actor in case.actors)
    names = wording.withheld if risky(case) else _joined(actor.name for actor in case.actors)
    return sectors, names


def _several(
    slot: str, values: tuple[str, ...], case: CaseFile, wording: Wording
) -> tuple[str, str]:
    if slot in NAMES and values and risky(case):
        return "", wording.withheld
    sectors = wording.terms.sectors
    codes = _joined(value for value in values if slot == "left_out" and value in sectors)
    empty = wording.nobody if slot == "on_board" else ""
    return codes, _joined(_said(values, sectors) if codes else values) or empty


def _veil(case: CaseFile) -> Callable[[str], str]:
    """Takes the actors' names out of a text where they could endanger people."""
    names = _names(case) if risky(case) else []
    if not names:
        return str
    every = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub("…", text)


def _names(case: CaseFile) -> list[str]:
    told = [case.told(slot) for slot in sorted(NAMES)]
    listed = [name for value in told if isinstance(value, tuple) for name in value]
    return [name for name in (*(a.name for a in case.actors), *listed) if name.strip()]


def _said(codes: Iterable[str], words: Mapping[str, str]) -> list[str]:
    return [words.get(code, code) for code in codes]


def _joined(parts: Iterable[str]) -> str:
    return BETWEEN.join(parts)


def _time(stamped: str) -> Cell:
    return _naive(moment(stamped)) if stamped else ""


def _day(day: str) -> Cell:
    return date.fromisoformat(day) if day else ""


def _naive(at: datetime) -> datetime:
    """Everything is stored in UTC, and spreadsheets know no zones; the head of the column does."""
    return at.replace(tzinfo=None)
