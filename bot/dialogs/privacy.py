"""Privacy: what is kept, take it along, share it or not, erase it all."""

from __future__ import annotations

from bot.case.file import CaseFile
from bot.core.dialog import SAME, Dialog, Row
from bot.core.events import ErasureConfirmed, ExportRequested
from bot.core.say import Choice, Words
from bot.core.session import Session


class Privacy(Dialog):
    name = "privacy"
    states = ("home", "sure")
    rows = (
        Row("export", "home", None, do="export"),
        Row("sharing", "home", None, do="sharing"),
        Row("more", "home", SAME, do="tell_more"),
        Row("erase", "home", "sure"),
        Row("erase_all", "sure", None, do="erase"),
        Row("keep_all", "sure", "home"),
        Row("done", "home", None, do="leave"),
    )

    def start(self) -> None:
        want = self.data.pop("want", None)
        if want == "erase":
            self.state = "sure"
        if want == "export":
            self.export()
        else:
            self.ask()

    def ask_home(self) -> None:
        acts = ("export", "sharing", "erase", "more") if self.talk.consent else ("erase", "more")
        if self.talk.consent and self.talk.case.shared:
            # Another dialog of that name, which its command opens.
            acts = ("readers", *acts)
        choices = [Choice(act, Words(f"privacy.{act}")) for act in acts]
        key = "privacy.home" if self.talk.consent else "privacy.guest"
        self.talk.ask(Words(key), [*choices, Choice("done", Words("choice.back"))])

    def tell_more(self) -> None:
        if not self.talk.consent:
            self.talk.say("privacy.not_agreed")
        self.talk.say("welcome.privacy")

    def export(self) -> None:
        self.talk.record(ExportRequested())
        self.talk.say("privacy.exporting" if self.talk.consent else "privacy.exporting_guest")
        self.talk.close()

    def sharing(self) -> None:
        self.talk.open("team", want="share")

    def ask_sure(self) -> None:
        choices = [Choice(a, Words(f"privacy.{a}")) for a in ("keep_all", "erase_all")]
        self.talk.ask(Words("privacy.sure" if self.talk.consent else "privacy.sure_guest"), choices)

    def erase(self) -> None:
        """All is forgotten here; `service` deletes it in the same commit."""
        self.talk.record(ErasureConfirmed())
        self.talk.say("privacy.erased")
        self.talk.case, self.talk.consent = CaseFile(), None
        self.talk.session = Session(language=self.talk.language, asked=self.talk.session.asked)
        self.talk.end()

    def leave(self) -> None:
        self.talk.close()
