"""Next step: the one open commitment, with a person and a date, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.case.file import NextStep
from bot.core.dialog import Dialog, Row, ways
from bot.core.events import StepChosen, StepClosed
from bot.core.say import Choice, Lines, Words
from bot.core.summary import step_words
from bot.knowledge.dates import typed_date
from bot.knowledge.model import Tip

DAYS = {"w1": 7, "w2": 14, "m1": 30, "m3": 91}


class NextStepDialog(Dialog):
    """`data`: `tip` it grows from, `what` and `who` as they are told."""

    name = "nextstep"
    states = ("what", "who", "when", "follow")
    rows = (
        Row("take", "what", None, do="take_offered"),
        Row("text", "what", "who", do="take_what"),
        Row("me", "who", "when", do="take_me"),
        Row("text", "who", "when", do="take_who"),
        Row("skip", "who", "when", do="no_one"),
        Row("due", "when", None, do="take_due"),
        Row("text", "when", None, do="take_date"),
        Row("skip", "when", None, do="no_date"),
        Row("finished", "follow", None, do="finished"),
        Row("later", "follow", None, do="later"),
        Row("other", "follow", "what", do="drop"),
        Row("home", "follow", None, do="leave"),
        *ways("who", "when"),
    )

    def start(self) -> None:
        if self.talk.case.step and not self.data.get("tip"):
            self.state = "follow"
        self.ask()

    def _offered(self) -> list[Words]:
        """The steps of the tip it grows from, else the titles of the three tips for now."""
        kb = self.talk.library.kb
        tip = kb.entry(str(self.data["tip"])) if self.data.get("tip") else None
        if isinstance(tip, Tip):
            return [Words(f"{tip.id}#steps.{n}") for n in range(len(tip.steps))]
        reading = self.talk.reading()
        return [Words(f"{t}#title") for t in reading.next_tips]

    def ask_what(self) -> None:
        offered = self._offered()
        lines = tuple(
            Words("card.step", {"n": str(n), "text": words}) for n, words in enumerate(offered, 1)
        )
        choices = [Choice(f"take:{n}", str(n + 1)) for n in range(len(offered))]
        back = Choice("back", Words("choice.back"))
        self.talk.ask(Words("nextstep.what", {"steps": Lines(lines)}), [*choices, back])

    def take_offered(self) -> None:
        offered = self._offered()
        at = int(self.arg) if self.arg.isdigit() else 0
        words = offered[min(at, len(offered) - 1)]
        self.data["what"] = self.talk.library.label(words, self.talk.language)
        self.go("who")

    def take_what(self) -> None:
        self.data["what"] = self.arg

    def ask_who(self) -> None:
        self.talk.ask(
            Words("nextstep.who"),
            [Choice("me", Words("nextstep.me")), *_passing("skip", "back")],
        )

    def take_me(self) -> None:
        self.data["who"] = self.talk.library.label(Words("nextstep.me"), self.talk.language)

    def take_who(self) -> None:
        self.data["who"] = self.arg

    def no_one(self) -> None:
        self.data["who"] = ""

    def ask_when(self) -> None:
        choices = [Choice(f"due:{d}", Words(f"nextstep.{d}")) for d in DAYS]
        self.talk.ask(Words("nextstep.when"), [*choices, *_passing("skip", "back")])

    def take_due(self) -> None:
        self._keep(self.talk.now.date() + timedelta(days=DAYS.get(self.arg, 7)))

    def take_date(self) -> None:
        calendar = self.talk.library.kb.calendar
        due = typed_date(calendar, self.arg, self.talk.now.date())
        if due is None or due < self.talk.now.date():
            self.talk.keep(self.arg, "nextstep")
            self.talk.say("nextstep.date_unclear" if due is None else "nextstep.date_past")
            self.ask()
        else:
            self._keep(due)

    def no_date(self) -> None:
        self._keep(None)

    def _keep(self, due: date | None) -> None:
        """Store the step; one put off keeps count of how often."""
        old = self.talk.case.step
        if self.data.get("later") and old is None:
            # Another member has closed it meanwhile.
            self.talk.replace("nextstep")
            return
        if self.data.get("later") and old:
            step = replace(old, due=due, slipped=old.slipped + 1)
        else:
            what, who = str(self.data["what"]), str(self.data.get("who", ""))
            step = NextStep(what, who, due, self.talk.now, self.data.get("tip"))
            self._put_by("replaced")
        self.talk.update(step=step)
        self.talk.record(StepChosen(step.what, step.who, step.due))
        self.talk.say("nextstep.noted", step=step_words(step))
        self.talk.replace("menu", told=True)

    def ask_follow(self) -> None:
        step = self.talk.case.step
        if step is None:
            self.state = "what"
            self.ask()
            return
        ways_on = ("finished", "later", "other", "home")
        choices = [Choice(way, Words(f"nextstep.{way}")) for way in ways_on]
        self.talk.ask(Words("nextstep.follow", {"step": step_words(step)}), choices)

    def finished(self) -> None:
        self._put_by("done")
        self.talk.say("nextstep.well_done")
        self.talk.replace("advice")

    def later(self) -> None:
        self.data["later"] = True
        self.go("when")

    def drop(self) -> None:
        self.data.clear()

    def leave(self) -> None:
        self.talk.replace("menu")

    def abandon(self) -> None:
        if self.data.get("what"):
            self.talk.keep(str(self.data["what"]), self.name)

    def _put_by(self, how: str) -> None:
        """The open step joins the past ones."""
        step = self.talk.case.step
        if step is not None:
            done = replace(step, done_at=self.talk.now if how == "done" else None)
            self.talk.update(step=None, past_steps=(*self.talk.case.past_steps, done))
            self.talk.record(StepClosed(how))


def _passing(*ways_out: str) -> list[Choice]:
    return [Choice(way, Words(f"choice.{way}")) for way in ways_out]
