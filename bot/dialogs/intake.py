"""Intake: five short chapters about the problem, the goal, others, the actors and the work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.case.file import CaseFile
from bot.case.worth_asking import (
    adds_something,
    found_someone,
    goal_is_shared,
    goal_may_be_shared,
    has_funding,
    roles_are_talked_of,
    several_named,
    stays_together,
)
from bot.core.dialog import Row
from bot.core.questionnaire import Questionnaire, Slot, rows_of
from bot.core.quote import quoted
from bot.core.say import Choice, Lines, Words

AGREED = ("agreed", "begun", "not_yet")
# What helps most decides which chapter comes early; the problem always comes first.
ORDER = {
    "partners": ("problem", "goal", "actors", "existing", "work"),
    "organise": ("problem", "work", "goal", "existing", "actors"),
}
CHAPTERS = ("problem", "goal", "existing", "actors", "work")
MANY = re.compile(r"[\n;,]| / ")


class Intake(Questionnaire):
    """`data["order"]` is fixed at the start, so that progress never jumps."""

    name = "intake"
    slots = (
        Slot("problem", "problem", text=True),
        Slot("trigger", "problem", ("crisis", "study", "business", "cross_sector", "other")),
        Slot("topic", "problem", ("yes", "no"), depends_on=("problem",)),
        Slot("goal", "goal", text=True),
        Slot("ambition", "goal", ("exchange", "advise", "act", "transform")),
        Slot("common_good", "goal", ("society", "both", "members")),
        Slot("long_term", "goal", ("short", "years"), stays_together),
        Slot("existing", "existing", ("none_found",), text=True),
        Slot(
            "existing_fit",
            "existing",
            ("same", "partial", "different", "closed"),
            found_someone,
            ("existing",),
        ),
        Slot("why_ours", "existing", (), adds_something, ("existing",), text=True),
        Slot("impression", "existing", ("go_on", "later")),
        Slot("actors", "actors", dialog="actors"),
        Slot("on_board", "actors", (), several_named, ("actors",), dialog="on_board"),
        Slot("affected", "actors", ("direct", "group", "not_yet", "risky")),
        Slot("shared_goal", "work", AGREED, goal_may_be_shared),
        Slot("roles", "work", AGREED, goal_is_shared),
        Slot("red_lines", "work", AGREED, goal_is_shared),
        Slot("equal_footing", "work", ("yes", "partly", "no"), goal_is_shared),
        Slot("funding", "work", ("several", "single", "time", "none")),
        Slot("horizon", "work", ("short", "long"), has_funding, ("funding",)),
        Slot("rules", "work", AGREED, roles_are_talked_of),
        Slot("decisions", "work", AGREED, roles_are_talked_of),
        Slot(
            "secretariat",
            "work",
            ("neutral", "partner", "none_fine", "none_missed"),
            roles_are_talked_of,
        ),
    )
    states = (*(slot.name for slot in slots), "end")
    rows = (
        *rows_of(slots),
        Row("known", "existing", None, do="pick_known"),
        Row("yes", "existing", None, do="ask_its_name"),
        Row("no", "existing", None, do="none_found"),
    )

    def start(self) -> None:
        self.data.setdefault("order", ORDER.get(self.talk.case.need or "", CHAPTERS))
        super().start()
        self.trail = [slot for slot in self.trail if slot != "impression"]

    def ordered(self) -> Iterable[Slot]:
        return _ordered(tuple(self.data["order"]))

    def applies(self, slot: Slot, case: CaseFile) -> bool:
        if slot.name == "topic":
            here = case is self.talk.case
            return (self._topic() if here else self._topic_of(case)) is not None
        return super().applies(slot, case)

    def _topic(self) -> str | None:
        """The topic the problem seems to be about; looked for once a problem."""
        if "topic" not in self.data:
            self.data["topic"] = self._topic_of(self.talk.case)
        topic: str | None = self.data["topic"]
        return topic

    def _topic_of(self, case: CaseFile) -> str | None:
        problem = case.told("problem")
        return self.talk.library.topic(problem) if isinstance(problem, str) else None

    def remember(self, before: str) -> None:
        """The first impression asked nothing worth going back to."""
        if before != "impression":
            super().remember(before)

    def ask(self) -> None:
        if self.state == "end":
            self.ask_end()
            return
        slot = self.slot()
        if slot.name == "topic" and self._topic() is None:
            # The problem has been edited since, and no topic shows in it any more.
            self.next()
        elif slot.dialog:
            self.talk.open(slot.dialog, n=self._number(slot))
        else:
            self.talk.ask(self._question(slot), self._choices(slot), self._progress(slot))

    def _progress(self, slot: Slot) -> Words:
        chapter = Words(f"intake.chapter_{slot.chapter}")
        return Words("intake.progress", {"n": self._number(slot), "chapter": chapter})

    def _number(self, slot: Slot) -> str:
        return str(list(self.data["order"]).index(slot.chapter) + 1)

    def _question(self, slot: Slot) -> Words:
        words = Words(f"intake.{slot.name}", self._values(slot))
        if slot.name not in self.talk.case.answers:
            return words
        before = quoted(slot.name, self.talk.case)
        return Words("intake.so_far", {"question": words, "answer": before})

    def _values(self, slot: Slot) -> dict[str, Words | str]:
        """What the question itself quotes."""
        if slot.name == "topic":
            return {"topic": Words(f"{self._topic()}#title")}
        if slot.name == "existing":
            names = tuple(Words("intake.similar", {"name": name}) for name in self._similar())
            perhaps = Words("intake.perhaps", {"names": Lines(names)}) if names else ""
            return {"similar": perhaps}
        if slot.name == "impression":
            phase = self.talk.reading().phase
            return {"reading": Words(f"phase.{phase}.text")}
        return {}

    def _choices(self, slot: Slot) -> list[Choice]:
        choices = [Choice(f"set:{c}", Words(f"intake.{slot.name}_{c}")) for c in slot.choices]
        if slot.name == "existing":
            known = [Choice(f"known:{n}", name) for n, name in enumerate(self._similar())]
            choices = [*known, *choices]
        if slot.name in self.talk.case.answers:
            choices.insert(0, Choice("keep", Words("choice.keep")))
        passing = () if slot.name in ("impression", "topic") else ("unknown", "skip")
        ways_out = (*passing, "back") if self.trail else passing
        return [*choices, *(Choice(act, Words(f"choice.{act}")) for act in ways_out)]

    def _similar(self) -> tuple[str, ...]:
        """Names of partnerships in the catalogue that may already work on this."""
        case = self.talk.case
        text = " ".join(str(case.told(slot) or "") for slot in ("problem", "goal"))
        told = case.told("topic")
        topic = told if isinstance(told, str) and told != "none" else None
        found = self.talk.library.similar(text, topic)
        return tuple(
            self.talk.library.label(Words(f"{each}#title"), self.talk.language) for each in found
        )

    def answer(self) -> None:
        if self.state == "topic":
            self.arg = (self._topic() or "none") if self.arg == "yes" else "none"
        if self.state == "impression" and self.arg == "later":
            self.pause()
        else:
            super().answer()

    def pause(self) -> None:
        """The first impression was enough for today; it is not asked about twice."""
        self.talk.fill("impression", "go_on")
        self.talk.say("intake.paused")
        self.talk.replace("menu")

    def write(self) -> None:
        """Names of existing groups come as a list; every other text as it was typed."""
        if self.state == "problem":
            self.data.pop("topic", None)
        if self.state == "existing":
            self._write_existing()
        else:
            super().write()

    def _write_existing(self) -> None:
        if self.talk.library.denies(self.arg, self.talk.language):
            self.talk.keep(self.arg, self.state)
            self.none_found()
            return
        first, comma, rest = self.arg.partition(",")
        told = rest if comma and self.talk.library.intent(first) == "yes" else self.arg
        names = tuple(name.strip() for name in MANY.split(told) if name.strip())
        self.fill_slot(names or (self.arg,), "told")

    def none_found(self) -> None:
        self.fill_slot("none_found", "told")

    def ask_its_name(self) -> None:
        self.talk.say("intake.existing_name")
        self.ask()

    def pick_known(self) -> None:
        names = self._similar()
        if not names:
            self.ask()
            return
        at = int(self.arg) if self.arg.isdigit() else 0
        self.fill_slot((names[min(at, len(names) - 1)],), "told")

    def ask_end(self) -> None:
        self.talk.replace("reading")


@cache
def _ordered(chapters: tuple[str, ...]) -> tuple[Slot, ...]:
    return tuple(slot for chapter in chapters for slot in Intake.slots if slot.chapter == chapter)
