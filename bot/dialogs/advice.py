"""Advice: three tips for now, best first, each with why now; then one next step."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.quote import reason_words
from bot.core.say import Choice, Lines, Words
from bot.core.summary import is_remark

HARD = ("stuck", "tired")


class Advice(Dialog):
    name = "advice"
    typed_is_answer = False
    states = ("tips",)
    rows = (
        Row("tip", "tips", None, do="show"),
        Row("choose", "tips", None, do="choose"),
        Row("intake", "tips", None, do="go_on"),
        Row("home", "tips", None, do="home"),
        Row("moments", "tips", None, do="moments"),
        Row("text", "tips", None, do="listen"),
    )

    def ask_tips(self) -> None:
        reading = self.talk.reading()
        lines = tuple(
            Words(
                "advice.tip",
                {"n": str(n), "title": Words(f"{tip}#title"), "why_now": Words(f"{tip}#why_now")},
            )
            for n, tip in enumerate(reading.next_tips, 1)
        )
        words = Words(
            "advice.tips" if lines else "advice.none",
            {"situation": reason_words(reading.situation), "tips": Lines(lines)},
        )
        self.talk.ask(words, [*self._tips(reading.next_tips), *self._ways()])

    def _tips(self, tips: tuple[str, ...]) -> list[Choice]:
        return [Choice(f"tip:{t}", Words(f"{t}#title")) for t in tips]

    def _ways(self) -> list[Choice]:
        ways = [Choice("choose", Words("advice.choose"))]
        if self.talk.case.need in HARD:
            ways += [Choice(way, Words(f"advice.{way}")) for way in ("moments", "person")]
        if not self.talk.case.read_at:
            ways.append(Choice("intake", Words("advice.intake")))
        return [*ways, Choice("home", Words("advice.home"))]

    def listen(self) -> None:
        """Who confides something here is thanked, not sent back to the buttons."""
        hits = self.talk.library.ask(self.talk.language, self.arg)
        if hits and "?" in self.arg:
            self.talk.open("ask", question=self.arg)
            return
        self.talk.keep(self.arg, "advice")
        confides = self.talk.case.need in HARD and is_remark(self.arg)
        self.talk.say("advice.heard" if confides else "advice.not_a_tip")
        tips = self.talk.reading().next_tips
        self.talk.ask(Words("advice.which"), [*self._tips(tips), *self._ways()])

    def show(self) -> None:
        self.talk.open("card", entry=self.arg)

    def choose(self) -> None:
        self.talk.open("nextstep")

    def moments(self) -> None:
        self.talk.open("browse", phase="moments")

    def go_on(self) -> None:
        self.talk.replace("intake")

    def home(self) -> None:
        self.talk.replace("menu")
