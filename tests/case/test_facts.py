"""A case becomes facts; what does not keep to the contract is refused in one clear line."""

from typing import Any

import pytest

from bot.case.contract import KEYS
from bot.case.facts import CaseError, of, shareable
from bot.knowledge.rules import Rules


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"gaol": "x"}, "The case has an unknown key 'gaol'; did you mean 'goal'?"),
        ({"roles": "settled"}, "roles is 'settled'; allowed: not_yet, begun, agreed, yes, no."),
        ({"roles": 3}, "roles is 3; allowed: not_yet, begun, agreed, yes, no."),
        ({"funding": ["none"]}, "funding is ['none']; allowed: none, single, several."),
        ({"goal": 7}, "goal is 7; allowed: a text."),
        ({"existing": "X"}, "existing is 'X'; allowed: a list."),
        ({"existing": [1]}, "existing[0] is 1; allowed: a text."),
        (
            {"sectors_left_out": ["church"]},
            "sectors_left_out[0] is 'church'; allowed: public, private, civil_society, academia.",
        ),
        ({"actors": {}}, "actors is {}; allowed: a list of objects."),
        ({"actors": ["A"]}, "actors[0] is 'A'; allowed: an object with a name."),
        (
            {"actors": [{"sectr": "x"}]},
            "actors[0] has an unknown key 'sectr'; did you mean 'sector'?",
        ),
        (
            {"actors": [{"name": "A", "status": "maybe"}]},
            "actors[0].status is 'maybe'; allowed: idea, contacted, in_talks, committed.",
        ),
        ([], "The case is []; allowed: one JSON object."),
    ],
)
def test_a_case_that_breaks_the_contract_is_refused(case: Any, says: str, rules: Rules) -> None:
    with pytest.raises(CaseError) as error:
        of(case, rules)
    assert str(error.value) == says


def test_every_key_of_a_fact_is_a_key_of_the_contract(rules: Rules) -> None:
    assert {key for fact in rules.facts.values() for key in fact.keys} <= set(KEYS)


def test_an_empty_case_knows_nothing(rules: Rules) -> None:
    facts = of({}, rules)
    assert set(facts.values.values()) == {"unknown"}
    assert (facts.given, facts.missing, facts.unsure) == (frozenset(), (), False)


def test_every_fact_but_those_of_the_reading_can_become_known(
    rules: Rules, all_cases: list[dict[str, Any]]
) -> None:
    cases = [each["case"] for each in all_cases]
    cases.append({"red_lines": "begun", "milestones_agreed": "agreed", "secretariat_need": "felt"})
    known = {k for case in cases for k, v in of(case, rules).values.items() if v != "unknown"}
    assert set(rules.facts) - known == {f.name for f in rules.facts.values() if f.reading}


def test_yes_and_no_stand_for_agreed_and_not_yet(rules: Rules) -> None:
    values = of({"long_term": "yes", "common_good": "no", "equal_footing": "begun"}, rules).values
    assert [values[k] for k in ("long_term", "common_good", "equal_footing")] == [
        "agreed",
        "not_yet",
        "begun",
    ]
    assert values["traits"] == "one_fails"


def test_a_blank_text_was_asked_and_an_absent_one_was_not(rules: Rules) -> None:
    assert of({"goal": " "}, rules).values["goal_written"] == "not_yet"
    assert of({"goal": None}, rules).values["goal_written"] == "unknown"


@pytest.mark.parametrize(
    ("case", "existing"),
    [
        ({}, "unknown"),
        ({"existing": []}, "none_found"),
        ({"existing": ["X"]}, "found"),
        ({"existing": ["X"], "existing_known": "no"}, "found"),
        ({"existing_known": "yes"}, "found"),
        ({"existing_known": "no"}, "none_found"),
    ],
)
def test_names_weigh_more_than_a_yes_or_no(case: Any, existing: str, rules: Rules) -> None:
    assert of(case, rules).values["existing"] == existing


def test_sectors_are_counted_once_and_groups_of_their_own_not(rules: Rules) -> None:
    actors = [
        {"name": "A", "sector": "public", "status": "committed"},
        {"name": "B", "sector": "public", "status": "in_talks"},
        {"name": "C", "sector": "own_group", "status": "committed"},
        {"name": "D", "sector": "academia", "status": "idea"},
    ]
    values = of({"actors": actors, "sectors_left_out": ["private"]}, rules).values
    counts = ("actors_named", "sectors_named", "sectors_on_board", "sectors_missing")
    assert [values[count] for count in counts] == [4, 2, 1, 1]


def test_nobody_on_board_must_be_told_of_every_actor(rules: Rules) -> None:
    told = {"name": "A", "sector": "public", "status": "idea"}
    untold = {"name": "B", "sector": "private"}
    assert of({"actors": [told]}, rules).values["sectors_on_board"] == 0
    assert of({"actors": [told, untold]}, rules).values["sectors_on_board"] == "unknown"
    assert of({"actors": [untold]}, rules).values["sectors_on_board"] == 1


def test_more_actors_than_we_count_are_still_many(rules: Rules) -> None:
    actors = [{"name": str(n), "sector": "public"} for n in range(200)]
    assert of({"actors": actors}, rules).values["actors_named"] == 50


@pytest.mark.parametrize(
    ("case", "cue"),
    [
        ({"goal": "ÉCHANGER nos expériences"}, "likely"),
        ({"goal": "Un échange d’expérience chaque mois"}, "likely"),
        ({"goal": "Learn from each other"}, "likely"),
        ({"goal": "Erfahrungen und Austausch"}, "likely"),
        ({"goal": "De l'eau propre", "problem": "échanger est difficile"}, "none"),
        ({"problem": "échanger est difficile"}, "likely"),
        ({"goal": "Exchange rate stability"}, "none"),
        ({"goal": "Échanger", "ambition": "act"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_text_suggests_an_exchange(case: Any, cue: str, rules: Rules) -> None:
    assert of(case, rules).values["exchange_cue"] == cue


def test_what_one_person_told_stays_out_of_what_is_shared(rules: Rules) -> None:
    case = {"goal": "G", "equal_footing": "no", "red_lines": "begun", "mood": "tired"}
    assert shareable(case, rules) == {"goal": "G"}
