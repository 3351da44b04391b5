"""Standstill: what holds the team up, what is settled since, and asking for a person."""

from __future__ import annotations

from datetime import date, timedelta

from bot.case.file import Signal
from bot.core import signals
from bot.core.dialog import Dialog, Row
from bot.core.say import Choice, Lines, Words
from bot.knowledge.dates import typed_date

# What is noted at a tap, without a further question.
AT_ONCE = ("coordinator_gone", "waiting")
CARDS = {
    "coordinator_gone": "card.coordinator_leaves",
    "waiting": "card.waiting_for_superiors",
    "money_ends": "card.money_ends",
}
SPANS = {"now": 0, "m1": 30, "m3": 91, "m6": 182, "y1": 365}


class Standstill(Dialog):
    """`data["want"]` "help" opens it where a person is asked for."""

    name = "standstill"
    typed_is_answer = False
    states = ("what", "tense", "money", "someone")
    rows = (
        Row("settled", ("what", "someone"), None, do="settle"),
        Row("conflict", "what", "tense"),
        Row("holds", "what", None, do="take"),
        Row("money_ends", "what", "money"),
        Row("someone", "what", "someone"),
        Row("yes", "tense", None, do="tell_tension"),
        Row("no", "tense", None, do="keep_tension"),
        Row("ends", "money", None, do="take_span"),
        Row("text", "money", None, do="take_date"),
        Row("unknown", "money", None, do="no_date"),
        Row("yes", "someone", None, do="ask_for_someone"),
        Row("no", "someone", None, do="ask_for_nobody"),
        Row("text", ("what", "tense", "someone"), None, do="listen"),
    )

    def start(self) -> None:
        if self.data.pop("want", None) == "help":
            self.state = "someone"
        self.ask()

    def ask_what(self) -> None:
        given = self.talk.case.signals
        told = tuple(_told(kind, signal) for kind, signal in given.items())
        words = Words("standstill.known", {"told": Lines(told)}) if told else None
        self.talk.ask(
            words or Words("standstill.what"),
            [*(_settled(kind) for kind in given), *self._open(), _back()],
        )

    def _open(self) -> list[Choice]:
        """What has not been told yet; a day when money ends may also change."""
        given = self.talk.case.signals
        choices = (
            [Choice("conflict", Words("standstill.conflict"))] if "conflict" not in given else []
        )
        choices += [
            Choice(f"holds:{k}", Words(f"standstill.{k}")) for k in AT_ONCE if k not in given
        ]
        choices.append(Choice("money_ends", Words("standstill.money_ends")))
        asked = [] if self._asked() else [Choice("someone", Words("standstill.someone"))]
        return [*choices, *asked]

    def settle(self) -> None:
        signals.clear(self.talk, self.arg)
        self.talk.say("standstill.settled")
        if self.state == "what" and self.talk.case.signals:
            self.ask()
        else:
            self.talk.close()

    def listen(self) -> None:
        """Who tells it in their own words is thanked and asked which of these comes near."""
        if "?" in self.arg and self.talk.library.ask(self.talk.language, self.arg):
            self.talk.open("ask", question=self.arg)
            return
        self.talk.keep(self.arg, self.name)
        self.talk.say("standstill.heard")
        self.ask()

    def take(self) -> None:
        if self.arg in AT_ONCE:
            self._note(self.arg, Words(f"standstill.noted_{self.arg}"))

    def ask_tense(self) -> None:
        key = "standstill.tense" if self._shares() else "standstill.tense_closed"
        self.talk.ask(
            Words(key, {"sentence": Words("stuck.conflict_told")}),
            [*(Choice(a, Words(f"standstill.tense_{a}")) for a in ("yes", "no")), _back()],
        )

    def tell_tension(self) -> None:
        self._tell("conflict", "standstill.tense_told")
        self.talk.replace("card", entry="card.conflict")

    def keep_tension(self) -> None:
        """Not even that it was asked is noted."""
        self.talk.say("standstill.tense_kept")
        self.talk.replace("card", entry="card.conflict")

    def ask_money(self) -> None:
        spans = [Choice(f"ends:{span}", Words(f"standstill.{span}")) for span in SPANS]
        unknown = Choice("unknown", Words("choice.unknown"))
        self.talk.ask(Words("standstill.money"), [*spans, unknown, _back()])

    def take_span(self) -> None:
        self._money(self.talk.now.date() + timedelta(days=SPANS.get(self.arg, 0)))

    def take_date(self) -> None:
        today = self.talk.now.date()
        due = typed_date(self.talk.library.kb.calendar, self.arg, today)
        if due is None or due < today:
            self.talk.keep(self.arg, self.name)
            self.talk.say("standstill.date_unclear" if due is None else "standstill.date_past")
            self.ask()
        else:
            self._money(due)

    def no_date(self) -> None:
        self._note("money_ends", Words("standstill.noted_money_open"))

    def _money(self, due: date) -> None:
        words = Words("standstill.noted_money_ends", {"due": due})
        if due == self.talk.now.date():
            words = Words("standstill.noted_money_now")
        self._note("money_ends", words, due)

    def _note(self, kind: str, words: Words, due: date | None = None) -> None:
        signals.give(self.talk, kind, due)
        seen = "standstill.seen_money" if kind == "money_ends" else "standstill.seen"
        seen = seen if self._shares() else "standstill.unseen"
        self.talk.say("standstill.noted", what=words, seen=Words(seen))
        self.talk.replace("card", entry=CARDS[kind])

    def ask_someone(self) -> None:
        if self._asked():
            since = self.talk.case.signals["help"].at.date()
            enough = Choice("settled:help", Words("standstill.enough"))
            self.talk.ask(Words("standstill.asked", {"since": since}), [enough, _back()])
            return
        self.talk.ask(
            Words("standstill.someone_ask" if self._shares() else "standstill.someone_closed"),
            [*(Choice(a, Words(f"standstill.someone_{a}")) for a in ("yes", "no")), _back()],
        )

    def ask_for_someone(self) -> None:
        if self._asked():
            # Another member has asked meanwhile.
            self.ask()
            return
        self._tell("help", "standstill.someone_told")
        self.talk.close()

    def ask_for_nobody(self) -> None:
        self.talk.say("standstill.someone_not")
        self.talk.close()

    def _tell(self, kind: str, key: str) -> None:
        """The programme reads this in the summary, so that is opened where it was closed."""
        opened = not self._shares()
        if opened:
            signals.share(self.talk, True)
        signals.give(self.talk, kind)
        self.talk.say(key, opened=Words("standstill.opened") if opened else "")

    def _shares(self) -> bool:
        return self.talk.case.shared is True

    def _asked(self) -> bool:
        """Whether the programme has been asked and can see it."""
        return self._shares() and "help" in self.talk.case.signals


def _told(kind: str, signal: Signal) -> Words:
    since = signal.at.date()
    if signal.due:
        return Words("standstill.told_money_day", {"since": since, "due": signal.due})
    return Words(f"standstill.told_{kind}", {"since": since})


def _settled(kind: str) -> Choice:
    return Choice(f"settled:{kind}", Words(f"standstill.settled_{kind}"))


def _back() -> Choice:
    return Choice("back", Words("choice.back"))
