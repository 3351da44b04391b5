"""The rules of pyproject.toml bite: each is broken once, in a copy."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command as run; run()"

# planted file -> (what it says, the line the contracts answer with)
BREACHES = {
    "bot/core/planted.py": ("import asyncio", "bot.core.planted -> asyncio"),
    "bot/case/planted.py": ("import yaml", "bot.case.planted -> yaml"),
    "bot/knowledge/planted.py": ("import bot.case", "bot.knowledge.planted -> bot.case"),
    "bot/dialogs/planted.py": (
        "import bot.dialogs.menu",
        "bot.dialogs.planted -> bot.dialogs.menu",
    ),
    "bot/store/planted.py": ("import bot.config", "bot.store.planted -> bot.config"),
    "bot/service/planted.py": ("import sqlite3", "bot.service.planted -> sqlite3"),
    "bot/seed.py": ("import telegram", "bot.seed -> telegram"),
    "bot/stray.py": ("", "bot.stray"),
}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def broken_contracts(tmp_path_factory: pytest.TempPathFactory) -> str:
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(ROOT / "bot", copy / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    for name, (line, _) in BREACHES.items():
        (copy / name).write_text(f"{line}\n")
    done = run(copy, "-c", LINT, "--no-logo", "--no-cache")
    assert done.returncode == 1, done.stdout
    return done.stdout


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_of_the_layers_is_named(broken_contracts: str, name: str) -> None:
    assert BREACHES[name][1] in broken_contracts


CLOCK = '"""X."""\n\nfrom datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n'
CHANCE = '"""X."""\n\nimport random\n\nPICK = random.Random  # noqa: S311\n'


@pytest.mark.parametrize("layer", ["core", "case", "dialogs", "knowledge"])
@pytest.mark.parametrize("text", [CLOCK, CHANCE], ids=["clock", "chance"])
def test_a_pure_layer_has_neither_clock_nor_chance(tmp_path: Path, layer: str, text: str) -> None:
    assert "TID251" in ruff(tmp_path, f"bot/{layer}/some/planted.py", text)


def test_other_layers_may_ask_for_the_time(tmp_path: Path) -> None:
    assert ruff(tmp_path, "bot/service/planted.py", CLOCK) == "All checks passed!\n"


def ruff(folder: Path, name: str, text: str) -> str:
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(text)
    return run(folder, "-m", "ruff", "check", "--no-cache", ".").stdout
