"""No wrong option of a generated question is right too, judged from the knowledge base alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load
from bot.knowledge.text import tokens
from bot.quiz.bank import Bank, bank
from bot.quiz.item import Item
from tests.quiz.judge import LANGUAGES, Oracle, Text, parts

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kb() -> Knowledge:
    return load(ROOT / "knowledge")


@pytest.fixture(scope="module")
def generated(kb: Knowledge) -> list[Item]:
    made = [item for name, item in bank(kb).items.items() if name not in kb.quiz.written]
    assert len(made) >= 100
    return made


@pytest.fixture(scope="module")
def oracle(kb: Knowledge) -> Oracle:
    return Oracle(kb)


def test_no_wrong_option_is_right_and_no_right_one_wrong(
    oracle: Oracle, generated: list[Item]
) -> None:
    assert [fault for item in generated for fault in oracle.faults(item)] == []


def planted(item: Item, right: Text) -> Item:
    """The item with its first wrong option replaced."""
    wrong = next(n for n in range(len(item.options)) if n not in item.right)
    return replace(item, options=(*item.options[:wrong], right, *item.options[wrong + 1 :]))


def test_a_planted_option_that_is_right_as_well_is_caught(
    kb: Knowledge, oracle: Oracle, generated: list[Item]
) -> None:
    by_id = {item.id: item for item in generated}
    names = {
        "quiz.tools.tool_of_aim.9": kb.tools["tool.44"].name,
        "quiz.tools.tool_of_purpose.p4_bind_actors": kb.tools["tool.1"].name,
        "quiz.tools.purpose_of_tool.41_p1": kb.purposes["p2.tool.define_objectives"].title,
        "quiz.p4.tip_of_step.time": kb.tips["p4.champions"].title,
        "quiz.p3.tips_of_step.secure_funding": kb.tips["p3.trust_credibility"].title,
        "quiz.spectrum.feature_of_form.msp_memorandum": feature(kb, "governance"),
        "quiz.sectors.actors_of_sector.academia": actor(kb, "medical_school"),
        "quiz.sectors.actor_of_sector.textile": actor(kb, "brewery"),
    }
    for name, right in names.items():
        item = by_id[name]
        assert list(oracle.faults(item)) == []
        assert list(oracle.faults(planted(item, right))), f"{name} lets {right['en']} through"


def feature(kb: Knowledge, name: str) -> Text:
    assert kb.quiz.templates
    return kb.quiz.templates.features[name].name


def actor(kb: Knowledge, name: str) -> Text:
    assert kb.quiz.templates
    return kb.quiz.templates.actors[name].name


def test_a_right_option_that_is_none_is_caught(oracle: Oracle, generated: list[Item]) -> None:
    single = [item for item in generated if item.kind in ("single", "true_false")]
    for item in single:
        other = replace(item, right=((item.right[0] + 1) % len(item.options),))
        assert list(oracle.faults(other)), item.id


def test_a_tool_is_not_named_in_what_it_is_for(kb: Knowledge, generated: list[Item]) -> None:
    for item in generated:
        if item.id.split(".")[2] not in ("tool_of_aim", "tool_of_purpose"):
            continue
        right, wrong = parts(item)
        for lang in LANGUAGES:
            question = long_words(item.text[lang])
            others = set[str]().union(*(long_words(option[lang]) for option in wrong))
            for option in right:
                telling = (long_words(option[lang]) & question) - others
                assert not {word for word in telling if rare(kb, lang, word)}, (item.id, lang)


def long_words(text: str) -> set[str]:
    return {word for word in tokens(text) if len(word) >= 6}


def rare(kb: Knowledge, lang: str, word: str) -> bool:
    """Whether so few aims hold the word that it points to one of them."""
    return sum(word in tokens(tool.aim[lang]) for tool in kb.tools.values()) < 4


def test_every_template_gives_rise_to_questions(kb: Knowledge, generated: list[Item]) -> None:
    made = {item.id.split(".")[2] for item in generated}
    judged = {name for name in vars(Oracle) if "_of_" in name or name.startswith("tips_in")}
    assert judged <= made
    assert kb.quiz.templates
    assert all(bank(kb).items[item.id].explanation for item in generated)


def test_the_places_of_the_right_options_are_spread_within_each_template(
    generated: list[Item],
) -> None:
    for template in ("tool_of_aim", "purpose_of_tool", "step_of_tip", "sector_of_actor"):
        rows = [item.right[0] for item in generated if item.id.split(".")[2] == template]
        assert max(map(rows.count, range(4))) <= 0.6 * len(rows), template


def test_without_templates_there_are_only_written_questions(kb: Knowledge) -> None:
    bare = replace(kb, quiz=replace(kb.quiz, templates=None))
    found: Bank = bank(bare)
    assert set(found.items) == set(kb.quiz.written)


def test_quotation_marks_inside_quotation_marks_are_others(generated: list[Item]) -> None:
    (item,) = [item for item in generated if item.id == "quiz.tools.purpose_of_tool.22_p4"]
    assert "„Spiel \u201aFreunde und Fremde\u2018“" in item.text["de"]
    assert "« Jeu “Amis et inconnus” »" in item.text["fr"]
    assert "«Juego “Amigos y desconocidos”»" in item.text["es"]
