"""The intake: order, passing over, back, change and what depends on it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.turn import Edited, Tap, Text
from tests.conversation import Conversation, begun, state


def forward(talk: Conversation) -> None:
    """One plausible answer to whatever is asked."""
    choices = talk.world.session.choices
    sets = [c for c in choices if c.startswith(("set:", "tick:"))]
    if "done" in choices:
        talk.do("done")
    elif "right" in choices:
        talk.do("right")
    elif sets:
        talk.do(sets[0])
    else:
        talk.say("Mairie de Thiès, ONG Eau Vive, Université de Dakar")


def test_an_early_team_is_asked_about_fifteen_questions_and_nobody_more_than_twenty_five() -> None:
    for chosen, most in (("set:not_yet", 18), ("", 25)):
        talk = begun()
        asked = 0
        while talk.world.session.frames[-1].dialog in ("intake", "actors"):
            asked += 1
            if chosen in talk.world.session.choices:
                talk.do(chosen)
            else:
                forward(talk)
        assert asked <= most


@pytest.mark.parametrize(
    ("need", "second"), [("clear", "goal"), ("partners", "goal"), ("organise", "shared_goal")]
)
def test_what_helps_most_decides_the_order(need: str, second: str) -> None:
    talk = begun(need)
    talk.do("skip")
    talk.do("skip")
    assert state(talk) == second


def test_whoever_looks_for_partners_is_asked_about_actors_before_existing_groups() -> None:
    talk = begun("partners")
    seen = []
    while talk.world.session.frames[-1].dialog != "reading":
        seen.append(state(talk))
        forward(talk)
    assert seen.index("names") < seen.index("existing")


def test_being_stuck_leads_to_help_at_once() -> None:
    talk = begun("stuck")
    assert talk.world.session.frames[-1].dialog == "advice"
    assert "tip:p4.personal_meetings" in talk.world.session.choices
    assert "person" in talk.world.session.choices


def test_i_do_not_know_and_skip_stand_under_every_question_of_the_intake() -> None:
    talk = begun()
    while talk.world.session.frames[-1].dialog == "intake":
        if state(talk) not in ("impression", "topic"):
            assert {"unknown", "skip"} <= set(talk.world.session.choices)
        forward(talk)


@given(st.integers(1, 12), st.integers(1, 8))
@settings(max_examples=30)
def test_back_and_the_same_answers_again_lead_to_the_same_place(steps: int, backs: int) -> None:
    talk = begun()
    for _ in range(steps):
        if talk.world.session.frames[-1].dialog in ("intake", "actors"):
            forward(talk)
    if talk.world.session.frames[-1].dialog != "intake":
        return
    here, told = state(talk), talk.world.case.answers
    values = {slot: answer.value for slot, answer in told.items()}
    for _ in range(backs):
        if "back" in talk.world.session.choices and state(talk) != "problem":
            talk.do("back")
    for _ in range(backs + 40):
        if talk.world.session.frames[-1].dialog == "intake" and state(talk) == here:
            break
        talk.do("keep") if "keep" in talk.world.session.choices else forward(talk)
    assert state(talk) == here
    assert {s: a.value for s, a in talk.world.case.answers.items()} == values


def test_changing_an_answer_asks_again_only_what_depends_on_it() -> None:
    talk = begun()
    while talk.world.session.frames[-1].dialog != "reading":
        if "set:single" in talk.world.session.choices:
            talk.do("set:single")
        else:
            forward(talk)
    answers = set(talk.world.case.answers)
    talk.command("review")
    talk.do("chapter:work")
    talk.do("edit:funding")
    talk.do("set:none")
    assert talk.world.session.frames[-1].dialog == "review"
    assert set(talk.world.case.answers) == answers - {"horizon"}
    talk.do("edit:funding")
    talk.do("set:several")
    assert state(talk) == "horizon"
    talk.do("set:long")
    assert talk.world.session.frames[-1].dialog == "review"


def test_a_doubled_tap_is_noted_once_and_a_stale_one_skips_no_question() -> None:
    talk = begun()
    talk.say("Les puits sont pollués.")
    nonce = talk.world.session.asked
    talk.do("set:study")
    after = talk.world
    [note] = talk.hear(Tap("set:study", nonce))
    assert note.toast
    assert talk.world.case == after.case
    assert state(talk) == after.session.frames[-1].state
    heard = talk.hear(Tap("set:crisis", nonce))
    assert len(heard) == 2
    assert heard[-1].buttons
    assert talk.world.case == after.case


def test_an_edited_message_changes_the_answer_it_was() -> None:
    talk = begun()
    talk.hear(Text("Les puit sont pollués."), message="m7")
    talk.hear(Edited("Les puits sont pollués."), message="m7")
    assert talk.world.case.told("problem") == "Les puits sont pollués."
    assert state(talk) == "trigger"


def test_a_topic_that_shows_only_in_the_changed_problem_is_asked_about() -> None:
    talk = begun()
    talk.say("Rien ne va plus.")
    assert state(talk) == "trigger"
    talk.command("review")
    talk.do("chapter:problem")
    talk.do("edit:problem")
    talk.say("Les forêts sont détruites.")
    assert state(talk) == "topic"


def test_a_text_cut_in_two_by_telegram_is_one_answer() -> None:
    talk = begun()
    long = "é" * 4096
    talk.say(long)
    asked = state(talk)
    talk.now -= timedelta(seconds=19)
    talk.say("la suite")
    assert talk.world.case.told("problem") == f"{long}\nla suite"
    assert state(talk) == asked


def test_words_where_a_tap_was_expected_are_kept_as_a_remark() -> None:
    talk = begun()
    talk.say("Les puits sont pollués.")
    talk.say("C'est compliqué chez nous")
    assert [r.text for r in talk.world.case.remarks] == ["C'est compliqué chez nous"]
    assert state(talk) == "trigger"


def test_a_typed_label_or_number_is_as_good_as_a_tap() -> None:
    talk = begun()
    talk.say("Les puits sont pollués.")
    label = next(iter(talk.buttons()))
    talk.say(label.upper())
    assert talk.world.case.told("trigger") == "crisis"


def test_after_a_restart_the_same_question_is_asked() -> None:
    talk = begun()
    talk.say("Les puits sont pollués.")
    stored = json.loads(json.dumps(talk.world.session.to_json()))
    talk.world = type(talk.world)(
        type(talk.world.session).from_json(stored), talk.world.case, talk.world.consent
    )
    talk.wait(timedelta(days=30))
    talk.command("start")
    assert state(talk) == "trigger"
    assert len(talk.heard) >= 2
