"""Language: choose another one; the conversation goes on at the same question."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.say import Choice, Words


class Language(Dialog):
    name = "language"
    states = ("choose",)
    rows = (Row("speak", "choose", None, do="take"),)

    def ask_choose(self) -> None:
        names = self.talk.library.kb.languages
        choices = [Choice(f"speak:{code}", names.names[code]) for code in names.complete]
        self.talk.ask(Words("language.choose"), [*choices, Choice("back", Words("choice.back"))])

    def take(self) -> None:
        if self.arg in self.talk.library.kb.languages.complete:
            self.talk.speak(self.arg)
            self.talk.say("language.chosen")
        self.talk.close()
