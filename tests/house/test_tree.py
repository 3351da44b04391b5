"""The tree as a whole: small files, small functions, and nothing that is not our own."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "bot").rglob("*.py"))

MOST_LINES = 250
MOST_LINES_OF_A_FUNCTION = 30
# path -> why it may be longer; path:function -> the same.
EXCEPTIONS: dict[str, str] = {}

# Where one turn, one delivery, one update or one page may fail without the others.
EDGES = (
    "bot/service/",
    "bot/channels/courier",
    "bot/channels/telegram/parse.py",
    "bot/web/guard.py",
)

# Each with a stand-in in brackets, so that this file does not find itself.
FOREIGN = {
    "a path of one machine": r"(?<![\w.])[/](?:work|root|home|Users)/\w|[.][.]/shared\b",
    "a package registry": r"\b(?:[p]ypi\.org|[p]ythonhosted\.org|[r]egistry\.npmjs)",
    "a proxy or mirror": r"find-link[s]=|extra-index-ur[l]",
    "another kind of author": r"(?i)\b(?:[c]hatgpt|[o]penai|[a]nthropic|[c]laude)\b",
    "how the work was shared out": r"(?i)\b(?:[s]ub-?agent|[h]ouse brief|[i]ssue #?\d)",
}


def module_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.fixture(scope="module")
def tracked(need: Callable[[str, str], NoReturn]) -> list[Path]:
    # The clone may belong to somebody else, as in a container.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        need("git", "without it nobody knows which files belong to the project")
    names = done.stdout.split("\0")[:-1]
    assert len(names) > 20
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_speaks_of_what_is_not_the_project(tracked: list[Path], what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked
        if (text := text_of(path)) is not None
        for match in re.finditer(FOREIGN[what], text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["see /" + "work/main", "cd /ro" + "ot/x", "https://py" + "pi.org/simple", "Is" + "sue #12"],
)
def test_what_is_not_the_project_would_be_seen(line: str) -> None:
    assert any(re.search(pattern, line) for pattern in FOREIGN.values())


def test_no_secret_and_no_data_are_tracked(tracked: list[Path]) -> None:
    names = {path.relative_to(ROOT).as_posix() for path in tracked}
    assert not [name for name in names if re.match(r"(\.env|secrets/.*|data/.*|.*\.db)$", name)]
    token = re.compile(r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b")
    assert not [path for path in tracked if token.search(text_of(path) or "")]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_file_is_short(path: Path) -> None:
    if module_name(path) not in EXCEPTIONS:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_function_is_short(path: Path) -> None:
    lengths = {
        f"{module_name(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for function in functions(path)
    }
    long = {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION}
    assert {name: lines for name, lines in long.items() if name not in EXCEPTIONS} == {}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_opens_with_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if path.name != "__init__.py" or path.stat().st_size:
        assert said
        assert re.search(r"[.:]$", said.split("\n\n")[0]), "one sentence, with its full stop"


def swallows_everything(handler: ast.ExceptHandler) -> bool:
    """Whether it catches all and raises nothing on: cleaning up on the way out is welcome."""
    caught = ast.unparse(handler.type) if handler.type else "Exception"
    last = handler.body[-1]
    return bool(re.search(r"\b(Base)?Exception\b", caught)) and not isinstance(last, ast.Raise)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_everything_is_caught_at_the_edges_only(path: Path) -> None:
    if not module_name(path).startswith(EDGES):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        handlers = [node for node in nodes if isinstance(node, ast.ExceptHandler)]
        assert [one.lineno for one in handlers if swallows_everything(one)] == []


def test_every_exception_is_still_needed() -> None:
    for name in EXCEPTIONS:
        path, _, function = name.partition(":")
        assert (ROOT / path).exists(), name
        assert not function or function in {one.name for one in functions(ROOT / path)}, name


def test_tests_are_no_packages() -> None:
    # pytest imports them by path; a package would give two tests of one name the same module.
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_test_is_a_sentence() -> None:
    short = [
        f"{path.relative_to(ROOT)}:{function.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for function in functions(path)
        if re.match(r"test(_|$)", function.name) and function.name.count("_") < 3
    ]
    assert short == []


def test_no_test_is_skipped_but_through_need() -> None:
    # `need` alone knows what .ci/run requires.
    skip = re.compile(r"pytest[.](?:skip\(|importorskip|mark[.]skip|mark[.]xfail|xfail)")
    skipping = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if skip.search(path.read_text(encoding="utf-8"))
    ]
    assert skipping == ["tests/conftest.py"]
