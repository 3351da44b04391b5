"""The commands for files of questions: export, and import with --check."""

import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.documents import quiz_book
from bot.quiz import exchange
from bot.render import Renderer
from tests.commands import Amorce, Said
from tests.quiz.items import in_language, knowledge


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Writes a file and gives its name."""

    def write(body: bytes | str, name: str = "questions.gift") -> str:
        path = tmp_path / name
        path.write_bytes(body.encode() if isinstance(body, str) else body)
        return str(path)

    return write


def refused(said: Said, *parts: str) -> None:
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("amorce: ")
    assert said.err.count("\n") == 1
    for part in parts:
        assert part in said.err


ONE_BAD = "Good {T}\n\nBad {~a ~b}\n\nBetter {F}\n"


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_what_is_exported_has_no_mistake_when_it_is_looked_through(
    amorce: Amorce, tmp_path: Path, form: str
) -> None:
    name = str(tmp_path / "bank.txt")
    said = amorce("quiz", "export", "--lang", "fr", "--format", form, "-o", name)
    assert (said.code, said.err) == (0, "")
    looked = amorce("quiz", "import", name, "--check", "--lang", "fr", "--json")
    assert (looked.code, looked.json["mistakes"], looked.json["format"]) == (0, [], form)
    assert said.out.startswith(f"{looked.json['questions']} questions written to {name}.")


def test_the_whole_bank_goes_to_stdout_and_what_is_told_of_it_does_not(amorce: Amorce) -> None:
    said = amorce("quiz", "export", "--lang", "de", "--format", "csv", "-o", "-")
    assert said.out.startswith('\ufeff"id";"kind";')
    assert exchange.read("csv", said.out.encode(), "de").items == in_language("de")
    assert said.err == f"{len(in_language('de'))} questions written.\n"


def test_aiken_tells_what_it_left_out_and_what_it_cannot_carry(
    amorce: Amorce, tmp_path: Path
) -> None:
    said = amorce("quiz", "export", "--format", "aiken", "-o", str(tmp_path / "x.txt"))
    left_out = [item.id for item in in_language("en") if item.kind in {"several", "order"}]
    assert "no place for explanations" in said.out
    assert f"{len(left_out)} left out" in said.out
    assert all(name in said.out for name in left_out)


def test_one_topic_can_be_exported_alone(amorce: Amorce) -> None:
    said = amorce("quiz", "export", "--topic", "tools", "--format", "gift")
    items = exchange.read("gift", said.out.encode(), "en").items
    assert {item.topic for item in items} == {"tools"}


def test_an_unknown_topic_language_or_place_is_refused_in_one_line(
    amorce: Amorce, tmp_path: Path
) -> None:
    refused(amorce("quiz", "export", "--topic", "p5"), "p5", "p4")
    refused(amorce("quiz", "export", "--lang", "xx"), "xx", "fr")
    refused(amorce("quiz", "export", "--format", "moodle"), "moodle", "gift")
    refused(amorce("quiz", "export", "-o", "a\0b"), "cannot be written")
    said = amorce("quiz", "export", "-o", str(tmp_path / "missing" / "x.txt"))
    assert (said.code, said.out) == (1, "")
    assert "No such file" in said.err


def test_every_mistake_is_told_with_its_line_in_the_language(
    amorce: Amorce, file: Callable[..., str]
) -> None:
    said = amorce("quiz", "import", file(ONE_BAD), "--check", "--lang", "en")
    assert said == Said(
        1,
        "Line 3: No answer is marked as right. Put = before the right one.\n"
        "1 mistake; 2 questions can be used.\n",
        "",
    )
    assert (
        "Ligne 3\u00a0: " in amorce("quiz", "import", file(ONE_BAD), "--check", "--lang", "fr").out
    )


def test_programs_get_line_key_and_words_of_every_mistake(
    amorce: Amorce, file: Callable[..., str]
) -> None:
    said = amorce("quiz", "import", file(ONE_BAD), "--check", "--json")
    assert said.code == 1
    what = "No answer is marked as right. Put = before the right one."
    assert said.json == {
        "format": "gift",
        "questions": 2,
        "mistakes": [{"line": 3, "key": "quiz_file.no_right", "what": what}],
    }


def test_a_file_without_a_mistake_ends_well(amorce: Amorce, file: Callable[..., str]) -> None:
    said = amorce("quiz", "import", "--check", file("Good {T}"))
    assert said == Said(0, "No mistakes; 1 question can be used.\n", "")


def test_a_filled_in_template_is_looked_through_too(
    amorce: Amorce, file: Callable[..., str]
) -> None:
    renderer = Renderer(knowledge())
    data = quiz_book.template(lambda key, /, **values: renderer.pattern(key, values, "es"))
    said = amorce("quiz", "import", file(data, "own.xlsx"), "--check", "--lang", "es", "--json")
    assert said.json == {"format": "xlsx", "questions": 2, "mistakes": []}


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "no question"),
        (b"\x89PNG\r\n\x1a\n\0", "not a text file"),
        (b"Q {T}\n\n" * 200_000, "larger than 1 MB"),
        (b"PK\x03\x04 nothing", "does not open"),
        (b"Dear all,", "not clear which format"),
    ],
)
def test_what_is_no_file_of_questions_is_refused_in_one_line(
    amorce: Amorce, file: Callable[..., str], data: bytes, part: str
) -> None:
    name = file(data, "questions.txt")
    refused(amorce("quiz", "import", name, "--check"), name, part)


def test_a_file_that_cannot_be_read_is_refused_in_one_line(amorce: Amorce, tmp_path: Path) -> None:
    refused(amorce("quiz", "import", "nowhere.gift", "--check"), "nowhere.gift", "cannot be read")
    refused(amorce("quiz", "import", str(tmp_path), "--check"), "cannot be read")
    refused(amorce("quiz", "import", "a\0b", "--check"), "cannot be read")


def test_import_alone_says_that_it_only_looks(amorce: Amorce, file: Callable[..., str]) -> None:
    refused(amorce("quiz", "import", file("Q {T}")), "--check")


def test_a_file_may_come_from_stdin(amorce: Amorce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(ONE_BAD.encode())))
    assert amorce("quiz", "import", "-", "--check", "--json").json["questions"] == 2


def test_a_csv_in_the_old_encoding_of_windows_is_told_at_its_line(
    amorce: Amorce, file: Callable[..., str]
) -> None:
    data = "question;a;b;right\nWas?;x;y;A\nWofür?;x;y;A\n".encode("cp1252")
    said = amorce("quiz", "import", file(data, "x.csv"), "--check", "--lang", "de")
    assert said.code == 1
    assert said.out.startswith("Zeile 3: Ein Zeichen ist nicht in UTF-8.")
