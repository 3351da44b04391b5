"""The rule files are sound, and a slip in them is told with file, key and remedy."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from fluent.runtime import FluentBundle, FluentResource

from bot.knowledge.fields import Languages
from bot.knowledge.rules import RulesError, parse

FOLDER = Path(__file__).parents[2] / "knowledge/rules"
DOCUMENTS = {p.stem: yaml.safe_load(p.read_text("utf-8")) for p in FOLDER.glob("*.yaml")}
FOUR = ("fr", "en", "de", "es")
LANGUAGES = Languages(declared=FOUR, complete=FOUR, names={})
Change = Callable[[dict[str, Any]], Any]


def broken(change: Change) -> list[str]:
    documents = copy.deepcopy(DOCUMENTS)
    change(documents)
    with pytest.raises(RulesError) as error:
        parse(documents, LANGUAGES)
    return [str(mistake) for mistake in error.value.mistakes]


def put(path: str, value: Any) -> Change:
    """Set the value at `file/key/key`; a value of ... takes the key away."""

    def change(documents: dict[str, Any]) -> None:
        *way, last = path.split("/")
        place: Any = documents
        for key in way:
            place = place[key]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (
            "form/forms/form.join/when",
            {"existng": "found"},
            "rules/form.yaml: forms: form.join: when: existng: there is no fact 'existng'. "
            "Did you mean existing.",
        ),
        (
            "form/forms/form.join/when",
            {"existing": "maybe"},
            "rules/form.yaml: forms: form.join: when: existing: it can never be 'maybe'. "
            "Use one of: found, none_found, unknown.",
        ),
        (
            "form/forms/form.join/when",
            {"sectors_named": 7},
            "rules/form.yaml: forms: form.join: when: sectors_named: it can never be 7. "
            "Use one of: 0, 1, 2, 3, 4, unknown.",
        ),
        (
            "form/forms/form.join/when",
            {"roles": {"min": 2}},
            "rules/form.yaml: forms: form.join: when: roles: {'min': 2} does not fit. "
            "Use min, max, or_unknown, for counts only.",
        ),
        (
            "form/forms/form.join/when",
            {"actors_named": {"min": 3, "max": 1}},
            "rules/form.yaml: forms: form.join: when: actors_named: {'min': 3, 'max': 1} is no "
            "range. Give whole numbers, min not above max.",
        ),
        (
            "form/forms/form.join/when",
            "always",
            "rules/form.yaml: forms: form.join: when: 'always' is no condition. "
            "Write {fact: value}.",
        ),
        (
            "form/forms/form.join/form",
            "club",
            "rules/form.yaml: forms: form.join: form: 'club' is not known. Use one of: "
            "join_existing, network, round_table, msi, msp, none_yet.",
        ),
        (
            "form/forms/form.join/sources",
            ["The first page"],
            "rules/form.yaml: forms: form.join: sources: 'The first page' is no source id. "
            "Write it as in the inventory, such as p1.goal_early.",
        ),
        (
            "form/forms/form.join/text/fr",
            ...,
            "rules/form.yaml: forms: form.join: text: fr is missing. Write it in fr.",
        ),
        (
            "form/forms/form.join/text/fr",
            "Déjà : {existing}",
            "rules/form.yaml: forms: form.join: text: fr: a brace opens no value. Write { $name }.",
        ),
        (
            "form/forms/form.join/text/fr",
            "Déjà : { $exist }",
            "rules/form.yaml: forms: form.join: text: fr: 'exist' is no value we can fill in. "
            "Use one of: existing, first, form, last, missing, n, phase.",
        ),
        (
            "form/forms/form.join/text/fr",
            "a" * 201,
            "rules/form.yaml: forms: form.join: text: fr: 201 characters. Keep to 200.",
        ),
        (
            "form/forms/form.join/wen",
            {},
            "rules/form.yaml: forms: form.join: wen: nothing reads this key. Use one of: basis, "
            "could_become, form, moves_on, sources, status, text, when.",
        ),
        (
            "form/form",
            {},
            "rules/form.yaml: form: nothing reads this key. Correct its spelling or remove it.",
        ),
        (
            "tips/tips/p1.goal_early/closes",
            ["p1.i.gaol"],
            "rules/tips.yaml: tips: p1.goal_early: closes: there is no item 'p1.i.gaol'. "
            "Use one of steps.yaml.",
        ),
        (
            "advice/situations/sit.p1/tips",
            ["p1.goal_early", "p4.manage_expectations", "p1.added_value"],
            "rules/advice.yaml: situations: sit.p1: tips: 'p4.manage_expectations' cannot be "
            "offered. Use a tip.",
        ),
        (
            "contradictions/contradictions/c.only_ideas/level",
            "blame",
            "rules/contradictions.yaml: contradictions: c.only_ideas: level: 'blame' is not "
            "known. Use one of: ask, look.",
        ),
        (
            "steps/steps/p4/items/p4.i.rules/gap_when",
            {"rules": {"not": "agreed"}},
            "rules/steps.yaml: steps: p4: p4.i.rules: gap_when: it would hold for a team nobody "
            "asked. Name a value that was told, besides unknown.",
        ),
        (
            "contradictions/contradictions/c.only_ideas/when",
            {"actors_named": {"min": 5}, "sectors_on_board": {"max": 0, "or_unknown": True}},
            "rules/contradictions.yaml: contradictions: c.only_ideas: a look rests on "
            "sectors_on_board unasked. Make it an ask, or name what was told.",
        ),
        (
            "labels/labels/state.owed",
            ...,
            "rules/labels.yaml: labels: state.owed: these words are missing. Add {fr: .., en: ..}.",
        ),
    ],
)
def test_a_slip_is_told_with_file_key_and_remedy(path: str, value: Any, says: str) -> None:
    assert says in broken(put(path, value))


def test_all_slips_are_told_at_once() -> None:
    def change(documents: dict[str, Any]) -> None:
        put("form/forms/form.join/basis", "felt")(documents)
        put("route/routes/ask/when", {"nothing": 1})(documents)
        put("tips/order/p1", [])(documents)

    found = broken(change)
    assert [line.split(":")[0] for line in found] == [
        "rules/route.yaml",
        "rules/form.yaml",
        "rules/tips.yaml",
    ]


def test_a_form_rule_without_its_fact_value_is_told() -> None:
    change = put("form/forms/form.new", DOCUMENTS["form"]["forms"]["form.join"])
    assert any("facts: form_rule" in line for line in broken(change))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_missing_or_empty_file_is_told_and_nothing_else_breaks(name: str) -> None:
    assert broken(lambda documents: documents.pop(name))
    assert broken(lambda documents: documents.update({name: None}))


def test_every_pattern_is_sound_fluent_in_both_languages() -> None:
    values = dict.fromkeys(("existing", "missing", "phase", "form", "first", "last"), "Eau")
    for lang in FOUR:
        bundle = FluentBundle([lang], use_isolating=False)
        for key, words in parse(DOCUMENTS, LANGUAGES).patterns().items():
            name = key.replace(".", "-")
            lines = "\n".join(f"    {line}" for line in words[lang].splitlines())
            bundle.add_resource(FluentResource(f"{name} =\n{lines}\n"))
            pattern = bundle.get_message(name).value
            assert pattern is not None, key
            for n in (0, 1, 2):
                said, errors = bundle.format_pattern(pattern, {**values, "n": n})
                assert not errors, key
                assert isinstance(said, str), key
                assert 0 < len(said) <= 230, key
                assert "{" not in said, key


def test_what_one_person_tells_alone_is_named_once() -> None:
    assert parse(DOCUMENTS, LANGUAGES).private_keys == {"equal_footing", "red_lines", "mood"}


def test_every_rule_names_what_it_rests_on() -> None:
    found = parse(DOCUMENTS, LANGUAGES).source_ids()
    assert len(found) > 90
    assert [rule for rule, sources in found.items() if not sources] == []
