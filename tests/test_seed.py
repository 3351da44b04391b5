"""The made-up world: the same each time, believable to the engine, harmless to what is there."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.__main__ import main
from bot.case.answers import case_json
from bot.case.file import CaseFile
from bot.case.reading import read
from bot.core.events import Event
from bot.core.session import Consent, Session, World
from bot.core.turn import Command, Turn
from bot.dialogs.intake import Intake
from bot.mind import mind
from bot.seed.sow import LAST_DAY, Plan
from bot.seed.story import Team
from bot.seed.teams import TEAMS
from bot.store.listing import REASONS
from bot.store.lock import Lock
from bot.store.migrate import migrate
from bot.store.times import moment, stamp

Seed = Callable[..., Any]


@pytest.fixture
def seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Seed:
    """Runs `amorce seed --json` on a folder of its own; the JSON, or the refusal."""
    monkeypatch.setenv("AMORCE_DATA_DIR", str(tmp_path))

    def run(*words: str) -> Any:
        code = main(["seed", "--json", *words])
        out, err = capsys.readouterr()
        return (code, err) if code else json.loads(out)

    return run


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "amorce.db")) as db:
        return db.execute(sql).fetchall()


def dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "amorce.db")) as db:
        return list(db.iterdump())


def test_two_teams_of_two_founders_are_stored_and_told(seed: Seed, tmp_path: Path) -> None:
    teams = seed()["teams"]
    assert [team["id"] for team in teams] == ["seed-a", "seed-b"]
    members = set(rows(tmp_path, "SELECT team, person FROM member"))
    assert members == {(team["id"], one["id"]) for team in teams for one in team["founders"]}
    assert len(members) == 4
    consents = {row[0] for row in rows(tmp_path, "SELECT person FROM consent")}
    assert consents == {person for _, person in members}
    names = dict(rows(tmp_path, "SELECT id, name FROM team"))
    assert names == {team["id"]: team["name"] for team in teams}
    snapshots = [CaseFile.from_json(json.loads(s)) for (s,) in rows(tmp_path, SNAPSHOTS)]
    assert [case.told("goal") for case in snapshots] == [t.answers["goal"] for t in TEAMS[:2]]


SNAPSHOTS = "SELECT snapshot FROM case_file ORDER BY id"


def test_the_people_of_the_programme_are_told_with_their_rights(seed: Seed, tmp_path: Path) -> None:
    staff = seed("--teams", "3")["staff"]
    assert sorted(one["role"] for one in staff) == ["admin", "staff", "trainer"]
    assert all(one["id"].startswith("seed:") for one in staff)
    stored = rows(tmp_path, "SELECT person, role, name FROM staff WHERE revoked_at IS NULL")
    assert set(stored) == {(one["id"], one["role"], one["name"]) for one in staff}
    [trainer] = [one["id"] for one in staff if one["role"] == "trainer"]
    assert rows(tmp_path, "SELECT person, case_id FROM assignment") == [(trainer, "seed-a")]


def test_the_desk_lists_teams_as_the_service_would(seed: Seed, tmp_path: Path) -> None:
    seed("--teams", str(len(TEAMS)))
    sql = "SELECT f.snapshot, s.name, s.shared, s.phase, s.form, s.last_at, s.stuck, s.asked"
    found = rows(tmp_path, f"{sql} FROM summary AS s JOIN case_file AS f ON f.id = s.case_id")
    assert len(found) == len(TEAMS)
    for snapshot, name, shared, phase, form, last, stuck, asked in found:
        case = CaseFile.from_json(json.loads(snapshot))
        members = len(next(team.founders for team in TEAMS if team.name == name))
        seen = mind().overview(case, moment(last), members)
        assert (name, bool(shared), phase, form, asked) == (
            *(seen.name, seen.shared, seen.phase, seen.form, seen.asked),
        )
        assert json.loads(stuck) == [[each.reason, stamp(each.since)] for each in seen.stuck]
    for phase, came in rows(tmp_path, STAYS):
        assert came == "p1,p2,p3,p4"[: len(came)]
        assert came.endswith(phase)


STAYS = """
SELECT phase, (SELECT group_concat(phase) FROM (
    SELECT phase FROM stay WHERE stay.case_id = s.case_id ORDER BY id)) FROM summary AS s
"""
PHASES = "SELECT phase FROM summary ORDER BY case_id"


def test_the_demo_shows_a_programme_with_every_kind_of_trouble(seed: Seed, tmp_path: Path) -> None:
    seed("--teams", str(len(TEAMS)))
    now = stamp(LAST_DAY)
    told = rows(tmp_path, "SELECT stuck FROM summary WHERE shared = 1")
    holds = {reason for (stuck,) in told for reason, since in json.loads(stuck) if since <= now}
    assert holds == set(REASONS) - {"goal_reopened"}
    free = [stuck for (stuck,) in told if all(since > now for _, since in json.loads(stuck))]
    assert len(free) >= 2
    assert {row[0] for row in rows(tmp_path, PHASES)} == {"p2", "p3", "p4"}
    spoken = {row[0] for row in rows(tmp_path, "SELECT language FROM summary")}
    assert spoken == {"fr", "en", "de", "es"}
    assert min(rows(tmp_path, KEPT)[0]) > 2


KEPT = """
SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM label), (SELECT count(*) FROM line),
    (SELECT count(*) FROM question), (SELECT count(*) FROM assignment)
"""


def test_a_team_has_as_many_events_as_asked_oldest_first(seed: Seed, tmp_path: Path) -> None:
    seed("--teams", "14", "--events", "60")
    counted = "SELECT case_id, count(*) FROM event GROUP BY case_id"
    assert {number for _, number in rows(tmp_path, counted)} == {60}
    times = rows(tmp_path, "SELECT case_id, at FROM event ORDER BY case_id, id")
    assert times == sorted(times)
    kinds = {kind for (kind,) in rows(tmp_path, "SELECT DISTINCT kind FROM event")}
    assert kinds <= {kind.__name__ for kind in get_args(Event)}


def test_many_teams_get_many_events_unless_told_otherwise() -> None:
    assert [Plan(2).least, Plan(100).least, Plan(101).least] == [0, 0, 100]
    assert [Plan(2, events=9).least, Plan(500, events=0).least] == [9, 0]


def test_more_teams_than_stories_are_alike_but_not_the_same(seed: Seed, tmp_path: Path) -> None:
    told = seed("--teams", "40")["teams"]
    assert len({team["name"] for team in told}) == 40
    assert len(set(rows(tmp_path, "SELECT begun_at, last_at FROM summary"))) > 30
    shared = dict(rows(tmp_path, "SELECT shared, count(*) FROM summary GROUP BY shared"))
    assert shared[1] > shared[0] > 2


def test_with_today_the_world_ends_today(seed: Seed, tmp_path: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    seed("--today")
    last = moment(rows(tmp_path, "SELECT max(last_at) FROM summary")[0][0])
    assert before <= last <= datetime.now(UTC)


def test_a_quiz_was_played_that_can_be_debriefed(seed: Seed, tmp_path: Path) -> None:
    [played] = seed("--teams", "1")["rounds"]
    trainer = rows(tmp_path, "SELECT person FROM staff WHERE role = 'trainer'")[0][0]
    assert played["host"] == trainer
    assert rows(tmp_path, "SELECT count(*), sum(named), max(since) FROM player") == [(24, 8, 2)]
    asked = rows(tmp_path, "SELECT count(DISTINCT place) FROM reply WHERE is_right")
    assert asked == rows(tmp_path, "SELECT count(*) FROM round_item") == [(8,)]


def test_nothing_is_sent_to_anybody(seed: Seed, tmp_path: Path) -> None:
    seed()
    assert rows(tmp_path, "SELECT * FROM outbox") == []


def test_the_same_command_makes_the_same_world(seed: Seed, tmp_path: Path) -> None:
    seed("--teams", "3")
    first = dump(tmp_path)
    (tmp_path / "amorce.db").unlink()
    seed("--teams", "3")
    assert dump(tmp_path) == first


def test_a_database_with_teams_is_left_alone(seed: Seed, tmp_path: Path) -> None:
    seed("--teams", "1")
    before = dump(tmp_path)
    code, line = seed()
    assert code == 1
    assert "not empty" in line
    code, line = seed("--into")
    assert code == 1
    assert "seed-a" in line
    assert dump(tmp_path) == before


def test_once_is_content_with_teams_that_are_there(seed: Seed, tmp_path: Path) -> None:
    seed("--teams", "1")
    before = dump(tmp_path)
    assert seed("--once") == {}
    assert dump(tmp_path) == before


def test_into_adds_to_the_teams_of_others(seed: Seed, tmp_path: Path) -> None:
    migrate(tmp_path / "amorce.db")
    with closing(sqlite3.connect(tmp_path / "amorce.db")) as db, db:
        db.execute("INSERT INTO team (id, created_at) VALUES ('other', '2026-11-01')")
    assert seed()[0] == 1
    seed("--into")
    assert rows(tmp_path, TEAM_IDS) == [("other",), ("seed-a",), ("seed-b",)]


TEAM_IDS = "SELECT id FROM team ORDER BY id"


def test_a_running_amorce_is_not_disturbed(seed: Seed, tmp_path: Path) -> None:
    lock = Lock(tmp_path / "amorce.db")
    lock.take()
    try:
        code, line = seed()
    finally:
        lock.free()
    assert code == 1
    assert "stop it first" in line


@pytest.mark.parametrize("number", ["0", "-3", "10001"])
def test_a_strange_number_of_teams_is_refused(seed: Seed, number: str) -> None:
    code, line = seed("--teams", number)
    assert code == 2
    assert "from 1 to 10000" in line


@pytest.mark.parametrize("number", ["-1", "10001"])
def test_a_strange_number_of_events_is_refused(seed: Seed, number: str) -> None:
    code, line = seed("--events", number)
    assert code == 2
    assert "from 0 to 10000" in line


@pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.name)
def test_every_answer_is_one_the_intake_may_get(team: Team) -> None:
    slots = {slot.name: slot for slot in Intake.slots}
    for name, value in team.answers.items():
        slot = slots[name]
        assert slot.text or name == "topic" or value in slot.choices, name
    case = CaseFile(actors=team.actors)
    assert {actor.status for actor in case.actors} <= {"idea", "in_talks"}


def test_a_founder_can_go_on_talking(seed: Seed, tmp_path: Path) -> None:
    told = seed()
    thinking = mind()
    for team in told["teams"]:
        one = team["founders"][0]
        sql = "SELECT session, snapshot FROM conversation AS c JOIN case_file AS f"
        session, snapshot = rows(
            tmp_path, f"{sql} ON f.id = c.case_id WHERE c.id = '{one['conversation']}'"
        )[0]
        world = World(
            Session.from_json(json.loads(session)),
            CaseFile.from_json(json.loads(snapshot)),
            Consent("2026-11", LAST_DAY),
        )
        assert read(case_json(world.case), thinking.library.kb.rules).next_tips
        turn = Turn("9", "seed", "x", "x", LAST_DAY + timedelta(days=1), Command("reading"))
        outcome = thinking.step(world, turn)
        assert outcome.says
        assert thinking.renderer.message(outcome.says[-1], one["language"], 1).html
