"""The `dev` script, run with a Python that only notes what it was asked to do."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEV = ROOT / "dev"
VERBS = ["setup", "run", "test", "check", "bench", "demo", "update"]

# Knows three things: to make an environment of itself, to note its arguments, and to
# fail where FAIL_AT says so.
PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$NOTES"
case " $* " in
    *"${FAIL_AT:-never}"*) exit 1 ;;
    *" -m venv "*)
        for folder; do :; done
        mkdir -p "$folder/bin"
        cp "$0" "$folder/bin/python"
        ;;
esac
"""

Dev = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "a clone"
    (folder / "requirements").mkdir(parents=True)
    for name in ("dev", "pyproject.toml", "requirements/run.lock", "requirements/dev.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def dev(clone: Path, tmp_path: Path, notes: Path) -> Dev:
    python = tmp_path / "python3.11"
    python.write_text(PYTHON)
    python.chmod(0o755)

    def dev(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
        notes.write_text("")
        environment = {"PATH": os.environ["PATH"], "PYTHON": str(python), "NOTES": str(notes)}
        return subprocess.run(
            ["sh", str(clone / "dev"), *arguments],
            env=environment | given,
            capture_output=True,
            text=True,
            check=False,
        )

    return dev


def installed(notes: Path) -> list[str]:
    return [line for line in notes.read_text().splitlines() if "pip install" in line]


def test_the_shell_can_read_it() -> None:
    done = subprocess.run(["sh", "-n", str(DEV)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert os.access(DEV, os.X_OK)


def test_every_verb_is_in_the_help_text_and_the_other_way_round(dev: Dev) -> None:
    done = dev()
    assert done.returncode == 0
    assert re.findall(r"^  (\w+)  ", done.stdout, re.MULTILINE) == VERBS
    branches = re.findall(r"^    (\w+)\)$", DEV.read_text(encoding="utf-8"), re.MULTILINE)
    assert branches == VERBS


def test_an_unknown_verb_is_named_and_nothing_is_set_up(dev: Dev, clone: Path) -> None:
    done = dev("tset")
    assert done.returncode == 2
    assert "no command 'tset'" in done.stderr
    assert "Usage:" in done.stderr
    assert not (clone / ".venv").exists()


def test_the_first_run_installs_by_hash_and_starts(dev: Dev, notes: Path) -> None:
    done = dev("run", "--flag", "two words")
    assert done.returncode == 0, done.stderr
    assert "Setting up, about a minute, only the first time." in done.stderr
    packages, project = installed(notes)
    assert "--require-hashes --only-binary :all: -r requirements/run.lock" in packages
    assert "--no-deps --no-build-isolation --editable ." in project
    assert notes.read_text().splitlines()[-1] == "-m bot run --flag two words"


def test_the_second_run_installs_nothing_and_says_nothing(dev: Dev, notes: Path) -> None:
    dev("run")
    done = dev("run")
    assert installed(notes) == []
    assert done.stderr == ""


def test_what_serves_the_tests_serves_a_run(dev: Dev, notes: Path) -> None:
    dev("setup")
    assert "requirements/dev.lock" in installed(notes)[0]
    dev("run")
    assert installed(notes) == []


def test_the_tests_need_more_than_a_run(dev: Dev, notes: Path) -> None:
    dev("run")
    dev("test")
    assert "requirements/dev.lock" in installed(notes)[0]


@pytest.mark.parametrize("name", ["requirements/run.lock", "pyproject.toml"])
def test_a_changed_list_of_packages_is_installed_anew(
    dev: Dev, clone: Path, notes: Path, name: str
) -> None:
    dev("run")
    with (clone / name).open("a") as file:
        file.write("# changed\n")
    done = dev("run")
    assert len(installed(notes)) == 2
    assert "The list of packages has changed" in done.stderr


def test_a_moved_clone_is_installed_anew(dev: Dev, clone: Path, notes: Path) -> None:
    dev("run")
    moved = clone.rename(clone.parent / "moved")
    clone.symlink_to(moved)
    dev("run")
    assert len(installed(notes)) == 2


def test_a_failed_installation_is_said_and_tried_again(dev: Dev, notes: Path) -> None:
    done = dev("run", FAIL_AT="--require-hashes")
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert "-m bot run" not in notes.read_text()
    assert dev("run").returncode == 0
    assert len(installed(notes)) == 2


def test_a_python_without_ensurepip_borrows_pip_from_outside(dev: Dev, notes: Path) -> None:
    done = dev("run", FAIL_AT="import ensurepip")
    assert done.returncode == 0, done.stderr
    assert any("-m venv --without-pip .venv" in line for line in notes.read_text().splitlines())


def test_no_pip_at_all_ends_with_the_remedy(dev: Dev) -> None:
    done = dev("run", FAIL_AT="-m pip")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_refused_by_name(dev: Dev, clone: Path) -> None:
    done = dev("run", PYTHON="false")
    assert done.returncode == 1
    assert "PYTHON=false is not a Python 3.11 or newer." in done.stderr
    assert not (clone / ".venv").exists()


def test_arguments_go_to_pytest_and_whole_runs_use_all_processors(dev: Dev, notes: Path) -> None:
    dev("test")
    assert notes.read_text().splitlines()[-1] == "-m pytest -q -n auto"
    dev("test", "tests/case", "-k", "a or b")
    assert notes.read_text().splitlines()[-1] == "-m pytest -q tests/case -k a or b"


def test_a_failing_test_run_fails_the_command(dev: Dev) -> None:
    assert dev("test").returncode == 0
    assert dev("test", FAIL_AT="-m pytest").returncode == 1


def test_a_check_goes_on_after_a_failure_and_names_all(dev: Dev, notes: Path) -> None:
    done = dev("check", FAIL_AT="-m ruff")
    assert done.returncode == 1
    assert done.stderr.endswith("dev: check found something in: format, lint\n")
    assert "-m mypy --strict bot" in notes.read_text()
    assert "-m bot check" in notes.read_text()
    assert "-m bot docs --check" in notes.read_text()
    assert dev("check").returncode == 0


def test_a_demo_without_its_seed_does_not_start(dev: Dev, notes: Path) -> None:
    assert dev("demo", FAIL_AT="-m bot seed").returncode == 1
    assert "-m bot run" not in notes.read_text()


def test_an_update_rewrites_transcripts_then_docs(dev: Dev, notes: Path) -> None:
    assert dev("update").returncode == 0
    assert notes.read_text().splitlines()[-2:] == [
        "-m pytest -q --update tests/test_transcripts.py tests/test_rounds.py tests/test_example.py"
        " tests/browser/test_seen.py tests/browser/test_round.py -k not assistive",
        "-m bot docs",
    ]
