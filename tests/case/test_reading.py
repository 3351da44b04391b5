"""The reading of every case told as data, and that no rule stands without a case."""

from collections.abc import Mapping
from typing import Any

from bot.case.model import Reading
from bot.case.reading import read
from bot.case.told import to_json
from bot.knowledge.rules import Rules

Case = Mapping[str, Any]


def keys_as_words(key: str, values: Mapping[str, str | int]) -> str:
    return f"{key}{dict(values)}"


def got(reading: Reading) -> dict[str, Any]:
    found = to_json(reading, keys_as_words)
    return found | {
        "states": found["profile"],
        "form": found["form"] or "none_yet",
        "flags": [reason["about"] for reason in found["contradictions"]],
        "form_rule": reading.form_rule,
        "situation": reading.situation.about,
        "missing_shown": reading.missing_shown,
    }


def test_a_case_is_read_as_its_file_says(example: Case, rules: Rules) -> None:
    found = got(read(example["case"], rules))
    for key, wanted in example["expect"].items():
        if key == "states":
            assert {step: found[key][step] for step in wanted} == wanted
        elif key == "to_ask":
            assert found[key][: len(wanted)] == wanted
        else:
            assert found[key] == wanted, key


def test_every_rule_is_met_by_a_case(all_cases: list[Case], rules: Rules) -> None:
    met = set()
    for each in all_cases:
        reading = read(each["case"], rules)
        remarks = (*reading.contradictions, *reading.reasons, reading.situation)
        met |= {reason.about for reason in remarks}
    written = (*rules.routes, *rules.forms, *rules.contradictions, *rules.situations)
    assert {rule.id for rule in written} - met == set()
    assert {rule.id for rule in rules.phases.values()} - met == set()


def test_every_tip_that_can_be_offered_follows_a_situation_or_fills_up(rules: Rules) -> None:
    named = {tip for situation in rules.situations for tip in situation.tips}
    assert named | set(rules.order["p4"]) == {
        t.id for t in rules.tips.values() if t.kind != "heading"
    }


def test_reasons_come_as_route_step_form_then_gaps(rules: Rules) -> None:
    case = {"goal": "But", "shared_goal": "agreed", "roles": "agreed", "funding": "single"}
    about = [reason.about for reason in read(case, rules).reasons]
    assert about[:3] == ["route.ask", "phase.p4", "form.who_unasked"]
    assert about[3:] == ["p3.i.funding"]


def test_a_reason_names_the_answers_it_rests_on_and_those_not_told(rules: Rules) -> None:
    case = {"goal": "But", "communication_rules": "agreed", "roles": "not_yet"}
    remark = read(case, rules).contradictions[0]
    assert (remark.answers, remark.unknown) == (("communication_rules", "roles"), ())
    route = read({}, rules).reasons[0]
    assert (route.answers, route.unknown) == (("existing",), ("existing",))


def test_what_one_person_told_is_marked_and_can_be_left_out(rules: Rules) -> None:
    case = {"goal": "G", "shared_goal": "agreed", "roles": "not_yet", "equal_footing": "no"}
    private = [r.about for r in read(case, rules).reasons if r.private]
    assert private == ["p3.i.equal_footing"]


def test_what_would_move_the_step_and_the_form_is_told(rules: Rules) -> None:
    step, form = read({"goal": "But", "actors": [{"name": "A", "sector": "public"}]}, rules).moves
    assert (step.key, step.answers, step.unknown) == (
        "phase.p2.moves_on",
        ("shared_goal", "actors"),
        ("shared_goal",),
    )
    assert form.key == "form.one_sector.moves_on"
    assert {"ambition", "long_term"} <= set(form.unknown)


def test_a_team_overrules_step_and_form_and_the_first_reading_is_kept(rules: Rules) -> None:
    case = {"goal": "But", "shared_goal": "begun", "actors": [{"name": "A", "sector": "public"}]}
    plain = read(case, rules)
    chosen = read(case, rules, phase="p3", form="network")
    assert (plain.phase, plain.overruled_phase, plain.overruled_form) == ("p2", None, None)
    assert (chosen.phase, chosen.overruled_phase) == ("p3", "p2")
    assert (chosen.form, chosen.form_status) == ("network", "chosen")
    assert chosen.situation.about == "sit.network"
    assert not chosen.missing_shown
    assert [reason.key for reason in chosen.reasons[1:3]] == [
        "phase.chosen.text",
        "form.chosen.text",
    ]


def test_a_choice_that_agrees_with_the_rules_overrules_nothing(rules: Rules) -> None:
    reading = read({"goal": "But"}, rules, phase="p2", form="round_table")
    assert (reading.overruled_phase, reading.overruled_form) == (None, None)


def test_a_team_that_chose_a_form_of_its_own_is_not_sent_to_join(rules: Rules) -> None:
    case = {"goal": "But", "existing": ["Alliance X"], "existing_fit": "same"}
    assert read(case, rules).route == "join_first"
    chosen = read(case, rules, form="msp")
    assert (chosen.route, chosen.form_otherwise) == ("complement", "join_existing")


def test_steps_before_a_chosen_one_are_read_as_before_it(rules: Rules) -> None:
    case = {"goal": "But", "shared_goal": "not_yet"}
    assert read(case, rules).profile["p2"] == "open"
    assert read(case, rules, phase="p3").profile["p2"] == "owed"


def test_a_first_glimpse_is_called_one_and_several_voices_are_not_one(rules: Rules) -> None:
    first = read({"problem": "P", "lang": "fr", "topic": "topic.water"}, rules).confidence
    assert (first.first_glimpse, first.one_voice, first.answers) == (True, True, 1)
    told = {"problem": "P", "goal": "G", "roles": "agreed", "funding": "none"}
    later = read(told, rules, voices=2).confidence
    assert (later.first_glimpse, later.one_voice, later.answers) == (False, False, 4)


def test_a_sector_that_is_not_sure_makes_the_missing_ones_a_perhaps(rules: Rules) -> None:
    sure = {"name": "A", "sector": "public"}
    assert not read({"actors": [sure]}, rules).missing_perhaps
    assert read({"actors": [sure, {"name": "B"}]}, rules).missing_perhaps
    assert read({"actors": [sure, {"name": "B", "sector": "own_group"}]}, rules).missing_perhaps


def test_a_team_is_asked_first_what_would_let_it_move_on(rules: Rules) -> None:
    two = [{"name": n, "sector": s} for n, s in (("A", "public"), ("B", "private"))]
    case = {"problem": "P", "goal": "G", "shared_goal": "agreed", "actors": two}
    assert read(case, rules).to_ask[:3] == ("roles", "communication_rules", "existing")
    known = read(case | {"existing": ["X"], "roles": "not_yet"}, rules).to_ask
    assert known == ("existing_fit", "trigger", "ambition")


def test_only_what_is_nearest_is_asked_of_a_team(rules: Rules) -> None:
    actors = [{"name": n, "sector": s} for n, s in (("A", "public"), ("B", "private"))]
    step, _ = read({"goal": "G", "shared_goal": "begun", "actors": actors}, rules).moves
    assert step.answers == ("shared_goal",)


def test_a_form_the_team_chose_asks_for_no_third_sector(rules: Rules) -> None:
    actors = [{"name": n, "sector": s} for n, s in (("A", "public"), ("B", "private"))]
    case = {"goal": "G", "shared_goal": "agreed", "roles": "agreed", "actors": actors}
    assert (read(case, rules).phase, read(case, rules, form="msi").phase) == ("p3", "p4")
    assert read(case, rules, form="msi").owed == ()
