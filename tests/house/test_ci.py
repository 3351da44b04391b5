"""What a change must pass: `.ci/run`, with a `dev` that only notes how it was called."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[2]
DEV = """#!/bin/sh
echo "$* REQUIRE=${REQUIRE:-}" >>notes
[ "$1" != "$FAIL_AT" ]
"""


@pytest.fixture
def ci(tmp_path: Path, need: Callable[[str, str], NoReturn]) -> Callable[[str], tuple[int, str]]:
    if not shutil.which("bash"):
        need("bash", ".ci/run is written for it")
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    (tmp_path / "dev").write_text(DEV)
    (tmp_path / "dev").chmod(0o755)

    def ci(fail_at: str) -> tuple[int, str]:
        # Here a browser may be missing; nothing is to be installed for a test of the script.
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / "chromium").touch(mode=0o755)
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        environment = {"PATH": path, "FAIL_AT": fail_at}
        done = subprocess.run([str(tmp_path / ".ci/run")], env=environment, cwd="/", check=False)
        return done.returncode, (tmp_path / "notes").read_text()

    return ci


def test_checks_and_tests_are_run_and_nothing_may_be_skipped(
    ci: Callable[[str], tuple[int, str]],
) -> None:
    assert ci("nothing") == (0, "check REQUIRE=\ntest REQUIRE=bash,browser,git\n")


@pytest.mark.parametrize("verb", ["check", "test"])
def test_what_fails_there_fails_the_whole(ci: Callable[[str], tuple[int, str]], verb: str) -> None:
    code, notes = ci(verb)
    assert code != 0
    assert notes.splitlines()[-1].startswith(verb)
