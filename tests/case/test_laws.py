"""Laws of the reading, for any case the contract allows."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.case.contract import ACTOR, LISTS, TEXTS, WORDS
from bot.case.reading import read
from bot.case.told import to_json
from bot.knowledge.rule_model import FORMS, PHASES, STATES, STATUSES
from bot.knowledge.rules import Rules

Case = dict[str, Any]

SOME_TEXT = st.sampled_from(
    ["", "  ", "De l'eau propre", "Échanger nos expériences", "Créer une plateforme", "x" * 3000]
)
ACTORS = st.lists(
    st.fixed_dictionaries(
        {"name": st.text(max_size=5)},
        optional={key: st.sampled_from(words) for key, words in ACTOR.items() if words},
    ),
    max_size=7,
)
CASES: st.SearchStrategy[Case] = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.sampled_from((*words, None)) for key, words in WORDS.items()},
        **dict.fromkeys(TEXTS, SOME_TEXT | st.text(max_size=20)),
        "existing": st.lists(st.sampled_from(["", "Alliance X", "{ $n }"]), max_size=3),
        "sectors_left_out": st.lists(st.sampled_from(LISTS["sectors_left_out"]), max_size=4),
        "actors": ACTORS,
    },
)
# The one silence that counts: a group is known, and what the team would add was not told.
SILENCE_COUNTS = {"existing_fit"}


@given(case=CASES)
def test_every_case_is_read(rules: Rules, case: Case) -> None:
    reading = read(case, rules)
    assert reading.phase in PHASES
    assert tuple(reading.profile) == PHASES
    assert set(reading.profile.values()) <= set(STATES)
    assert reading.form in (*FORMS, None)
    assert reading.form_status in STATUSES
    assert (reading.form is None) == (reading.form_status == "open")
    assert len(set(reading.next_tips)) == 3
    assert reading == read(dict(case), rules)


@given(case=CASES)
def test_whatever_is_said_has_words_in_every_language(rules: Rules, case: Case) -> None:
    reading, patterns = read(case, rules), rules.patterns()
    reasons = (*reading.reasons, *reading.contradictions, reading.situation)
    keys = [each.key for each in reasons]
    keys += [move.key for move in reading.moves if move.key]
    keys += [each.moves_on for each in reasons if each.moves_on]
    for key in keys:
        assert {"fr", "en", "de", "es"} <= set(patterns[key])
    for reason in reasons:
        for lang in ("fr", "en", "de", "es"):
            filled = {name for name in reason.values if f"${name} " in patterns[reason.key][lang]}
            assert filled == set(reason.values)


@given(case=CASES)
def test_what_is_said_of_a_case_is_plain_json(rules: Rules, case: Case) -> None:
    def words(key: str, values: Mapping[str, str | int]) -> str:
        assert all(isinstance(value, str | int) for value in values.values())
        return key

    found = to_json(read(case, rules), words)
    assert all(reason["text"] and reason["sources"] for reason in found["reasons"])


@given(case=CASES, data=st.data())
def test_an_answer_taken_away_is_never_held_against_a_team(
    rules: Rules, case: Case, data: st.DataObject
) -> None:
    """Silence adds nothing owed that looks at the silent answer, and no remark but a question."""
    if not case:
        return
    key = data.draw(st.sampled_from(sorted(case)))
    less = {name: value for name, value in case.items() if name != key}
    before, after = read(case, rules), read(less, rules)
    items = {item.id: item for item in rules.items}
    for owed in set(after.owed) - set(before.owed):
        item = items[owed.item]
        looks = [x for when in (item.gap_when, item.part_when) for each in when for x in each]
        looked_at = {name for look in looks for name in rules.facts[look.fact].keys}
        assert key not in looked_at - SILENCE_COUNTS
    looks_only = {c.id for c in rules.contradictions if c.level == "look"}
    for remark in after.contradictions:
        assert remark.about not in looks_only or not remark.unknown


@given(case=CASES)
def test_nothing_is_owed_without_an_answer_it_rests_on(rules: Rules, case: Case) -> None:
    reading = read(case, rules)
    reasons = {reason.about: reason for reason in reading.reasons}
    for owed in reading.owed:
        assert reading.profile[owed.phase] == "owed"
        assert set(reasons[owed.item].answers) - set(reasons[owed.item].unknown)


@given(case=CASES, phase=st.sampled_from(PHASES), form=st.sampled_from(FORMS))
def test_the_team_has_the_last_word(rules: Rules, case: Case, phase: str, form: str) -> None:
    ours, theirs = read(case, rules), read(case, rules, phase=phase, form=form)
    assert (theirs.phase, theirs.form, theirs.form_status) == (phase, form, "chosen")
    assert theirs.overruled_form == (None if ours.form == form else ours.form or "none_yet")
    assert len(set(theirs.next_tips)) == 3


@given(case=CASES)
def test_a_sector_left_out_on_purpose_is_never_missing(rules: Rules, case: Case) -> None:
    reading = read(case, rules)
    assert not set(reading.missing_sectors) & set(case.get("sectors_left_out", ()))
    if "actors" not in case:
        assert reading.missing_sectors == ()
