"""Menu: what can be done now; the way home from everywhere."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.say import Choice, Words
from bot.core.summary import step_words

ALWAYS = ("practice", "today", "privacy", "language")


class Menu(Dialog):
    name = "menu"
    typed_is_answer = False
    states = ("idle",)
    rows = (
        Row("text", "idle", None, do="asked"),
        Row("go_on", "idle", None, do="go_on"),
        Row("today", "idle", None, do="today"),
    )

    def ask_idle(self) -> None:
        step = None if self.data.pop("told", None) else self.talk.case.step
        words = Words("menu.known" if self.talk.consent else "menu.guest")
        if step:
            words = Words("menu.with_step", {"step": step_words(step)})
        self.talk.ask(words, [Choice(a, Words(f"menu.{a}")) for a in self.actions()])

    def actions(self) -> tuple[str, ...]:
        """What fits this founder now, most useful first."""
        case = self.talk.case
        if not self.talk.consent:
            return ("browse", "ask", *ALWAYS)
        step = ("step",) if case.step or case.past_steps else ()
        if not case.read_at:
            stuck = ("standstill",) if step else ()
            return ("go_on", *step, "tips", "ask", *stuck, "review", *ALWAYS)
        return ("go_on", *step, "tips", "reading", "standstill", "review", *ALWAYS)

    def asked(self) -> None:
        """Free words outside a question are a question to the knowledge base."""
        self.talk.open("ask", question=self.arg)

    def go_on(self) -> None:
        """Back to what lies open below, else to what comes next on the way."""
        case = self.talk.case
        if self.talk.below:
            self.talk.go_on()
        elif not case.read_at:
            self.talk.replace("intake")
        elif case.name is None or case.shared is None:
            self.talk.replace("reading")
        else:
            self.talk.replace("nextstep" if case.step else "advice")

    def today(self) -> None:
        self.talk.replace("welcome")

    def back(self) -> None:
        """From the menu, back means back to where one was."""
        self.talk.close()
