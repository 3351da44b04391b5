"""The checks of the whole product: each fault is seen, and the product itself has none."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from bot import docs
from bot.__main__ import main
from bot.check import mistakes as whole_mistakes
from bot.check.keys import dialogs_opened, keys_said
from bot.core.check import mistakes
from bot.core.dialog import SAME, Dialog, Row, ways
from bot.core.questionnaire import Questionnaire, Slot, rows_of
from bot.dialogs import register
from bot.knowledge import Knowledge, load

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def kb() -> Knowledge:
    return load(ROOT / "knowledge")


class Sound(Dialog):
    """A dialog without fault, from which the faulty ones differ in one thing."""

    name = "sound"
    states = ("first", "second")
    rows = (
        Row("on", "first", "second", do="note", when="may"),
        Row("on", "first", SAME),
        Row("done", "second", None, do="note"),
    )

    def ask_first(self) -> None: ...

    def ask_second(self) -> None: ...

    def note(self) -> None: ...

    def may(self) -> bool:
        return True


def variant(**changes: object) -> type[Dialog]:
    return type("Variant", (Sound,), changes)


def test_a_sound_dialog_has_no_mistake() -> None:
    assert mistakes(Sound) == []


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"rows": (*Sound.rows, Row("go", "third", "first"))}, "no state 'third'"),
        ({"rows": (*Sound.rows, Row("go", "first", "thrid"))}, "no state 'thrid'"),
        ({"rows": (*Sound.rows, Row("go", "first", None, do="nte"))}, "calls nte"),
        ({"rows": (*Sound.rows, Row("go", "first", None, when="my"))}, "calls my"),
        ({"ask_second": None}, "write ask_second"),
        ({"states": ("first", "second", "first")}, "listed twice"),
        ({"rows": (Row("done", ("first", "second"), None),)}, "into the state 'second'"),
        ({"rows": (Row("on", "first", "second"),)}, "out of the state 'second'"),
        ({"rows": (*Sound.rows, Row("done", "*", None))}, "done in 'second' comes after"),
        ({"rows": (*Sound.rows, Row("x" * 44, "first", None))}, "too long for a button"),
    ],
)
def test_each_fault_of_a_machine_is_seen(changes: dict[str, object], part: str) -> None:
    found = mistakes(variant(**changes))
    assert len(found) == 1
    assert part in found[0]


def test_a_dialog_with_an_ask_of_its_own_needs_no_question_for_each_state() -> None:
    assert mistakes(variant(ask_second=None, ask=lambda self: None)) == []


def test_a_state_the_dialog_may_choose_itself_has_a_way_in() -> None:
    rows = (Row("done", "*", None), *ways("second"))
    assert mistakes(variant(rows=rows)) == []


def test_a_state_set_at_the_start_has_a_way_in() -> None:
    class Opened(Sound):
        rows = (Row("done", "*", None),)

        def start(self) -> None:
            self.state = "second"

    assert mistakes(Opened) == []


def test_the_faults_of_a_slot_are_seen() -> None:
    asked = (Slot("one", "a", ("yes",), depends_on=("zero",)), Slot("two", "a"))

    class Faulty(Questionnaire):
        name = "faulty"
        slots = asked
        states = ("one", "end")
        rows = rows_of(asked[:1])

        def ask(self) -> None: ...

    said = " / ".join(mistakes(Faulty))
    assert "'zero', which is no slot" in said
    assert "slot 'two' is no state" in said
    assert "nothing answers the slot 'two'" in said


def said(source: str, **names: object) -> list[str]:
    return [use.shown for use in keys_said(source, names)]


def test_keys_are_found_wherever_they_are_written() -> None:
    assert said('Words("team.name")') == ["team.name"]
    assert said('key = "a.one" if x else "a.two"') == ["a.one", "a.two"]
    assert said('"a text. with a stop", "trigger:a.b", "p1.x#title", "word"') == []


def test_a_key_made_at_run_time_keeps_what_is_known_of_it() -> None:
    (use,) = keys_said('Words(f"choice.was_{given}")', {})
    assert use.among({"choice.was_skipped"})
    assert not use.among({"choice.was_", "choice.nothing", "other.choice.was_told"})


def test_a_loop_over_known_words_gives_a_key_for_each() -> None:
    assert said('[Words(f"a.{x}") for x in ("one", "two")]') == ["a.one", "a.two"]
    assert said('[Words(f"a.{x}") for x in (*KNOWN, "two")]', KNOWN=("one",)) == ["a.one", "a.two"]
    assert said('for x in ("one", "two"):\n    say(f"a.{x}")') == ["a.one", "a.two"]
    assert said('[Words(f"a.{x}") for x in unknown()]') == ["a.…"]
    local = 'def f():\n    ways = ("one",) if y else ("two",)\n    [say(f"a.{x}") for x in ways]'
    assert said(local) == ["a.one", "a.two"]
    method = 'def ways(self):\n    return ("one", *y)\n[say(f"a.{x}") for x in self.ways()]'
    assert said(method) == ["a.one"]


def test_a_name_that_grows_does_not_send_the_search_in_circles() -> None:
    grown = 'def f():\n    w = ("a",)\n    w = (*w, "b")\n    [say(f"k.{x}") for x in w]'
    assert said(grown) == ["k.a", "k.b"]
    again = 'def f(self):\n    return ("a", *self.f())\n[say(f"k.{x}") for x in self.f()]'
    assert said(again) == ["k.a"]


def test_dialogs_opened_by_name_are_found() -> None:
    source = 'self.talk.open("team")\nfloor.enter("a" if x else "b")\ntext.replace("_", "-")'
    assert [use.shown for use in dialogs_opened(source)] == ["team", "a", "b"]


def broken(kb: Knowledge, change: Mapping[str, Mapping[str, str] | None]) -> list[str]:
    """The mistakes of a base whose patterns are changed, or taken away (None)."""
    kept = {**kb.patterns, **change}
    patterns = {key: texts for key, texts in kept.items() if texts is not None}
    return [str(one) for one in whole_mistakes(replace(kb, patterns=MappingProxyType(patterns)))]


def test_the_product_has_no_mistake(kb: Knowledge) -> None:
    assert [str(one) for one in whole_mistakes(kb)] == []


@pytest.mark.parametrize(
    "key", ["team.name", "intake.trigger_crisis", "engine.help", "menu.go_on", "slot.goal"]
)
def test_a_key_without_words_is_seen(kb: Knowledge, key: str) -> None:
    assert any(key in one for one in broken(kb, {key: None}))


def test_a_dialog_that_cannot_be_walked_is_named_with_its_file(kb: Knowledge) -> None:
    faulty = variant(ask_second=None)
    found = [str(one) for one in whole_mistakes(kb, {**register(), "sound": faulty})]
    assert found == [
        "bot/dialogs/sound.py: Variant: the state 'second' has no question. Write ask_second."
    ]


def test_a_dialog_that_is_opened_and_is_not_there_is_seen(kb: Knowledge) -> None:
    every = {name: kind for name, kind in register().items() if name != "team"}
    found = [str(one) for one in whole_mistakes(kb, every)]
    assert any(one.startswith("bot/dialogs/privacy.py: line") for one in found)
    assert all("no dialog is 'team'" in one for one in found)


def test_an_id_too_long_for_a_button_is_seen(kb: Knowledge) -> None:
    tip = next(iter(kb.tips.values())).model_copy(update={"id": "p1." + "x" * 40})
    found = whole_mistakes(replace(kb, tips=MappingProxyType({**kb.tips, tip.id: tip})))
    assert [one.key for one in found if "too long for a button" in one.what] == [tip.id]


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ({"fr": "Un"}, "en is missing"),
        ({"fr": "Un { $n }", "en": "One"}, "placeables (fr: n; en: none)"),
        ({"fr": "Un { $n }", "en": "One { $n"}, "cannot be said"),
        ({"fr": "Un { $n }", "en": "One { LOUD($n) }"}, "cannot be said"),
        ({"fr": "Un { $n }", "en": "One { $n }\n* two"}, "a sign of Fluent's own"),
        ({"fr": "Un", "en": "One }"}, "closing brace"),
    ],
)
def test_each_fault_of_a_pattern_is_seen(
    kb: Knowledge, texts: Mapping[str, str], part: str
) -> None:
    found = [one for one in broken(kb, {"team.new": texts}) if "team.new" in one]
    assert len(found) == 1
    assert part in found[0]
    assert found[0].startswith("dialogs/team.yaml: team.new")


@pytest.mark.parametrize(
    "text",
    [
        "{ $n ->\n    [one] one tip\n   *[other] { $n } tips\n}",
        'On { DATETIME($due, dateStyle: "long") }.',
        "Two lines { $n }\n\nand a third.",
    ],
)
def test_a_sound_pattern_is_let_through(kb: Knowledge, text: str) -> None:
    assert broken(kb, {"team.new": {"fr": text, "en": text}}) == []


def test_the_page_of_dialogs_shows_every_dialog() -> None:
    page = docs.page()
    for name, kind in register().items():
        assert f"\n## {name}\n" in page
        for state in set(kind.states) - {"end"}:
            assert re.search(rf"(--> {state}\b|\*\*{state}\*\*)", page)


def test_the_page_of_dialogs_is_as_the_code_is_now() -> None:
    assert [str(one) for one in docs.mistakes(ROOT)] == []


def test_a_stale_or_missing_page_is_seen(tmp_path: Path) -> None:
    assert [one.what for one in docs.mistakes(tmp_path)] == ["it is missing"]
    (path,) = docs.write(tmp_path)
    assert docs.mistakes(tmp_path) == []
    path.write_text(path.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert len(docs.mistakes(tmp_path)) == 1


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
    assert first.startswith("phases.yaml: p1.intro")
    assert "mistakes; " in last
    assert main(["check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert set(told[0]) == {"file", "key", "what", "remedy"}


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
    assert capsys.readouterr().out == "wrote docs/dialogs.md\n"
    assert main(["docs", "--check"]) == 0


def test_an_installed_amorce_is_not_asked_for_its_pages(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.upkeep.ROOT", tmp_path)
    assert main(["check"]) == 0, capsys.readouterr().out
