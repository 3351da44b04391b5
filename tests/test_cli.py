"""The command line: what each command prints, and how it refuses."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.commands import Amorce, Said

ROOT = Path(__file__).parents[1]


@pytest.fixture
def case(tmp_path: Path) -> Callable[[object], str]:
    """Writes a case file: bytes as they are, anything else as JSON."""

    def write(body: object) -> str:
        path = tmp_path / "case.json"
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        path.write_bytes(raw)
        return str(path)

    return write


def refused(said: Said, *parts: str) -> None:
    """One line on stderr that holds `parts`, nothing on stdout, exit code 2."""
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("amorce: ")
    assert said.err.count("\n") == 1
    for part in parts:
        assert part in said.err


def test_the_list_names_kind_languages_source_and_tools_of_every_entry(amorce: Amorce) -> None:
    listed = amorce("knowledge", "list", "--json").json
    by_id = {entry["id"]: entry for entry in listed}
    assert len(by_id) == len(listed) > 200
    assert {frozenset(entry) for entry in listed} == {
        frozenset({"id", "kind", "languages", "source", "tools"})
    }
    tip = by_id["p1.goal_early"]
    assert tip["kind"] == "tip"
    assert set(tip["languages"]) >= {"fr", "en"}
    assert "p1.goal_early" in tip["source"]
    assert 41 in tip["tools"]


def test_a_question_is_answered_with_cards_best_first(amorce: Amorce) -> None:
    hits = amorce(
        "ask", "--lang", "fr", "--json", "Qu'est-ce qu'un partenariat multipartite ?"
    ).json
    assert {frozenset(hit) for hit in hits} == {frozenset({"id", "kind", "title", "score"})}
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_question_nobody_can_answer_gets_an_empty_list(amorce: Amorce) -> None:
    assert amorce("ask", "--lang", "en", "--json", "xyzzy plugh").json == []


def test_a_question_may_be_typed_without_quotation_marks(amorce: Amorce) -> None:
    together = amorce("ask", "--lang", "en", "--json", "what is a red line").json
    assert together
    assert (
        amorce("ask", "--lang", "en", "--json", "what", "is", "a", "red", "line").json == together
    )


def test_a_university_is_academia_and_a_union_is_better_asked_about(amorce: Amorce) -> None:
    sure = amorce("sector", "--json", "Universität Bonn").json
    assert (sure["sector"], sure["ask"]) == ("academia", False)
    assert 0.5 < sure["confidence"] <= 1
    unsure = amorce("sector", "--json", "Zzyzx").json
    assert unsure == {"sector": None, "confidence": 0.0, "ask": True}


def test_a_reading_holds_all_that_the_contract_names(
    amorce: Amorce, case: Callable[[object], str]
) -> None:
    told = {"problem": "Les prises de poisson baissent", "trigger": "study", "lang": "fr"}
    reading = amorce("diagnose", "--json", case(told)).json
    assert reading["phase"] == "p1"
    assert set(reading["profile"]) == {"p1", "p2", "p3", "p4"}
    assert {
        "form",
        "missing_sectors",
        "similar_partnerships",
        "contradictions",
        "next_tips",
    } <= set(reading)
    assert {"route", "form_status", "form_otherwise", "could_become", "owed", "to_ask"} <= set(
        reading
    )
    assert {"confidence", "outlook"} <= set(reading)
    for reason in (*reading["reasons"], *reading["contradictions"]):
        assert set(reason) == {"about", "text", "answers", "sources"}


def test_a_reading_speaks_the_language_asked_for_else_that_of_the_case(
    amorce: Amorce, case: Callable[[object], str]
) -> None:
    path = case({"problem": "x", "lang": "fr"})
    french = amorce("diagnose", "--json", path).json["reasons"][0]["text"]
    english = amorce("diagnose", "--json", "--lang", "en", path).json["reasons"][0]["text"]
    assert french != english
    assert amorce("diagnose", "--json", "--lang", "fr", path).json["reasons"][0]["text"] == french


def test_an_empty_case_is_read_too(amorce: Amorce, case: Callable[[object], str]) -> None:
    assert amorce("diagnose", "--json", case({})).json["phase"] == "p1"


def test_a_case_with_a_byte_order_mark_is_read(
    amorce: Amorce, case: Callable[[object], str]
) -> None:
    assert amorce("diagnose", case(b'\xef\xbb\xbf{"trigger": "study"}')).code == 0


def test_a_case_comes_from_stdin_as_well(amorce: Amorce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b'{"trigger": "study"}')))
    assert amorce("diagnose", "--json", "-").json["phase"] == "p1"


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (b"", ["not JSON"]),
        (b"{", ["not JSON", "line 1"]),
        (b"[1]", ["a list", "one JSON object"]),
        (b"3", ["a single value"]),
        (b"\xff\xfe{\x00}\x00", ["UTF-8"]),
        (b"[" * 100_000, ["no case"]),
        (b'{"trigger": ' + b"9" * 5000 + b"}", ["no case"]),
        (b" " * 1_000_001, ["larger than"]),
        (b'{"goal": "a", "goal": "b"}', ["'goal' twice"]),
        ({"gaol": "x"}, ["'gaol'", "did you mean 'goal'"]),
        ({"trigger": "boredom"}, ["trigger", "'boredom'", "crisis"]),
        ({"actors": [{"name": "A", "sector": "moon"}]}, ["actors[0].sector", "academia"]),
        ({"goal": 7}, ["goal is 7", "a text"]),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_in_one_line(
    amorce: Amorce, case: Callable[[object], str], body: object, parts: list[str]
) -> None:
    refused(amorce("diagnose", "--json", case(body)), *parts)


@pytest.mark.parametrize("name", ["no-such-file.json", ".", "a\0b"])
def test_what_is_no_file_is_refused_in_one_line(amorce: Amorce, name: str) -> None:
    refused(amorce("diagnose", name), "cannot be read")


@pytest.mark.parametrize(
    "words",
    [["ask", "--lang", "xx", "hello"], ["diagnose", "--lang", "xx", "-"], ["chat", "--lang", "xx"]],
)
def test_a_language_nobody_speaks_is_refused_with_those_spoken(
    amorce: Amorce, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"{}")))
    refused(amorce(*words), "'xx'", "fr, en")


@pytest.mark.parametrize("words", [[], ["nonsense"], ["ask"], ["sector"], ["seed", "--teams", "x"]])
def test_a_wrong_command_is_refused_in_one_line(amorce: Amorce, words: list[str]) -> None:
    refused(amorce(*words), "--help")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "run",
        "chat",
        "check",
        "knowledge",
        "knowledge list",
        "ask",
        "sector",
        "diagnose",
        "seed",
        "docs",
    ],
)
def test_every_command_explains_itself(amorce: Amorce, words: str) -> None:
    said = amorce(*words.split(), "--help")
    assert said.code == 0
    assert "usage: amorce" in said.out


@pytest.mark.parametrize(
    "words", [["knowledge", "list"], ["ask", "red line"], ["sector", "Siemens AG"]]
)
def test_without_json_a_person_can_read_it(amorce: Amorce, words: list[str]) -> None:
    said = amorce(*words)
    assert said.code == 0
    assert said.out.strip()
    assert said.out[0] not in "[{"


def test_a_broken_knowledge_base_ends_in_one_line(
    amorce: Amorce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.common.KNOWLEDGE", tmp_path)
    said = amorce("sector", "Siemens")
    assert said.code == 1
    assert said.err.startswith("amorce: ")
    assert said.err.count("\n") == 1


def test_an_interrupt_ends_without_a_word(amorce: Amorce, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        @property
        def buffer(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Interrupted())
    assert amorce("diagnose", "-") == (130, "", "")


def test_a_closed_pipe_is_left_in_silence() -> None:
    command = [sys.executable, "-m", "bot", "knowledge", "list", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_json_is_utf_8_whatever_the_terminal_speaks() -> None:
    command = [sys.executable, "-m", "bot", "ask", "--lang", "fr", "--json", "communication"]
    environ = {"PYTHONIOENCODING": "latin-1", "PATH": ""}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)
    assert not done.stdout.isascii()
    assert json.loads(done.stdout.decode("utf-8"))


def test_looking_something_up_loads_neither_telegram_nor_the_database() -> None:
    script = (
        "import sys; from bot.__main__ import main; main(['sector', 'Siemens AG']);"
        "print([m for m in ('telegram', 'sqlalchemy', 'alembic', 'aiohttp', 'aiosqlite')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
