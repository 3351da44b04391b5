"""The pages under docs/ and the command `check`: what they tell, and when they complain."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import docs
from bot.__main__ import main
from bot.dialogs import register
from bot.docs import dialogs, knowledge
from bot.knowledge import Knowledge, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kb() -> Knowledge:
    return load(ROOT / "knowledge")


def test_the_page_of_dialogs_shows_every_dialog() -> None:
    page = dialogs.page()
    for name, kind in register().items():
        assert f"\n## {name}\n" in page
        for state in set(kind.states) - {"end"}:
            assert re.search(rf"(--> {state}\b|\*\*{state}\*\*)", page)


def test_the_page_of_the_knowledge_base_covers_the_source_in_every_language(kb: Knowledge) -> None:
    page = knowledge.page(kb)
    for item in map(re.escape, kb.source):
        assert re.search(rf"^\| `{item}` \| \w+ \| fr en de es \|", page, re.MULTILINE)
    for number in range(1, 61):
        assert re.search(rf"^\| {number} \| .* \| fr en de es \|$", page, re.MULTILINE)


def test_the_pages_are_as_code_and_texts_are_now(kb: Knowledge) -> None:
    assert [str(one) for one in docs.mistakes(ROOT, kb)] == []


def test_a_stale_or_missing_page_is_seen(tmp_path: Path, kb: Knowledge) -> None:
    assert [one.what for one in docs.mistakes(tmp_path, kb)] == ["it is missing"] * 2
    path, _ = docs.write(tmp_path, kb)
    assert docs.mistakes(tmp_path, kb) == []
    path.write_text(path.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert [one.file for one in docs.mistakes(tmp_path, kb)] == ["docs/dialogs.md"]


def test_check_says_so_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("No mistakes; ")
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.fixture
def spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], None]:
    """Makes the command line read a copy of the knowledge folder with one text replaced."""

    def spoil(file: str, before: str, after: str) -> None:
        folder = tmp_path / "knowledge"
        shutil.copytree(ROOT / "knowledge", folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert before in text
        (folder / file).write_text(text.replace(before, after), encoding="utf-8")
        monkeypatch.setattr("bot.cli.upkeep.KNOWLEDGE", folder)

    return spoil


def test_check_names_file_key_and_remedy_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], spoilt: Callable[[str, str, str], None]
) -> None:
    spoilt("phases.yaml", "intro:", "introduction:")
    assert main(["check"]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("phases.yaml:2: p1.intro")
    assert "mistakes; " in last
    assert main(["check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert set(told[0]) == {"file", "line", "key", "what", "remedy"}


def test_check_sees_a_key_that_lost_its_words(
    capsys: pytest.CaptureFixture[str], spoilt: Callable[[str, str, str], None]
) -> None:
    spoilt("dialogs/menu.yaml", "\nknown:", "\nknwon:")
    assert main(["check"]) == 1
    assert "menu.known" in capsys.readouterr().out


def test_check_and_docs_tell_of_a_page_that_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.upkeep.ROOT", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    for words in (["check"], ["docs", "--check"]):
        assert main(words) == 1
        assert "docs/dialogs.md: it is missing" in capsys.readouterr().out
    assert main(["docs"]) == 0
    assert capsys.readouterr().out == "wrote docs/dialogs.md\nwrote docs/knowledge.md\n"
    assert main(["docs", "--check"]) == 0


def test_an_installed_amorce_is_not_asked_for_its_pages(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.upkeep.ROOT", tmp_path)
    assert main(["check"]) == 0, capsys.readouterr().out
