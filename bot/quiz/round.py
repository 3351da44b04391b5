"""A round: a live quiz as its host leads it; questions are closed by a person, not by a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

Stage = Literal["lobby", "open", "closed", "shown", "ended"]
"""lobby: people join; open: answers count; closed: the split is seen; shown: the right answer."""

EXTRA = 30
LONGEST = 3600
MOST_PLAYERS = 300


class NotNowError(Exception):
    """The deed does not fit where the round stands; nothing was changed. `why`: see `DEEDS`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a round is played. `seconds`: time a question, 0 = none; `clock_closes`: when it is up
    the question closes by itself, else the host is told. `teams`: one phone a table, names are
    tables'. `names`: whether players have names at all. `board`: whether there is a leaderboard.
    `speed`: half of a point depends on time. `languages`: the two of the projector.
    """

    title: str = ""
    topics: tuple[str, ...] = ()
    seconds: int = 0
    clock_closes: bool = False
    teams: bool = False
    names: bool = True
    board: bool = True
    speed: bool = False
    languages: tuple[str, str] = ("fr", "en")
    most: int = MOST_PLAYERS


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round stands. `place`: of the present question, from 0; -1 in the lobby.

    `due_at`: when the time of the question is up; `left`: seconds that were left at the pause.
    `opened`: when each question was opened, by place; `skipped`: places that do not count.
    `paper`: hands or cards counted in the room, a place -> one number an option.
    `board`: the projector shows the leaderboard now. `pauses`: of the present question, from when
    to when; `extended`: how often it was given more time.
    """

    settings: Settings = field(default_factory=Settings)
    total: int = 0
    stage: Stage = "lobby"
    place: int = -1
    opened_at: datetime | None = None
    due_at: datetime | None = None
    left: int | None = None
    paused_at: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    extended: int = 0
    board: bool = False
    skipped: tuple[int, ...] = ()
    paper: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def takes_answers(self) -> bool:
        return self.stage == "open" and not self.is_paused

    @property
    def is_last(self) -> bool:
        return self.place + 1 >= self.total

    @property
    def asked(self) -> tuple[int, ...]:
        """Places of the questions that count, once their answer was shown: no score tells it."""
        over = self.place + (self.stage in ("shown", "ended"))
        return tuple(place for place in range(over) if place not in self.skipped)

    @property
    def standing(self) -> str:
        """Where it stands, in a word that fits into a button: "open:3"; given time "open:3+1"."""
        more = f"+{self.extended}" if self.extended else ""
        return f"{self.stage}{'-' if self.is_paused else ''}:{self.place}{more}"

    def seconds_left(self, now: datetime) -> int | None:
        """What the clock of the question shows; None without one, 0 when the time is up."""
        if self.left is not None:
            return self.left
        return max(0, round_up((self.due_at - now).total_seconds())) if self.due_at else None

    def cards(self, options: int) -> tuple[int, ...]:
        """Cards counted in the room for the present question, one number an option."""
        return (*self.paper.get(str(self.place), ()), *(0,) * options)[:options]


def act(round: Round, deed: str, now: datetime, argument: str = "") -> Round:
    """`round` after a deed of its host. Raises NotNowError."""
    change = DEEDS.get(deed)
    if change is None or round.stage == "ended":
        raise NotNowError
    return change(round, now, argument)


def _next(round: Round, now: datetime, _: str) -> Round:
    if round.stage not in ("lobby", "closed", "shown") or round.is_last:
        raise NotNowError
    seconds = round.settings.seconds
    return replace(
        round,
        stage="open",
        place=round.place + 1,
        opened_at=now,
        due_at=now + timedelta(seconds=seconds) if seconds else None,
        left=None,
        paused_at=None,
        pauses=(),
        extended=0,
        board=False,
    )


def _close(round: Round, _now: datetime, _: str) -> Round:
    if round.stage != "open":
        raise NotNowError
    return replace(round, stage="closed", due_at=None, left=None, paused_at=None)


def _show(round: Round, _now: datetime, _: str) -> Round:
    """The right answer; an open question is closed by it."""
    if round.stage not in ("open", "closed"):
        raise NotNowError
    return replace(round, stage="shown", due_at=None, left=None, paused_at=None)


def _pause(round: Round, now: datetime, _: str) -> Round:
    if not round.takes_answers:
        raise NotNowError
    left = max(1, round_up((round.due_at - now).total_seconds())) if round.due_at else None
    return replace(round, paused_at=now, left=left, due_at=None)


def _resume(round: Round, now: datetime, _: str) -> Round:
    if round.stage != "open" or round.paused_at is None:
        raise NotNowError
    due = now + timedelta(seconds=round.left) if round.left else None
    pauses = (*round.pauses, (round.paused_at, now))
    return replace(round, paused_at=None, left=None, due_at=due, pauses=pauses)


def _extend(round: Round, now: datetime, _: str) -> Round:
    """Half a minute more; also where the time is up and the host has not closed yet."""
    if round.stage != "open" or not round.settings.seconds:
        raise NotNowError
    more = replace(round, extended=round.extended + 1)
    if round.is_paused:
        return replace(more, left=min(LONGEST, (round.left or 0) + EXTRA))
    start = min(max(round.due_at or now, now), now + timedelta(seconds=LONGEST))
    return replace(more, due_at=start + timedelta(seconds=EXTRA))


def _skip(round: Round, _now: datetime, _: str) -> Round:
    """The question does not count, whoever answered it; often the room sees why too late."""
    if round.stage not in ("open", "closed", "shown") or round.place in round.skipped:
        raise NotNowError
    return replace(
        round,
        stage="shown",
        skipped=(*round.skipped, round.place),
        due_at=None,
        left=None,
        paused_at=None,
    )


def _count(round: Round, _now: datetime, _: str) -> Round:
    """A question that was skipped counts after all."""
    if round.stage != "shown" or round.place not in round.skipped:
        raise NotNowError
    return replace(round, skipped=tuple(n for n in round.skipped if n != round.place))


def _board(round: Round, deed: str) -> Round:
    if deed not in offered(round):
        raise NotNowError
    return replace(round, board=deed == "board")


def _end(round: Round, _now: datetime, _: str) -> Round:
    """A question that is still open counts for nobody."""
    cut = (round.place,) if round.stage == "open" else ()
    over = replace(round, stage="ended", due_at=None, left=None, paused_at=None, board=True)
    return replace(over, skipped=(*round.skipped, *cut))


def _paper(round: Round, _now: datetime, argument: str) -> Round:
    """Counts of the present question, as "5 7 0 2" in the order of the letters."""
    if round.stage not in ("open", "closed", "shown"):
        raise NotNowError
    words = argument.split()
    if not words or not all(w.isascii() and w.isdigit() and len(w) < 5 for w in words):
        raise NotNowError
    counts = tuple(int(word) for word in words)
    return replace(round, paper={**round.paper, str(round.place): counts})


Change = Callable[[Round, datetime, str], Round]
DEEDS: Mapping[str, Change] = {
    "next": _next,
    "close": _close,
    "show": _show,
    "pause": _pause,
    "resume": _resume,
    "extend": _extend,
    "skip": _skip,
    "count": _count,
    "board": lambda round, *_: _board(round, "board"),
    "board_off": lambda round, *_: _board(round, "board_off"),
    "end": _end,
    "paper": _paper,
}


def offered(round: Round) -> tuple[str, ...]:
    """The deeds that fit now, the one most likely wanted first; what the remote shows."""
    onward = "end" if round.is_last else "next"
    board = ("board_off" if round.board else "board",) if round.settings.board else ()
    if round.stage == "lobby":
        return ("next", "end")
    if round.stage == "open":
        timed = ("extend",) if round.settings.seconds else ()
        if round.is_paused:
            return ("resume", "close", *timed, "skip", "end")
        return ("close", "show", "pause", *timed, "skip", "end")
    if round.stage == "closed":
        return ("show", onward, *board, "skip")
    if round.stage == "shown":
        doubt = "count" if round.place in round.skipped else "skip"
        return (onward, *board, doubt, *(() if round.is_last else ("end",)))
    return ()


def round_up(seconds: float) -> int:
    whole = int(seconds)
    return whole if whole == seconds else whole + 1
