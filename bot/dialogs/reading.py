"""Reading: where the team stands over the four steps, which form may fit, and why."""

from __future__ import annotations

from dataclasses import replace

from bot.case.model import Reading, Reason
from bot.core.dialog import Dialog, Row, ways
from bot.core.events import ReadingConfirmed, ReadingGiven, ReadingOverruled
from bot.core.quote import SECTORS, quoted, reason_words, slot_of, slots_behind
from bot.core.say import Choice, Lines, Listing, Words

PHASES = ("p1", "p2", "p3", "p4")
FORMS = ("join_existing", "network", "round_table", "msi", "msp")
QUOTES = 90
FLAGS_A_READING = 2


class ReadingDialog(Dialog):
    name = "reading"
    states = ("summary", "differ", "phase", "form", "flag")
    rows = (
        Row("why", "summary", None, do="explain"),
        Row("yes", "summary", None, do="confirm"),
        Row("no", "summary", "differ", do="doubt"),
        Row("phase", "differ", "phase"),
        Row("form", "differ", "form"),
        Row("answers", "differ", None, do="to_review"),
        Row("take", "phase", "summary", do="overrule_phase"),
        Row("take", "form", "summary", do="overrule_form"),
        Row("fix", "flag", None, do="fix"),
        Row("leave", "flag", None, do="settle"),
        Row("text", "flag", None, do="note"),
        Row("why", "flag", None, do="explain_flag"),
        *ways("flag", "summary"),
    )

    def read(self) -> Reading:
        return self.talk.reading()

    def start(self) -> None:
        reading = self.read()
        self.talk.update(read_at=self.talk.now)
        self.talk.record(ReadingGiven(reading.phase, reading.form))
        self.ask()

    def resume(self) -> None:
        """An answer may have changed: the reading is shown afresh."""
        if self.data.get("reread"):
            self.data["reread"] = False
            self.state = "summary"
        self.ask()

    def ask_summary(self) -> None:
        reading = self.read()
        self._say_profile(reading)
        self._say_form(reading)
        self.talk.ask(
            Words("reading.fits"),
            [Choice(a, Words(f"reading.{a}")) for a in ("yes", "no", "why")],
        )

    def _say_profile(self, reading: Reading) -> None:
        steps = tuple(
            Words(
                "reading.main_step" if p == reading.phase and state != "done" else "reading.step",
                {"n": p[1], "name": Words(f"{p}#title"), "state": Words(f"state.{state}")},
            )
            for p, state in reading.profile.items()
        )
        reason = reason_words(reading.reasons[1])
        self.talk.say("reading.profile", steps=Lines(steps), reason=reason)
        if reading.confidence.first_glimpse:
            self.talk.say("confidence.first_glimpse", n=reading.confidence.answers)

    def _say_form(self, reading: Reading) -> None:
        """The route comes before the form; missing sectors only where they matter."""
        route, form = reading.reasons[0], reading.reasons[2]
        # To join is both the way and the form; it is said once.
        once = reading.route == "join_first" and reading.form == "join_existing"
        about = (route,) if once else (route, form)
        lines = [reason_words(reason) for reason in about]
        if reading.form_otherwise:
            other = Words(f"form_name.{reading.form_otherwise}")
            lines.append(Words("reading.otherwise", {"form": other}))
        if self._missing(reading):
            lines.append(self._missing_words(reading))
        if reading.outlook and reading.form in ("msi", "msp"):
            lines.append(Words("outlook.text"))
        self.talk.say("reading.ways", lines=Lines(tuple(lines)))

    @staticmethod
    def _missing(reading: Reading) -> bool:
        """All four missing beside names means only that no name was sorted yet."""
        return reading.missing_shown and len(reading.missing_sectors) < len(SECTORS)

    @staticmethod
    def _missing_words(reading: Reading) -> Words:
        names = Listing(tuple(Words(f"sector.{s}") for s in reading.missing_sectors))
        sure = "perhaps" if reading.missing_perhaps else "text"
        return Words(f"missing.{sure}", {"missing": names})

    def explain(self) -> None:
        """Each reason with the answers it rests on, and what would move the team on."""
        told: set[tuple[str, ...]] = set()
        reading = self.read()
        for reason in reading.reasons[:4]:
            behind = slots_behind(reason.answers, self.talk.case)
            if not behind or behind not in told:
                told.add(behind)
                self._ground(reason_words(reason), behind, reason.moves_on)
        if self._missing(reading):
            behind = slots_behind(("actors", "sectors_left_out"), self.talk.case)
            self._ground(self._missing_words(reading), behind)
        self.ask_again()

    def explain_flag(self) -> None:
        """What a contradiction rests on; answering the question again is what would move it."""
        flag = self._flag()
        if flag is not None:
            self._ground(reason_words(flag), slots_behind(flag.answers, self.talk.case))
        self.ask()

    def _ground(self, text: Words, behind: tuple[str, ...], moves_on: str | None = None) -> None:
        """One reason, the answers behind it and what would change it, in one message."""
        answers = Lines(
            tuple(
                Words(
                    "reading.answer",
                    {"slot": Words(f"slot.{s}"), "answer": quoted(s, self.talk.case, QUOTES)},
                )
                for s in behind
            )
        )
        key = "reading.because" if behind else "reading.because_open"
        because = Words(key, {"text": text, "answers": answers})
        moves = Words("reading.moves", {"text": Words(moves_on)}) if moves_on else ""
        self.talk.say("reading.reason", because=because, moves=moves)

    def ask_again(self) -> None:
        self.talk.ask(
            Words("reading.fits"),
            [Choice(a, Words(f"reading.{a}")) for a in ("yes", "no")],
        )

    def confirm(self) -> None:
        self.talk.update(fits=True)
        self.talk.record(ReadingConfirmed(True))
        self._next()

    def doubt(self) -> None:
        self.talk.update(fits=False)
        self.talk.record(ReadingConfirmed(False))

    def _next(self) -> None:
        """One thing after the other: what does not sit well, then the team, then the tips."""
        case = self.talk.case
        if self._flag() is not None:
            self.go("flag")
        elif case.name is None or case.shared is None:
            self.talk.replace("team", then="advice")
        else:
            self.talk.replace("advice")

    def ask_differ(self) -> None:
        choices = [Choice(a, Words(f"reading.{a}")) for a in ("phase", "form", "answers")]
        self.talk.ask(Words("reading.differ"), [*choices, Choice("back", Words("choice.back"))])

    def ask_phase(self) -> None:
        choices = [Choice(f"take:{p}", Words(f"{p}#title")) for p in PHASES]
        self._ask_choice("reading.which_phase", choices, self.talk.case.overruled_phase)

    def ask_form(self) -> None:
        choices = [Choice(f"take:{f}", Words(f"form_name.{f}")) for f in FORMS]
        self._ask_choice("reading.which_form", choices, self.talk.case.overruled_form)

    def _ask_choice(self, key: str, choices: list[Choice], overruled: str | None) -> None:
        if overruled:
            choices.append(Choice("take:", Words("reading.as_read")))
        self.talk.ask(Words(key), [*choices, Choice("back", Words("choice.back"))])

    def overrule_phase(self) -> None:
        self.talk.update(overruled_phase=self.arg or None)
        self.talk.record(ReadingOverruled("phase", self.arg))

    def overrule_form(self) -> None:
        self.talk.update(overruled_form=self.arg or None)
        self.talk.record(ReadingOverruled("form", self.arg))

    def to_review(self) -> None:
        self.data["reread"] = True
        self.talk.open("review")

    def _flag(self) -> Reason | None:
        """The first contradiction nobody has settled yet; few at a time."""
        settled = self.talk.case.settled
        reading = self.read()
        # Whoever may join elsewhere need not mend a partnership of their own first.
        open_ones = () if reading.route == "join_first" else reading.contradictions
        if int(self.data.get("flags", 0)) >= FLAGS_A_READING:
            return None
        return next((c for c in open_ones if c.about not in settled), None)

    def ask_flag(self) -> None:
        flag = self._flag()
        if flag is None:
            self._next()
            return
        choices = [Choice(a, Words(f"reading.{a}")) for a in ("fix", "leave", "why")]
        self.talk.ask(Words("reading.flag", {"text": reason_words(flag)}), choices)

    def note(self) -> None:
        """What is typed in answer to a flag is kept, and the talk goes on."""
        self.talk.keep(self.arg, "flag")
        self.talk.say("reading.flag_noted")
        self.settle()

    def settle(self) -> None:
        self._settle()
        self._next()

    def fix(self) -> None:
        flag = self._settle()
        again = self._asked_again(flag) if flag else ""
        if again:
            self.data["reread"] = True
            self.talk.open("intake", edit=again)
        else:
            self._next()

    def _settle(self) -> Reason | None:
        flag = self._flag()
        if flag is not None:
            self.data["flags"] = int(self.data.get("flags", 0)) + 1
            case = self.talk.case
            self.talk.case = replace(case, settled=(*case.settled, flag.about))
        return flag

    def _asked_again(self, flag: Reason) -> str:
        """The question that would settle a contradiction."""
        rules = self.talk.library.kb.rules
        return next(slot_of(c.ask_again) for c in rules.contradictions if c.id == flag.about)
