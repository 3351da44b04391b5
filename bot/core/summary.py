"""All that a team has told, chapter by chapter, as says: for /review and /export."""

from __future__ import annotations

from collections.abc import Mapping

from bot.case.file import CaseFile, NextStep
from bot.core.quote import SECTORS, quoted, short
from bot.core.say import Lines, Say, Value, Words

CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "problem": ("problem", "trigger", "topic"),
    "goal": ("goal", "ambition", "common_good", "long_term"),
    "existing": ("existing", "existing_fit", "why_ours"),
    "actors": ("actors", "left_out", "on_board", "affected"),
    "work": (
        *("shared_goal", "roles", "red_lines", "equal_footing", "funding", "horizon"),
        *("rules", "decisions", "secretariat"),
    ),
}
# More than any answer has: a text that Telegram cut is joined again, and longer than a message.
WORDS_OF_A_REMARK = 3
WHOLE = 1_000_000


def answered(chapter: str, case: CaseFile) -> tuple[str, ...]:
    """The slots of a chapter that have an answer, also one skipped or unknown."""
    return tuple(slot for slot in CHAPTERS[chapter] if slot in case.answers)


def answer_lines(slots: tuple[str, ...], case: CaseFile, limit: int) -> Lines:
    """A line a slot: its name and what was answered, cut at `limit` characters."""
    return Lines(
        tuple(
            Words("review.line", {"slot": Words(f"slot.{s}"), "answer": quoted(s, case, limit)})
            for s in slots
        )
    )


def sector_lines(case: CaseFile, most: int = 0) -> Lines:
    """A line a sector: who was named there, at most `most` names (0: all); not sure comes last."""
    lines: list[Words] = []
    for sector in (*SECTORS, "own_group", None):
        names = [short(a.name, 60 if most else WHOLE) for a in case.actors if a.sector == sector]
        if len(names) > most > 0:
            names = [*names[:most], f"+ {len(names) - most}"]
        if names:
            label = Words(f"sector.{sector}") if sector else Words("actors.not_sure")
            lines.append(Words("actors.line", {"sector": label, "names": ", ".join(names)}))
    return Lines(tuple(lines))


def step_words(step: NextStep, limit: int = 240) -> Words:
    """What, who and until when, as far as told; words beyond `limit` characters are cut."""
    what, who = short(step.what, limit), short(step.who, limit // 3)
    values: dict[str, Value] = {"what": what, "who": who}
    values["due"] = step.due or ""
    kind = ("who_" if step.who else "") + ("due" if step.due else "open")
    return Words(f"nextstep.told_{kind}", values)


def is_remark(text: str) -> bool:
    """Fewer words are a slip; all are stored, but a list of slips would tell nothing."""
    return len(text.split()) >= WORDS_OF_A_REMARK


def everything(case: CaseFile) -> tuple[Say, ...]:
    """The readable export: nothing the team wrote is cut."""
    parts = [Words("export.head", {"name": case.name or ""})]
    for chapter in CHAPTERS:
        if slots := answered(chapter, case):
            lines = answer_lines(slots, case, WHOLE)
            title = Words(f"intake.chapter_{chapter}")
            parts.append(Words("export.chapter", {"chapter": title, "lines": lines}))
    if case.actors:
        parts.append(Words("export.sectors", {"lines": sector_lines(case)}))
    for key, remarks in (("remarks", case.remarks), ("questions", case.unanswered)):
        if told := tuple(r.text for r in remarks if is_remark(r.text) or key == "questions"):
            lines = Lines(told)
            parts.append(Words(f"export.{key}", {"lines": lines}))
    if case.step:
        parts.append(Words("export.step", {"step": step_words(case.step, WHOLE)}))
    return tuple(Say(words) for words in (*parts, Words("export.file")))
