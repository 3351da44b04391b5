"""A new round set up by buttons: what it is about, how long, with or without a clock, for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.message import Message
from bot.core.say import Choice, Say, Value, Words
from bot.quiz.item import TOPICS
from bot.quiz.round import Round, Settings
from bot.service import round_remote, rounds
from bot.service.round_caller import Caller
from bot.service.round_letters import PREFIX
from bot.service.rounds import RoundError
from bot.service.told import Told
from bot.store import rounds as kept_rounds
from bot.store import staffing
from bot.store.rounds import Live

MIXED = "mixed"
NUMBERS = (5, 10, 15)
TIMES = (0, 30, 60)
PARTS = ("topic", "number", "time")
# The projector shows two languages: the trainer's, and one more.
FIRST, SECOND = "fr", "en"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is chosen so far. It travels in the buttons, so that nothing of it is stored."""

    topic: str = MIXED
    number: int = 10
    seconds: int = 0
    teams: bool = False

    @property
    def is_offered(self) -> bool:
        return self.topic in (MIXED, *TOPICS) and self.number in NUMBERS and self.seconds in TIMES

    @property
    def topics(self) -> tuple[str, ...]:
        return () if self.topic == MIXED else (self.topic,)

    def action(self, then: str) -> str:
        """A button that keeps this and does `then`: show, go, or choose one of the PARTS."""
        mode = "t" if self.teams else "p"
        return f"{PREFIX}s:{self.topic}:{self.number}:{self.seconds}:{mode}:{then}"


def offer(caller: Caller, _argument: str) -> Told:
    """`/round`: a round as most want it, ready to start or to change."""
    lets(caller)
    return Told((caller.message(_shown(caller, Draft())),))


def lets(caller: Caller) -> None:
    """Raises RoundError for whoever may not lead rounds."""
    if staffing.staff(caller.batch.db, caller.person) is None:
        raise RoundError("round.host_only")


def changed(caller: Caller, topic: str, number: str, seconds: str, mode: str, then: str) -> Told:
    """A button of the set-up."""
    lets(caller)
    draft = Draft(topic, int(number[:3]), int(seconds[:3]), mode == "t")
    if not draft.is_offered:
        return caller.toast("round.old_button")
    if then == "go":
        return Told((_started(caller, draft),))
    say = _chosen_from(draft, then) if then in PARTS else _shown(caller, draft)
    return Told((caller.message(say),))


def _shown(caller: Caller, draft: Draft) -> Say:
    # A topic may have fewer questions than are wished for.
    there = len(caller.insight.bank().of(draft.topics))
    values: dict[str, Value] = {
        "topic": _topic(draft.topic),
        "n": min(draft.number, there),
        "time": _time(draft.seconds),
        "who": Words("quiz_desk.tables" if draft.teams else "quiz_desk.alone"),
    }
    other = replace(draft, teams=not draft.teams)
    who = Words("quiz_desk.alone" if draft.teams else "quiz_desk.tables")
    choices = (
        Choice(draft.action("go"), Words("round.set_start")),
        *(Choice(draft.action(part), Words(f"round.set_{part}")) for part in PARTS),
        Choice(other.action("show"), who),
    )
    return Say(Words("round.set_up", values), choices)


def _chosen_from(draft: Draft, part: str) -> Say:
    """What one part may be; each choice leads back to the whole."""
    options: dict[str, list[tuple[Draft, Words | str]]] = {
        "topic": [(replace(draft, topic=t), _topic(t)) for t in (MIXED, *TOPICS)],
        "number": [(replace(draft, number=n), str(n)) for n in NUMBERS],
        "time": [(replace(draft, seconds=s), _time(s)) for s in TIMES],
    }
    choices = tuple(Choice(each.action("show"), label) for each, label in options[part])
    back = Choice(draft.action("show"), Words("choice.back"))
    return Say(Words(f"round.set_{part}_which"), (*choices, back))


def _topic(topic: str) -> Words:
    return Words("round.set_mixed" if topic == MIXED else f"quiz_desk.topic_{topic}")


def _time(seconds: int) -> Words:
    return Words("round.set_seconds", {"n": seconds}) if seconds else Words("round.set_no_clock")


def _started(caller: Caller, draft: Draft) -> Message:
    """The round as it stands in its lobby; pressed twice it is the same round."""
    batch = caller.batch
    seed = int(batch.now.timestamp())
    items = caller.insight.bank().drawn(draft.topics, draft.number, seed)
    first = caller.language
    settings = Settings(
        topics=draft.topics,
        seconds=draft.seconds,
        teams=draft.teams,
        languages=(first, SECOND if first != SECOND else FIRST),
    )
    live = _waiting(caller, settings, len(items))
    live = live or rounds.start(batch, caller.person, settings, items)
    return round_remote.remote(batch, caller.voice, live, first)


def _waiting(caller: Caller, settings: Settings, total: int) -> Live | None:
    """The very same round, started just before and not begun."""
    mine = kept_rounds.hosted(caller.batch.db, caller.person)
    lobbies = (live for live in mine if live.round.stage == "lobby")
    same = (live for live in lobbies if live.round == Round(settings, total))
    return next(same, None)
