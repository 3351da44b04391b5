"""Join: asks somebody who has a team already whether the code they brought is their own too."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.events import CodeConfirmed
from bot.core.say import Choice, Words


class Join(Dialog):
    """`data["mark"]` is the hash of the code."""

    name = "join"
    typed_is_answer = False
    states = ("ask",)
    rows = (
        Row("yes", "ask", None, do="join"),
        Row("no", "ask", None, do="leave"),
    )

    def ask_ask(self) -> None:
        choices = [Choice(answer, Words(f"join.{answer}")) for answer in ("no", "yes")]
        self.talk.ask(Words("join.ask"), choices)

    def join(self) -> None:
        self.talk.record(CodeConfirmed(str(self.data["mark"])))
        self.talk.end()

    def leave(self) -> None:
        self.talk.say("join.kept_apart")
        self.talk.close()
