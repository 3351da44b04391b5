"""Readers: whether the programme may read the team's file, and what it sees there now."""

from __future__ import annotations

from bot.case.stuck import stuck
from bot.core.dialog import Dialog, Row
from bot.core.events import ReadersAsked
from bot.core.say import Choice, Lines, Words


class Readers(Dialog):
    """Who has read it and when is known to `service` alone, which adds it on `ReadersAsked`."""

    name = "readers"
    typed_is_answer = False
    states = ("home",)
    rows = (
        Row("text", "home", None, do="asked"),
        Row("done", "home", None, do="leave"),
    )

    def start(self) -> None:
        self.talk.record(ReadersAsked())
        self.ask()

    def ask_home(self) -> None:
        case = self.talk.case
        words = Words("readers.private")
        if case.shared:
            whole = "readers.shared_all" if case.transcript else "readers.shared"
            words = Words("readers.home", {"shared": Words(whole), "stuck": self._stuck()})
        self.talk.ask(words, [Choice("done", Words("choice.back"))])

    def _stuck(self) -> Words:
        """The sentences on what holds the team up, word for word as the programme reads them."""
        case, now = self.talk.case, self.talk.now
        # How many belong to the team is not in its file; who has answered is.
        members = len({answer.by for answer in case.answers.values()}) or 1
        lines = tuple(
            Words("readers.line", {"sentence": Words(f"stuck.{each.reason}")})
            for each in stuck(case, now, members)
            if each.since <= now
        )
        return Words("readers.stuck", {"lines": Lines(lines)}) if lines else Words("readers.free")

    def asked(self) -> None:
        """Free words outside a question are a question to the knowledge base."""
        self.talk.open("ask", question=self.arg)

    def leave(self) -> None:
        self.talk.close()
