"""Points of a round: right answers; where it is switched on, half of each by the time taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

FULL = 100
# Where speed counts, so much of a point is for the right answer alone.
SURE = 50
# Without a time limit the speed share fades over so many seconds.
UNHURRIED = 60


def taken(came: datetime, now: datetime, pauses: Iterable[tuple[datetime, datetime]] = ()) -> float:
    """Seconds from when a question came to `now`, without what was pause in between."""
    rests = ((max(start, came), min(end, now)) for start, end in pauses)
    idle = sum(max(0.0, (end - start).total_seconds()) for start, end in rests)
    return max(0.0, (now - came).total_seconds() - idle)


def points(right: bool, took: float, seconds: int, speed: bool) -> int:
    """0 to 100. `took`: seconds since the question reached this very person.

    So whoever was reached late loses nothing by it.
    """
    if not right:
        return 0
    if not speed:
        return FULL
    share = 1.0 - min(1.0, max(0.0, took) / (seconds or UNHURRIED))
    return SURE + round((FULL - SURE) * share)


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the leaderboard; equal points have the same rank, and the next one is skipped."""

    player: int
    name: str
    rank: int
    points: int
    right: int


# In a room this small everybody sees who came last anyway.
SMALL = 5


def is_told(rank: int, of: int) -> bool:
    """Whether the last word to somebody is their rank: in a larger room to the upper half only."""
    return of <= SMALL or rank <= (of + 1) // 2


def standings(names: Mapping[int, str], gained: Iterable[tuple[int, int, bool]]) -> list[Standing]:
    """The leaderboard of (player, points, right) for every counted answer; best first.

    `names`: everybody who takes part, also without any answer. Equals are in order of names.
    """
    total = dict.fromkeys(names, 0)
    rights = dict.fromkeys(names, 0)
    for player, more, right in gained:
        if player in total:
            total[player] += more
            rights[player] += right
    ordered = sorted(names, key=lambda p: (-total[p], names[p].casefold(), p))
    found: list[Standing] = []
    for n, player in enumerate(ordered, 1):
        tied = bool(found) and found[-1].points == total[player]
        rank = found[-1].rank if tied else n
        found.append(Standing(player, names[player], rank, total[player], rights[player]))
    return found
