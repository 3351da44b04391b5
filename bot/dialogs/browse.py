"""Browse: read the tips of a step, without answering anything."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.say import Choice, Words

PHASES = ("p1", "p2", "p3", "p4")


class Browse(Dialog):
    name = "browse"
    states = ("phase", "tips")
    rows = (
        Row("phase", "phase", "tips", do="take"),
        Row("tip", "tips", None, do="show"),
        Row("more", "tips", "tips", do="turn_page"),
    )
    page = 6

    def ask_phase(self) -> None:
        choices = [Choice(f"phase:{p}", Words(f"{p}#title")) for p in PHASES]
        self.talk.ask(Words("browse.phase"), [*choices, Choice("back", Words("choice.back"))])

    def take(self) -> None:
        self.data.update(phase=self.arg if self.arg in PHASES else "p1", page=0)

    def turn_page(self) -> None:
        self.data["page"] = int(self.data.get("page", 0)) + 1

    def ask_tips(self) -> None:
        phase = str(self.data["phase"])
        tips = [
            t.id
            for t in self.talk.library.kb.tips.values()
            if t.phase == phase and t.stance != "heading"
        ]
        pages = -(-len(tips) // self.page)
        first = int(self.data.get("page", 0)) % pages * self.page
        choices = [Choice(f"tip:{t}", Words(f"{t}#title")) for t in tips[first : first + self.page]]
        last = first + self.page >= len(tips)
        if pages > 1:
            choices.append(Choice("more", Words("browse.first" if last else "browse.more")))
        intro = Words("browse.tips", {"intro": Words(f"{phase}#intro")})
        words = Words("browse.more_tips") if first else intro
        self.talk.ask(words, [*choices, Choice("back", Words("choice.back"))])

    def show(self) -> None:
        self.talk.open("card", entry=self.arg)
