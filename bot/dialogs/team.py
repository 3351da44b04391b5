"""Team: its name, and what programme staff may read: nothing until it says yes."""

from __future__ import annotations

from bot.core import signals
from bot.core.dialog import Dialog, Row, ways
from bot.core.events import TeamNamed
from bot.core.say import Choice, Words

NAME_LIMIT = 80


class Team(Dialog):
    """`data["then"]` is the dialog to go on with; without it the one below speaks again."""

    name = "team"
    states = ("name", "share", "transcript", "home")
    rows = (
        Row("text", "name", None, do="take_name"),
        Row("skip", "name", None, do="skip_name"),
        Row("share", "share", None, do="take_share"),
        Row("rename", "home", "name"),
        Row("resharing", "home", "share"),
        Row("conversation", "home", "transcript"),
        Row("share", "transcript", "home", do="take_transcript"),
        Row("done", "home", None, do="leave"),
        *ways("share", "home"),
    )

    def start(self) -> None:
        case = self.talk.case
        if self.data.get("want") == "share":
            self.state = "share"
        elif case.name is not None and case.shared is not None:
            self.state = "home"
        elif case.name is not None:
            self.state = "share"
        self.ask()

    def ask_name(self) -> None:
        self.talk.ask(
            Words("team.name"),
            (Choice("skip", Words("choice.skip")), Choice("back", Words("choice.back"))),
        )

    def take_name(self) -> None:
        name = " ".join(self.arg.split())
        if len(name) > NAME_LIMIT:
            self.talk.keep(self.arg, self.state)
        self._name(name[:NAME_LIMIT])

    def skip_name(self) -> None:
        self._name(self.talk.case.name or "")

    def _name(self, name: str) -> None:
        self.talk.update(name=name)
        self.talk.record(TeamNamed(name))
        self.go("share" if self.talk.case.shared is None else "home")

    def ask_share(self) -> None:
        choices = [Choice(f"share:{a}", Words(f"team.share_{a}")) for a in ("yes", "no")]
        self.talk.ask(Words("team.share"), [*choices, Choice("back", Words("choice.back"))])

    def take_share(self) -> None:
        shared = self.arg == "yes"
        asked = "help" in self.talk.case.signals
        signals.share(self.talk, shared)
        self.talk.say("team.shared" if shared else "team.private")
        if asked and not shared:
            self.talk.say("team.asking_dropped")
        self.leave()

    def ask_transcript(self) -> None:
        if not self.talk.case.shared:
            # Another member has closed the summary meanwhile.
            self.state = "home"
            self.ask()
            return
        choices = [Choice(f"share:{a}", Words(f"team.transcript_{a}")) for a in ("yes", "no")]
        self.talk.ask(Words("team.transcript"), [*choices, Choice("back", Words("choice.back"))])

    def take_transcript(self) -> None:
        signals.share_transcript(self.talk, self.arg == "yes")
        read = self.talk.case.transcript
        self.talk.say("team.transcript_open" if read else "team.transcript_closed")

    def ask_home(self) -> None:
        case = self.talk.case
        words = Words(
            "team.home",
            {
                "name": case.name or Words("team.unnamed"),
                "shared": self._readable(),
            },
        )
        choices = [Choice(a, Words(f"team.{a}")) for a in ("rename", "resharing")]
        if case.shared:
            choices.append(Choice("conversation", Words("team.conversation")))
        self.talk.ask(words, [*choices, Choice("done", Words("choice.back"))])

    def _readable(self) -> Words:
        case = self.talk.case
        if not case.shared:
            return Words("team.is_private")
        return Words("team.is_shared_all" if case.transcript else "team.is_shared")

    def leave(self) -> None:
        then = self.data.get("then")
        if then:
            self.talk.replace(str(then))
        else:
            self.talk.close()
