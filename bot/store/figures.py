"""Figures of the whole programme, rounded here so that no exact one leaves the store.

Why they are rounded, and what that does not hold: docs/decisions/0009-figures.md.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.store import listing, scope
from bot.store.times import stamp

FEWEST = 5
# Then the quarter of teams beyond a quartile are five as well.
FEWEST_FOR_QUARTERS = 4 * FEWEST
SILENT = timedelta(days=30)

# None: fewer than five, nought included.
Count = int | None


@dataclass(frozen=True, slots=True)
class Weeks:
    """How long teams were in a step: half of them at most `middle` weeks.

    `low`, `high`: between them lies the middle half; None where the teams are too few for that.
    """

    teams: int
    middle: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all teams that share, or of those with one label.

    `tips`: marked as done; `left`: the slot answered last by teams that left the intake. Whatever
    fewer than five teams have in common is not there.
    """

    teams: Count = None
    phases: Mapping[str, int] = field(default_factory=dict)
    sectors: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, Weeks] = field(default_factory=dict)
    tips: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)


def rounded(count: int) -> Count:
    """To the nearest five; None for fewer than five."""
    return (count + FEWEST // 2) // FEWEST * FEWEST if count >= FEWEST else None


def figures(db: sqlite3.Connection, label: str, now: datetime) -> Figures:
    """The figures of all teams that share; with `label`, of those that have it."""
    teams, phases, sectors, languages = 0, Counter[str](), Counter[str](), Counter[str]()
    for phase, named, language, count in db.execute(_made(TEAMS, label), {"label": label}):
        teams += count
        phases[phase] += count
        languages[language] += count
        sectors.update(dict.fromkeys(filter(None, named.split(",")), count))
    values = {"label": label, "silent": stamp(now - SILENT)}
    return Figures(
        teams=rounded(teams),
        phases=_published(phases),
        sectors=_published(sectors),
        languages=_published(languages),
        stays=_stays(db.execute(_made(STAYS, label), {"label": label})),
        tips=_published(_done(db.execute(_made(TIPS, label), {"label": label}))),
        left=_published(dict(db.execute(_made(LEFT, label), values))),
    )


def _published(counts: Mapping[str, int]) -> dict[str, int]:
    found = ((name, rounded(count)) for name, count in counts.items())
    return {name: count for name, count in found if count is not None}


def _made(sql: str, label: str) -> str:
    wanted = f"{scope.SHARED} AND {listing.CONDITIONS['label']}" if label else scope.SHARED
    return sql.format(wanted=wanted)


def _done(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    """`rows`: all that a team said of tips, and how many teams said just that."""
    found = Counter[str]()
    for said, teams in rows:
        marks = (mark.partition("=") for mark in said.split(","))
        found.update(dict.fromkeys((tip for tip, _, kind in marks if kind == "done"), teams))
    return found


def _stays(rows: Iterable[tuple[str, str, float, float]]) -> dict[str, Weeks]:
    """`rows`: case, phase, the day it came into it, and the day it was last heard from.

    One row after the other here: the same in SQL takes twice as long.
    """
    days: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    before: tuple[str, str, float, float] = ("", "", 0.0, 0.0)
    for row in (*rows, ("", "", 0.0, 0.0)):
        case, phase, since, last = before
        long = (row[2] if row[0] == case else last) - since
        if case and long >= 1:
            days[phase][case] += long
        before = row
    spent = {phase: [int(long / 7 + 0.5) for long in each.values()] for phase, each in days.items()}
    found = ((phase, weeks(sorted(longs))) for phase, longs in spent.items())
    return {phase: told for phase, told in found if told is not None}


def weeks(ordered: Sequence[int]) -> Weeks | None:
    """What is told of how many weeks each of several teams took; None for fewer than five."""
    teams = rounded(len(ordered))
    if teams is None:
        return None
    # Each is the time of some team: nothing is made up between two of them.
    low, middle, high = (ordered[-(-len(ordered) * quarter // 4) - 1] for quarter in (1, 2, 3))
    if len(ordered) < FEWEST_FOR_QUARTERS:
        return Weeks(teams, middle)
    return Weeks(teams, middle, low, high)


# The plus keeps SQLite from an index: nearly every team shares, and one by one takes longer.
TEAMS = """
SELECT s.phase, s.sectors, s.language, count(*) FROM summary AS s WHERE +{wanted} GROUP BY 1, 2, 3
"""
# Each team once a step, with all the time it was in it; in the present one until its last sign of
# life. While a team answers the questions its step may change from one answer to the next: what
# did not last a day does not count.
STAYS = """
SELECT t.case_id, t.phase, julianday(t.at), julianday(s.last_at)
FROM summary AS s CROSS JOIN stay AS t ON t.case_id = s.case_id WHERE +{wanted}
ORDER BY s.rowid, t.id
"""
TIPS = """
SELECT s.tips, count(*) FROM summary AS s WHERE +{wanted} AND s.tips <> '' GROUP BY 1
"""
LEFT = """
SELECT s.asked, count(*) FROM summary AS s
WHERE +{wanted} AND s.last_at < :silent AND s.read = 0 GROUP BY 1
"""
