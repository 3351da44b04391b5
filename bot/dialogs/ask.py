"""Ask: a free question, answered with up to three cards of the knowledge base."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.say import Choice, Words


class Ask(Dialog):
    """`data["hits"]` are the ids found; without consent the question itself is not kept."""

    name = "ask"
    typed_is_answer = False
    states = ("question", "answers")
    rows = (
        Row("text", ("question", "answers"), "answers", do="look_up"),
        Row("show", "answers", None, do="show"),
        Row("none", "answers", "question", do="not_found"),
        Row("done", ("question", "answers"), None, do="leave"),
    )

    def start(self) -> None:
        if self.data.get("question"):
            self.arg = str(self.data["question"])
            self.look_up()
        self.state = "answers" if self.data.get("hits") else "question"
        self.ask()

    def look_up(self) -> None:
        hits = self.talk.library.ask(self.talk.language, self.arg)
        self.data["hits"] = list(hits)
        self.data["question"] = self.arg if self.talk.consent else ""
        self.data["missed"] = not hits
        if not hits:
            self.talk.not_known(self.arg)

    def ask_question(self) -> None:
        ways = [Choice("done", Words("ask.done"))]
        if self.data.get("missed"):
            # Who did not find an answer here is shown where there may be one.
            ways = [Choice(way, Words(f"ask.{way}")) for way in ("person", "menu")] + ways
        self.talk.ask(Words("ask.question"), ways)

    def ask_answers(self) -> None:
        hits = list(self.data.get("hits", ()))
        if not hits:
            self.ask_question()
            return
        choices = [Choice(f"show:{hit}", self.talk.library.title(hit)) for hit in hits]
        self.talk.ask(
            Words("ask.answers", {"n": len(hits)}),
            [*choices, Choice("none", Words("ask.none")), Choice("done", Words("ask.done"))],
        )

    def show(self) -> None:
        self.data["shown"] = True
        self.talk.open("card", entry=self.arg)

    def not_found(self) -> None:
        self.talk.wonder(str(self.data.get("question") or ""))
        self.talk.say("ask.kept" if self.talk.consent else "ask.not_kept")
        self.data.update(hits=[], missed=True)

    def leave(self) -> None:
        self.abandon()
        self.talk.close()

    def abandon(self) -> None:
        """Words that were no question and led to no card may have been meant to be kept."""
        words = str(self.data.get("question") or "")
        if words and self.data.get("hits") and not self.data.get("shown") and "?" not in words:
            self.talk.keep(words, self.name)
