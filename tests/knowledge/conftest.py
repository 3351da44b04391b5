"""A small complete base to spoil, and the real one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load

HERE = Path(__file__).parent
REAL = HERE.parents[1] / "knowledge"


def small_base(folder: Path) -> Path:
    """The small base beside the real rules: rules are one piece, there is no small set."""
    shutil.copytree(HERE / "small", folder)
    shutil.copytree(REAL / "rules", folder / "rules")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small base that a test may spoil."""
    return small_base(tmp_path / "knowledge")


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], None]:
    """Replaces the first place of a text in a file; fails if it is not there."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        before = path.read_text("utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), "utf-8")

    return replace


@pytest.fixture(scope="session")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The small base, loaded once."""
    return load(small_base(tmp_path_factory.mktemp("small") / "knowledge"))


@pytest.fixture(scope="session")
def real() -> Knowledge:
    """The knowledge base the bot speaks from."""
    return load(REAL)
