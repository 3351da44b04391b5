"""The checks of the whole product: each fault is seen, and the product itself has none."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from bot import check
from bot.check import whole
from bot.check.keys import dialogs_opened, keys_said
from bot.core.check import mistakes
from bot.core.dialog import SAME, Dialog, Row, ways
from bot.core.questionnaire import Questionnaire, Slot, rows_of
from bot.dialogs import register
from bot.knowledge import Knowledge, load

ROOT = Path(__file__).parents[2]


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
    spoilt = replace(kb, patterns=MappingProxyType(patterns))
    return [str(one) for one in whole.mistakes(spoilt, register())]


def test_the_product_has_no_mistake(kb: Knowledge) -> None:
    assert [str(one) for one in check.mistakes(kb)] == []


@pytest.mark.parametrize(
    "key", ["team.name", "intake.trigger_crisis", "engine.help", "menu.go_on", "slot.goal"]
)
def test_a_key_without_words_is_seen(kb: Knowledge, key: str) -> None:
    assert any(key in one for one in broken(kb, {key: None}))


def test_a_dialog_that_cannot_be_walked_is_named_with_its_file(kb: Knowledge) -> None:
    faulty = variant(ask_second=None)
    found = [str(one) for one in whole.mistakes(kb, {**register(), "sound": faulty})]
    assert found == [
        "bot/dialogs/sound.py: Variant: the state 'second' has no question. Write ask_second."
    ]


def test_a_dialog_that_is_opened_and_is_not_there_is_seen(kb: Knowledge) -> None:
    every = {name: kind for name, kind in register().items() if name != "team"}
    found = [str(one) for one in whole.mistakes(kb, every)]
    assert any(one.startswith("bot/dialogs/privacy.py:") for one in found)
    named = [one for one in found if not one.startswith("dialogs/team.yaml")]
    assert all("no dialog is 'team'" in one for one in named)


def test_an_id_too_long_for_a_button_is_seen(kb: Knowledge) -> None:
    tip = next(iter(kb.tips.values())).model_copy(update={"id": "p1." + "x" * 40})
    found = whole.mistakes(replace(kb, tips=MappingProxyType({**kb.tips, tip.id: tip})), register())
    assert [one.key for one in found if "too long for a button" in one.what] == [tip.id]


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ({"fr": "Un"}, "en is missing"),
        ({"fr": "Un { $n }", "en": "One"}, "placeables (de: n; es: n; fr: n; en: none)"),
        ({"fr": "Un { $n }", "en": "One { $n"}, "cannot be said"),
        ({"fr": "Un { $n }", "en": "One { LOUD($n) }"}, "cannot be said"),
        ({"fr": "Un { $n }", "en": "One { $n }\n* two"}, "a sign of Fluent's own"),
        ({"fr": "Un", "en": "One }"}, "closing brace"),
    ],
)
def test_each_fault_of_a_pattern_is_seen(
    kb: Knowledge, texts: Mapping[str, str], part: str
) -> None:
    rest = dict.fromkeys(("de", "es"), texts["fr"])
    found = [one for one in broken(kb, {"team.new": {**rest, **texts}}) if "team.new" in one]
    found = [one for one in found if "nothing says this text" not in one]
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
    found = broken(kb, {"team.new": dict.fromkeys(kb.languages.complete, text)})
    assert [one for one in found if "nothing says this text" not in one] == []


def test_a_text_that_nothing_says_is_an_orphan(kb: Knowledge) -> None:
    found = broken(kb, {"team.new": dict.fromkeys(kb.languages.complete, "Neu")})
    assert found == ["dialogs/team.yaml: team.new: nothing says this text. Remove it, or say it."]
