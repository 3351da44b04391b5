"""Practice: choosing a few questions to answer, the sum-up, and the small question now and then."""

from __future__ import annotations

from bot.case.plain import made, plain
from bot.core.dialog import ALL, Dialog, Row
from bot.core.events import RefresherChosen
from bot.core.say import Choice, Lines, Words
from bot.knowledge.model import PHASES
from bot.quiz.bank import bank
from bot.quiz.item import TOPICS
from bot.quiz.practising import ROUND, Tiers, plan, tiers_of_gaps
from bot.quiz.progress import Progress

# Days between small questions.
EVERY = {"few_days": 3, "never": 0}


class Practice(Dialog):
    """`data` opens it further on: `sitting` one that has ended, `about` what to begin with,
    `every` how often a small question is wanted; `told`: a guest knows that nothing is kept."""

    name = "practice"
    typed_is_answer = False
    states = ("choose", "topic", "end")
    rows = (
        Row("topics", "choose", "topic"),
        Row("about", ALL, None, do="begin"),
        Row("every", "choose", None, do="set_every"),
        Row("yes", "end", None, do="want"),
        Row("no", "end", None, do="decline"),
        Row("enough", "end", None, do="leave"),
    )

    def start(self) -> None:
        self.arg = str(self.data.get("about") or self.data.get("every") or "")
        if "about" in self.data:
            self.begin()
        elif "every" in self.data:
            self.set_every()
        elif "sitting" in self.data:
            self.state, self.trail = "end", ["choose"]
            self.ask()
        else:
            self.ask()

    def ask_choose(self) -> None:
        told = bool(self.talk.consent) or "told" in self.data
        self.data["told"] = True
        hows = ("mixed", "gaps") if self.talk.case.read_at else ("mixed",)
        choices = [Choice(f"about:{how}", Words(f"practice.{how}")) for how in hows]
        choices.append(Choice("topics", Words("practice.topics")))
        if self.talk.consent:
            span = "never" if self.talk.learning.every else "few_days"
            choices.append(Choice(f"every:{span}", Words(f"practice.{span}")))
        words = Words("practice.choose" if told else "practice.choose_guest")
        self.talk.ask(words, [*choices, Choice("back", Words("choice.back"))])

    def ask_topic(self) -> None:
        there = [t for t in TOPICS if bank(self.talk.library.kb).of((t,))]
        choices = [Choice(f"about:{topic}", _topic(topic)) for topic in there]
        self.talk.ask(Words("practice.topic"), [*choices, Choice("back", Words("choice.back"))])

    def begin(self) -> None:
        """The questions differ from those of the sitting before."""
        talk, past = self.talk, self._sitting().items
        learnt, seed = talk.learning.items, talk.session.asked
        items = plan(self._tiers(self.arg), learnt, talk.now, seed, ROUND, past)
        self.talk.replace("sitting", sitting=plain(Progress(items, self.arg)))

    def _tiers(self, how: str) -> Tiers:
        every = bank(self.talk.library.kb)
        if how == "gaps" and self.talk.case.read_at:
            return tiers_of_gaps(every, self.talk.reading())
        return (every.of((how,) if how in TOPICS else ()),)

    def _sitting(self) -> Progress:
        """The one that has just ended; an empty one where there was none."""
        sitting: Progress = made(Progress, self.data.get("sitting", {}))
        return sitting

    def ask_end(self) -> None:
        """A sum-up without any score, and once the offer of a small question now and then."""
        sitting, learning = self._sitting(), self.talk.learning
        missed = tuple(_line(topic) for topic in sitting.missed if topic in TOPICS)
        again = Words("practice.again", {"topics": Lines(missed)}) if missed else ""
        if self.talk.consent and not (learning.offered or learning.every):
            key, ways = "practice.end_offer", ("yes", "no")
            choices = [Choice(way, Words(f"practice.{way}")) for way in ways]
        else:
            key, more = "practice.end", Choice(f"about:{sitting.how}", Words("practice.more"))
            choices = [more, Choice("enough", Words("practice.enough"))]
        self.talk.ask(Words(key, {"n": sitting.answered, "again": again}), choices)

    def want(self) -> None:
        self.arg = "few_days"
        self.set_every()

    def decline(self) -> None:
        self.talk.learn(offered=True)
        self.talk.say("practice.declined")
        self.talk.close()

    def set_every(self) -> None:
        days = EVERY.get(self.arg, 0)
        self.talk.learn(every=days, offered=True, unanswered=0)
        self.talk.record(RefresherChosen(days))
        if days:
            first = Words("practice.first") if self.talk.waits_below else ""
            self.talk.say("practice.comes", first=first)
        else:
            self.talk.say("practice.comes_no_more")
        self.talk.close()

    def leave(self) -> None:
        self.talk.close()


def _topic(topic: str) -> Words:
    return Words(f"{topic}#title" if topic in PHASES else f"practice.{topic}")


def _line(topic: str) -> Words:
    return Words("practice.line", {"topic": _topic(topic)})
