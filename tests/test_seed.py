"""The made-up world: the same each time, believable to the engine, harmless to what is there."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.app import mind
from bot.case.answers import case_json
from bot.case.file import CaseFile
from bot.case.reading import read
from bot.core.session import Consent, Session, World
from bot.core.turn import Command, Turn
from bot.dialogs.intake import Intake
from bot.seed.sow import BEGUN
from bot.seed.teams import TEAMS, Team
from bot.store.lock import Lock
from bot.store.migrate import migrate

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
    assert [case.told("goal") for case in snapshots] == [t.answers["goal"] for t in TEAMS]


SNAPSHOTS = "SELECT snapshot FROM case_file ORDER BY id"


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


@pytest.mark.parametrize("number", ["0", "-3", "1001"])
def test_a_strange_number_of_teams_is_refused(seed: Seed, number: str) -> None:
    code, line = seed("--teams", number)
    assert code == 2
    assert "from 1 to 1000" in line


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
            Consent("2026-11", BEGUN),
        )
        assert read(case_json(world.case), thinking.library.kb.rules).next_tips
        turn = Turn("9", "seed", "x", "x", BEGUN + timedelta(days=1), Command("reading"))
        outcome = thinking.step(world, turn)
        assert outcome.says
        assert thinking.renderer.message(outcome.says[-1], one["language"], 1).html
