"""Welcome: what is kept and who reads it, consent, and what would help most today."""

from __future__ import annotations

from bot.core.dialog import SAME, Dialog, Row, ways
from bot.core.events import ConsentGiven, ConsentRefused, NeedTold
from bot.core.say import Choice, Words
from bot.core.session import Consent

CONSENT_TEXT = "2026-11"
NEEDS = ("clear", "partners", "organise", "stuck", "tired")


class Welcome(Dialog):
    name = "welcome"
    states = ("consent", "need")
    rows = (
        Row("yes", "consent", None, do="agree"),
        *ways("need"),
        Row("more", "consent", SAME, do="tell_more"),
        Row("no", "consent", None, do="refuse"),
        Row("need", "need", None, do="take_need"),
        Row("text", "need", "need", do="listen"),
    )

    def start(self) -> None:
        if self.talk.consent:
            self.state = "need"
        self.ask()

    def ask_consent(self) -> None:
        if self.talk.consent:
            # Given in another chat meanwhile.
            self.go("need")
            self.trail.clear()
            return
        key = "welcome.consent_for" if self.data.get("wish") else "welcome.consent"
        read = self.data.get("shown") == self.talk.language
        key = "welcome.consent_again" if read else key
        self.data["shown"] = self.talk.language
        self.talk.ask(
            Words(key),
            (
                Choice("yes", Words("welcome.yes")),
                *([] if self.data.get("told") else [Choice("more", Words("welcome.more"))]),
                Choice("no", Words("welcome.no")),
                Choice("language", Words("choice.language")),
            ),
        )

    def tell_more(self) -> None:
        self.data["told"] = True
        self.talk.say("welcome.privacy")

    def agree(self) -> None:
        self.talk.consent = Consent(CONSENT_TEXT, self.talk.now)
        self.talk.record(ConsentGiven(CONSENT_TEXT))
        if self.data.get("wish"):
            self.talk.replace(str(self.data["wish"]))
        else:
            self.go("need")
            # Agreed is agreed: going back never asks for it again (/erase takes it back).
            self.trail.clear()

    def refuse(self) -> None:
        self.talk.record(ConsentRefused(CONSENT_TEXT))
        self.talk.say("welcome.without")
        self.talk.replace("menu")

    def ask_need(self) -> None:
        choices = [Choice(f"need:{need}", Words(f"welcome.need_{need}")) for need in NEEDS]
        self.talk.ask(Words("welcome.need"), choices)

    def listen(self) -> None:
        """Whoever tells it in their own words is thanked and asked which of these comes near."""
        self.talk.keep(self.arg, "need")
        self.talk.say("welcome.need_heard")

    def take_need(self) -> None:
        if self.arg not in NEEDS:
            self.ask()
            return
        self.talk.update(need=self.arg)
        self.talk.record(NeedTold(self.arg))
        self.talk.say(f"welcome.heard_{self.arg}")
        self.talk.replace("advice" if self.arg in ("stuck", "tired") else "intake")
