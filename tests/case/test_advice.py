"""Three tips for now: what was done, put off, settled or held back is passed over."""

from itertools import combinations
from typing import Any

from bot.case.advice import Mark
from bot.case.reading import read
from bot.knowledge.rules import Rules

START: dict[str, Any] = {"problem": "P"}


def tips(case: dict[str, Any], rules: Rules, **marks: Mark) -> list[str]:
    named = {name.replace("__", "."): mark for name, mark in marks.items()}
    return list(read(case, rules, marks=named).next_tips)


def test_a_tip_done_or_not_for_us_makes_room_for_the_next(rules: Rules) -> None:
    assert tips(START, rules) == ["p1.goal_early", "p1.added_value", "p2.stakeholder_mapping"]
    for kind in ("done", "not_for_us"):
        later = tips(START, rules, p1__added_value=Mark(kind, 900))
        assert later == ["p1.goal_early", "p2.stakeholder_mapping", "p2.define_vision"]


def test_a_tip_put_off_comes_back_after_thirty_days(rules: Rules) -> None:
    assert "p1.goal_early" not in tips(START, rules, p1__goal_early=Mark("not_now", 29))
    assert tips(START, rules, p1__goal_early=Mark("not_now", 30))[0] == "p1.goal_early"


def test_a_gap_of_an_earlier_step_fills_up_before_the_main_step(rules: Rules) -> None:
    case = {"goal": "G", "shared_goal": "agreed", "roles": "agreed", "funding": "none"}
    case |= {"communication_rules": "agreed", "decisions": "not_yet", "red_lines": "not_yet"}
    done = {"p3.secure_funding": Mark("done"), "p4.communication_rules": Mark("done")}
    reading = read(case, rules, marks=done)
    assert reading.situation.about == "sit.p4_no_money"
    assert reading.next_tips == (
        "p4.expectations.structure_code",
        "p3.red_lines",
        "p4.responsibilities",
    )


def test_money_is_not_offered_before_the_partners_are_sought(rules: Rules) -> None:
    kept = {"p1.goal_early", "p2.stakeholder_mapping", "p3.secure_funding"}
    marks = {tip: Mark("done") for tip in rules.tips if tip not in kept}
    assert read(START, rules, marks=marks).next_tips == ("p1.goal_early", "p2.stakeholder_mapping")


def test_a_wide_call_is_held_back_where_it_is_risky(rules: Rules) -> None:
    case = {"goal": "G", "affected_represented": "risky"}
    for phase in ("p1", "p2", "p3", "p4"):
        for mood in ("tired", "fine"):
            found = read(case | {"mood": mood}, rules, phase=phase).next_tips
            assert not {"p2.mobilise_network", "p4.champions"} & set(found)


def left(case: dict[str, Any], rules: Rules, *kept: str) -> tuple[str, ...]:
    """The tips for a team that has done all but `kept`."""
    marks = {tip: Mark("done") for tip in rules.tips if tip not in kept}
    return read(case, rules, marks=marks).next_tips


def test_at_most_one_stance_while_there_is_anything_else_to_do(rules: Rules) -> None:
    kept = ("p2.copy_paste", "p4.reflection_self_criticism", "p3.trust_credibility")
    found = left(START, rules, *kept, "p4.narrow_scope")
    assert found == ("p2.copy_paste", "p4.reflection_self_criticism", "p4.narrow_scope")
    assert left(START, rules, *kept) == kept


def test_the_limits_give_way_before_a_place_stays_empty(rules: Rules) -> None:
    stances = [tip.id for tip in rules.tips.values() if tip.kind == "stance"]
    marks = {tip: Mark("done") for tip in rules.tips if tip not in stances}
    assert len(read(START, rules, marks=marks).next_tips) == 3


def test_headings_are_never_among_the_three(rules: Rules) -> None:
    headings = {tip.id for tip in rules.tips.values() if tip.kind == "heading"}
    marks = {tip: Mark("done") for tip in rules.tips if tip not in headings}
    assert len(headings) == 3
    assert read(START, rules, marks=marks).next_tips == ()


def test_a_team_that_put_nearly_all_aside_gets_what_is_left(rules: Rules) -> None:
    kept = ("p4.time", "p4.personal_meetings", "p2.copy_paste", "p4.narrow_scope")
    for count in range(4):
        for left in combinations(kept, count):
            marks = {tip: Mark("not_for_us") for tip in rules.tips if tip not in left}
            assert set(read(START, rules, marks=marks).next_tips) == set(left)


def test_funding_secured_but_ending_soon_is_still_worth_a_tip(rules: Rules) -> None:
    case = {"goal": "G", "shared_goal": "agreed", "roles": "agreed", "funding": "several"}
    case |= {"communication_rules": "agreed", "decisions": "agreed"}
    assert "p3.secure_funding" not in tips(case, rules)
    assert "p3.secure_funding" in tips(case | {"funding_horizon": "short"}, rules)


def test_at_most_one_filler_from_further_on_than_the_next_step(rules: Rules) -> None:
    goal = {"goal": "G"}
    far = ("p4.personal_meetings", "p4.narrow_scope")
    found = left(goal, rules, *far, "p3.red_lines", "p3.neutral_intermediary")
    assert found == ("p4.personal_meetings", "p3.red_lines", "p3.neutral_intermediary")


def test_looking_back_together_fits_every_step(rules: Rules) -> None:
    kept = ("p4.personal_meetings", "p4.reflection_self_criticism", "p3.red_lines")
    assert left({"goal": "G"}, rules, *kept) == kept


def test_a_team_that_chooses_an_earlier_step_gets_its_tips(rules: Rules) -> None:
    case = {
        "problem": "P",
        "goal": "But",
        "existing": [],
        "shared_goal": "begun",
        "actors": [{"name": "A", "sector": "public"}, {"name": "B", "sector": "private"}],
    }
    assert not any(tip.startswith("p1.") for tip in read(case, rules).next_tips)
    assert read(case, rules, phase="p1").next_tips[0] == "p1.goal_early"
