"""Figures: they say something of many teams and nothing of a few."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.model import PHASES, SECTORS
from bot.store import figures
from bot.store.figures import Figures, Weeks
from bot.store.migrate import migrate
from bot.store.times import stamp

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
LABELS, TIPS, SLOTS = ("north", "south"), ("p1.goal_early", "p3.red_lines"), ("goal", "")
TEAM_ROW = """
INSERT INTO summary
    (case_id, shared, phase, sectors, language, begun_at, last_at, asked, tips, read)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up team; `stays`: the days it was in a step, one after the other."""

    shared: bool
    phase: str
    sectors: frozenset[str]
    language: str
    labels: frozenset[str]
    done: frozenset[str]
    asked: str
    read: bool
    silent: int
    stays: tuple[tuple[str, int], ...]


TEAM = st.builds(
    Made,
    st.sampled_from((True, True, True, False)),
    st.sampled_from(PHASES[:2]),
    st.frozensets(st.sampled_from(SECTORS)),
    st.sampled_from(("fr", "en")),
    st.frozensets(st.sampled_from(LABELS)),
    st.frozensets(st.sampled_from(TIPS)),
    st.sampled_from(SLOTS),
    st.booleans(),
    st.sampled_from((3, 29, 31, 200)),
    st.lists(
        st.tuples(st.sampled_from(PHASES[:2]), st.sampled_from((0, 1, 7, 40))), max_size=3
    ).map(tuple),
)
# A few kinds of teams, each several times: so the numbers come near the edges of the rounding.
TEAMS = st.lists(st.tuples(TEAM, st.integers(1, 9)), max_size=6)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database without teams."""
    path = tmp_path_factory.mktemp("figures") / "amorce.db"
    path.touch()
    migrate(path)
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    return path.read_bytes()


def stored(empty: bytes, teams: list[tuple[Made, int]]) -> tuple[sqlite3.Connection, list[Made]]:
    """The teams in a database of their own, and the same as a list."""
    db = sqlite3.connect(":memory:")
    db.deserialize(empty)
    each = [team for team, times in teams for _ in range(times)]
    for number, team in enumerate(each):
        store(db, f"team-{number}", team)
    return db, each


def store(db: sqlite3.Connection, case: str, team: Made) -> None:
    heard = NOW - timedelta(days=team.silent)
    tips = "".join(f"{tip}=done," for tip in sorted(team.done))
    db.execute("INSERT INTO case_file VALUES (?, ?, 1, '{}', ?)", (case, case, stamp(NOW)))
    sectors = ",".join(sorted(team.sectors))
    row = (
        team.phase,
        sectors,
        team.language,
        stamp(NOW),
        stamp(heard),
        team.asked,
        tips,
        team.read,
    )
    db.execute(TEAM_ROW, (case, team.shared, *row))
    at = heard - timedelta(days=sum(days for _, days in team.stays))
    for phase, days in team.stays:
        db.execute(
            "INSERT INTO stay (case_id, phase, at) VALUES (?, ?, ?)", (case, phase, stamp(at))
        )
        at += timedelta(days=days)
    db.executemany("INSERT INTO label VALUES (?, ?)", [(case, label) for label in team.labels])


def told(found: Figures) -> Iterator[int]:
    """Every number of teams that is published."""
    yield from () if found.teams is None else (found.teams,)
    for counts in (found.phases, found.sectors, found.languages, found.tips, found.left):
        yield from counts.values()
    yield from (weeks.teams for weeks in found.stays.values())


def true_numbers(teams: list[Made]) -> dict[str, Counter[str]]:
    """What is counted, counted once more without SQL."""
    shared = [team for team in teams if team.shared]
    left = [team for team in shared if team.silent > 30 and not team.read]
    return {
        "phases": Counter(team.phase for team in shared),
        "sectors": Counter(sector for team in shared for sector in team.sectors),
        "languages": Counter(team.language for team in shared),
        "tips": Counter(tip for team in shared for tip in team.done),
        "left": Counter(team.asked for team in left),
        "stays": Counter(phase for team in shared for phase in set(spent(team))),
    }


def spent(team: Made) -> dict[str, int]:
    days: dict[str, int] = defaultdict(int)
    for phase, long in team.stays:
        days[phase] += long
    return {phase: long for phase, long in days.items() if long}


@given(TEAMS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_number_and_no_difference_of_two_is_about_one_to_four_teams(
    empty: bytes, teams: list[tuple[Made, int]]
) -> None:
    db, _ = stored(empty, teams)
    numbers = [n for label in ("", *LABELS) for n in told(figures.figures(db, label, NOW))]
    db.close()
    assert not {abs(one - other) for one, other in product([0, *numbers], repeat=2)} & {1, 2, 3, 4}


@given(TEAMS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_number_is_the_true_one_to_the_nearest_five_and_none_is_of_fewer(
    empty: bytes, teams: list[tuple[Made, int]]
) -> None:
    db, each = stored(empty, teams)
    for label in ("", *LABELS):
        found = figures.figures(db, label, NOW)
        true = true_numbers([team for team in each if not label or label in team.labels])
        for name, counts in true.items():
            published = getattr(found, name)
            assert set(published) == {key for key, n in counts.items() if n >= 5}
            numbers = {
                key: value.teams if isinstance(value, Weeks) else value
                for key, value in published.items()
            }
            assert all(abs(counts[key] - number) <= 2 for key, number in numbers.items())
    db.close()


def test_one_table_of_four_and_its_total_never_give_a_small_number_away() -> None:
    """Whatever is reckoned from what is shown: a small number may be several, or nought."""
    possible: dict[tuple[int | None, ...], list[set[int]]] = {}
    # Up to twelve, the most that is told as ten: otherwise the edge would seem to tell something.
    for cells in product(range(13), repeat=4):
        shown = (figures.rounded(sum(cells)), *map(figures.rounded, cells))
        seen = possible.setdefault(shown, [set(), set(), set(), set()])
        for cell, found in zip(cells, seen, strict=True):
            found.add(cell)
    for shown, seen in possible.items():
        for number, found in zip(shown[1:], seen, strict=True):
            assert number is not None or found == {0} or len(found) > 1


def test_a_median_is_told_of_five_teams_and_a_middle_half_of_twenty() -> None:
    assert figures.weeks(range(4)) is None
    assert figures.weeks([1, 2, 3, 50, 60]) == Weeks(5, 3)
    assert figures.weeks(range(19)) == Weeks(20, 9)
    found = figures.weeks(range(20))
    assert found == Weeks(20, 9, 4, 14)
    # Five teams lie beyond each end of the middle half.
    assert len([n for n in range(20) if n <= 4]) == len([n for n in range(20) if n > 14]) == 5


def test_time_in_a_step_counts_until_the_last_sign_of_life_and_from_a_day_on(empty: bytes) -> None:
    stays = (("p1", 20), ("p2", 0), ("p1", 15), ("p2", 28))
    team = Made(True, "p2", frozenset(), "fr", frozenset(), frozenset(), "", True, 200, stays)
    passing = replace(team, stays=(("p3", 0), ("p4", 0)))
    db, _ = stored(empty, [(team, 5), (passing, 9)])
    found = figures.figures(db, "", NOW).stays
    db.close()
    assert found == {"p1": Weeks(5, 5), "p2": Weeks(5, 4)}
