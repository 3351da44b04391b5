"""The bank: whole in every language, true to the rules, and a fair choice from it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.case.reading import read
from bot.check import whole
from bot.knowledge import Knowledge, KnowledgeError, load
from bot.knowledge.quizzes import Quiz, Quizzes
from bot.quiz.bank import Bank, bank
from bot.quiz.item import KINDS, TOPICS, Item

LANGUAGES = ("fr", "en", "de", "es")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kb() -> Knowledge:
    return load(ROOT / "knowledge")


@pytest.fixture(scope="module")
def whole_bank(kb: Knowledge) -> Bank:
    return bank(kb)


def texts(item: Item) -> list[Mapping[str, str]]:
    return [item.text, item.explanation, *item.options]


def test_there_are_items_enough_on_every_topic_and_of_every_kind(whole_bank: Bank) -> None:
    items = whole_bank.items.values()
    assert len(items) >= 150
    topics = Counter(item.topic for item in items)
    assert set(topics) == set(TOPICS)
    assert min(topics.values()) >= 8, topics
    assert set(Counter(item.kind for item in items)) == set(KINDS)


def test_every_item_is_whole_in_each_language_and_short_enough(whole_bank: Bank) -> None:
    for item in whole_bank.items.values():
        for text in texts(item):
            assert set(text) == set(LANGUAGES), item.id
            assert all(words.strip() and "\n" not in words for words in text.values()), item.id
            assert not any("{" in words or "  " in words for words in text.values()), item.id
        assert max(map(len, item.text.values())) <= 280, item.id
        most = 300 if item.kind == "case" else 200
        assert max(map(len, item.explanation.values())) <= most, item.id
        assert all(len(words) <= 90 for option in item.options for words in option.values())


def test_the_options_of_an_item_differ_in_each_language(whole_bank: Bank) -> None:
    for item in whole_bank.items.values():
        for lang in LANGUAGES:
            said = [option[lang].casefold() for option in item.options]
            assert len(set(said)) == len(said), (item.id, lang)


def test_the_right_places_fit_kind_and_options(whole_bank: Bank) -> None:
    for item in whole_bank.items.values():
        places = range(len(item.options))
        assert set(item.right) <= set(places), item.id
        assert len(item.right) == len(set(item.right)) > 0, item.id
        if item.has_one_answer:
            assert len(item.right) == 1, item.id
        elif item.kind == "several":
            assert len(item.right) >= 2, item.id
            assert list(item.right) == sorted(item.right), item.id
        else:
            assert sorted(item.right) == list(places), item.id


def test_no_letter_is_right_too_often(whole_bank: Bank) -> None:
    single = [item.right[0] for item in whole_bank.items.values() if item.kind == "single"]
    for place, count in Counter(single).items():
        assert count <= 0.45 * len(single), f"place {place} is right in {count} of {len(single)}"
    claims = [item.right[0] for item in whole_bank.items.values() if item.kind == "true_false"]
    assert 0.3 <= claims.count(0) / len(claims) <= 0.7


def test_what_an_item_is_about_and_rests_on_is_known(kb: Knowledge, whole_bank: Bank) -> None:
    for item in whole_bank.items.values():
        assert all(name in kb for name in item.about), item.id
        assert all(name in kb.source for name in item.sources), item.id
        assert item.difficulty in (1, 2, 3)


# What a trainer says who knows the source; a change of the rules must not turn a story over.
ANSWERS = {
    "quiz.p1.case_springs": "p1",
    "quiz.p2.case_river": "p2",
    "quiz.p3.case_clean_lagoon": "p3",
    "quiz.p3.case_roles_before_goal": "p2",
    "quiz.p4.case_healthy_homes": "p4",
    "quiz.challenges.case_busy_without_goal": "p1",
    "quiz.definition.case_forest": "msp",
    "quiz.definition.case_one_side_decides": "msi",
    "quiz.spectrum.case_what_works": "network",
    "quiz.spectrum.case_four_sectors_four_meetings": "round_table",
    "quiz.spectrum.case_orchards": "msi",
    "quiz.spectrum.case_open_door": "join_existing",
    "quiz.sectors.case_valley_water": "msp",
}


def test_each_case_has_the_answer_a_trainer_would_give(kb: Knowledge, whole_bank: Bank) -> None:
    def named(answer: str) -> str:
        if answer in kb.phases:
            return kb.phases[answer].title["en"]
        return kb.rules.words[f"form_name.{answer}"]["en"]

    cases = [item for item in whole_bank.items.values() if item.kind == "case"]
    given = {item.id: item.options[item.right[0]]["en"].casefold() for item in cases}
    assert given == {name: named(answer).casefold() for name, answer in ANSWERS.items()}


def test_a_case_is_judged_as_the_reading_judges_it(kb: Knowledge, whole_bank: Bank) -> None:
    cases = [quiz for quiz in kb.quiz.written.values() if quiz.sort == "case"]
    assert len(cases) >= 5
    for quiz in cases:
        found = read(quiz.case or {}, kb.rules)
        if quiz.asks == "phase":
            name = kb.phases[found.phase].title["en"]
        else:
            name = kb.rules.words[f"form_name.{found.form}"]["en"]
        item = whole_bank.items[quiz.id]
        right = item.options[item.right[0]]["en"]
        assert right.casefold() == name.casefold(), quiz.id
        assert item.explanation["en"].startswith(quiz.explanation["en"])


def test_the_reason_of_the_reading_is_told_where_there_is_room(whole_bank: Bank) -> None:
    cases = [item for item in whole_bank.items.values() if item.kind == "case"]
    told = [
        item for item in cases if "Amorce's reading puts it like this" in item.explanation["en"]
    ]
    assert len(told) >= 3


def spoiled(kb: Knowledge, **changes: object) -> Knowledge:
    """The base with one of its case questions changed."""
    quiz = next(quiz for quiz in kb.quiz.written.values() if quiz.sort == "case")
    written: Mapping[str, Quiz] = {quiz.id: quiz.model_copy(update=changes)}
    return replace(kb, quiz=Quizzes(MappingProxyType(written), kb.quiz.templates))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"case": {"funding": "plenty"}}, "funding is 'plenty'; allowed: none, single, several"),
        (
            {"case": {"shared_goal": "yes"}, "asks": "form"},
            "the reading names no form for this case",
        ),
    ],
)
def test_a_case_nobody_can_read_is_told_with_its_place(
    kb: Knowledge, changes: dict[str, object], told: str
) -> None:
    other = spoiled(kb, **changes)
    with pytest.raises(KnowledgeError, match="quiz/") as caught:
        bank(other)
    assert told in str(caught.value)
    assert any(told in mistake.what for mistake in whole.mistakes(other, {}))


def test_the_same_seed_draws_the_same_items(whole_bank: Bank) -> None:
    first = whole_bank.drawn((), 12, 7)
    assert first == whole_bank.drawn((), 12, 7)
    assert first != whole_bank.drawn((), 12, 8)
    assert len(first) == len({item.id for item in first}) == 12


@pytest.mark.parametrize("seed", range(20))
def test_a_draw_is_spread_over_topics_kinds_and_entries(whole_bank: Bank, seed: int) -> None:
    drawn = whole_bank.drawn((), 9, seed)
    assert len({item.topic for item in drawn}) >= 8
    assert len({item.kind for item in drawn}) >= 4
    about = Counter(name for item in drawn for name in item.about)
    assert not about or max(about.values()) == 1, about


def test_a_draw_keeps_to_its_topics_and_ends_where_nothing_is_left(whole_bank: Bank) -> None:
    drawn = whole_bank.drawn(("p2", "tools"), 30, 1)
    assert {item.topic for item in drawn} == {"p2", "tools"}
    everything = [item.id for item in whole_bank.drawn(("sectors",), 5000, 1)]
    assert sorted(everything) == sorted(item.id for item in whole_bank.of(("sectors",)))
    assert whole_bank.drawn((), 0, 1) == ()


def test_one_topic_alone_never_asks_for_its_own_name(whole_bank: Bank) -> None:
    telling = [name for name in whole_bank.items if ".step_of_tip." in name]
    assert telling
    for phase in ("p1", "p2", "p3", "p4"):
        assert not {item.id for item in whole_bank.of((phase,))} & set(telling)
    assert set(telling) <= {item.id for item in whole_bank.of(())}
    assert {item.topic for item in whole_bank.of(("p1", "p4"))} == {"p1", "p4"}


def test_an_item_is_found_by_its_id_or_not_at_all(whole_bank: Bank) -> None:
    name = next(iter(whole_bank.items))
    assert whole_bank.item(name) is whole_bank.items[name]
    assert whole_bank.item("quiz.p1.never_there") is None


def test_the_bank_is_built_once(kb: Knowledge) -> None:
    assert bank(kb) is bank(kb)


def test_no_order_is_shown_as_it_is_right(whole_bank: Bank) -> None:
    orders = [item for item in whole_bank.items.values() if item.kind == "order"]
    assert orders
    assert [item.id for item in orders if item.right == tuple(range(len(item.options)))] == []
