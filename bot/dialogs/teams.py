"""Teams: which one the conversation is about, where a person belongs to more than one."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.events import TeamPicked
from bot.core.say import Choice, Words


class Teams(Dialog):
    name = "teams"
    typed_is_answer = False
    states = ("home",)
    rows = (Row("take", "home", None, do="take"),)

    def start(self) -> None:
        if len(self.talk.teams) < 2:
            self.talk.say("teams.only_one")
            self.talk.close()
        else:
            self.ask()

    def ask_home(self) -> None:
        choices = [
            Choice(f"take:{case[:32]}", name or _unnamed(n))
            for n, (case, name) in enumerate(self.talk.teams, 1)
        ]
        self.talk.ask(Words("teams.home"), [*choices, Choice("back", Words("choice.back"))])

    def take(self) -> None:
        for n, (case, name) in enumerate(self.talk.teams, 1):
            if case[:32] == self.arg:
                self.talk.record(TeamPicked(case))
                self.talk.say("teams.picked", name=name or _unnamed(n))
        self.talk.end()


def _unnamed(number: int) -> Words:
    return Words("teams.unnamed", {"n": str(number)})
