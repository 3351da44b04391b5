"""What founders type instead of tapping or answering: denials, questions, half a button."""

from __future__ import annotations

import pytest

from tests.conversation import Conversation, begun, state


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Non, on ne connait personne", "none_found"),
        ("nous ne connaissons aucun groupe", "none_found"),
        ("non", "none_found"),
        ("No Waste Alliance", ("No Waste Alliance",)),
        ("Forum de l'eau, Comité des puits", ("Forum de l'eau", "Comité des puits")),
    ],
)
def test_a_sentence_that_says_no_names_no_group(typed: str, kept: object) -> None:
    talk = begun()
    while state(talk) != "existing":
        talk.do("skip")
    talk.say(typed)
    assert talk.world.case.told("existing") == kept


@pytest.mark.parametrize(
    ("typed", "lands"),
    [
        ("crise", "trigger"),
        ("8", "problem"),
        ("je sais pas trop", "trigger"),
        ("pourquoi ?", "problem"),
        ("au revoir", "problem"),
    ],
)
def test_what_is_no_answer_does_not_become_one(typed: str, lands: str) -> None:
    talk = begun()
    if typed == "crise":
        talk.say("Les puits sont pollués.")
        talk.say(typed)
        assert talk.world.case.told("trigger") == "crisis"
    else:
        talk.say(typed)
        assert talk.world.case.told("problem") is None
        assert state(talk) == lands


@pytest.mark.parametrize("typed", ["what do you mean by problem?", "c'est quoi un but ?"])
def test_a_short_question_is_not_taken_for_an_answer(typed: str) -> None:
    talk = begun()
    talk.say(typed)
    assert talk.world.case.told("problem") is None


def test_a_sentence_that_begins_with_no_is_a_no() -> None:
    talk = begun()
    talk.say("Les puits autour de la ville sont pollués, l'eau potable manque.")
    talk.do("set:study")
    assert state(talk) == "topic"
    talk.say("non, plutôt la santé des enfants")
    assert talk.world.case.told("topic") == "none"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nein, wir kennen keine andere Gruppe hier", "none_found"),
        ("Wir kennen leider keine Initiative", "none_found"),
        ("Kein Müll Bonn", ("Kein Müll Bonn",)),
        ("Runder Tisch Wasser, Bündnis Elbe", ("Runder Tisch Wasser", "Bündnis Elbe")),
    ],
)
def test_german_nouns_are_no_names(typed: str, kept: object) -> None:
    talk = begun(language="de")
    while state(talk) != "existing":
        talk.do("skip")
    talk.say(typed)
    assert talk.world.case.told("existing") == kept


@pytest.mark.parametrize("typed", ["non, nous ne connaissons personne", "personne encore, non"])
def test_a_sentence_that_says_there_is_nobody_names_no_actor(typed: str) -> None:
    talk = begun("partners")
    while state(talk) != "names":
        talk.do("skip")
    talk.say(typed)
    assert talk.world.case.actors == ()
    assert talk.world.case.remarks[-1].text == typed


@pytest.mark.parametrize("typed", ["Non-violence Sahel, Lycée de Thiès", "No Waste Alliance"])
def test_a_name_that_begins_like_a_no_is_a_name(typed: str) -> None:
    talk = begun("partners")
    while state(talk) != "names":
        talk.do("skip")
    talk.say("Mairie de Thiès")
    talk.say(typed)
    assert typed.split(",")[0] in [actor.name for actor in talk.world.case.actors]


def test_a_no_with_an_i_behind_it_is_still_a_no() -> None:
    talk = begun()
    talk.say("Les puits autour de la ville sont pollués, l'eau potable manque.")
    talk.do("set:study")
    talk.say("no, I think it is about health")
    assert talk.world.case.told("topic") == "none"


@pytest.mark.parametrize(
    "typed", ["on m'a menacé", "me amenazaron", "Wir werden bedroht", "I was threatened"]
)
def test_who_is_threatened_is_heard_in_any_state(typed: str) -> None:
    talk = begun("stuck")
    said = talk.say(typed)
    assert "sécurité passe avant tout" in said[0].html
    assert talk.world.session.frames[-1].data["entry"] == "card.activists_at_risk"
    assert talk.world.case.remarks[-1].text == typed
    talk.do("done")
    assert talk.world.session.frames[-1].dialog == "advice"


def test_a_threat_told_as_an_answer_is_kept_as_the_answer() -> None:
    talk = begun()
    said = talk.say("Les pêcheurs qui parlent reçoivent des coups, et on m'a menacé.")
    assert "sécurité passe avant tout" in said[0].html
    assert "menacé" in str(talk.world.case.told("problem"))


def reach(talk: Conversation, wanted: str) -> None:
    """Pass over questions until `wanted` is asked."""
    for _ in range(30):
        if state(talk) == wanted:
            return
        talk.do({"impression": "set:go_on", "topic": "set:no"}.get(state(talk), "skip"))
    raise AssertionError(f"{wanted} never comes; the talk is at {state(talk)}")


@pytest.mark.parametrize(
    ("slot", "typed", "kept"),
    [
        ("affected", "ja", "direct"),
        ("shared_goal", "nein", "not_yet"),
        ("shared_goal", "ja", "agreed"),
    ],
)
def test_a_plain_yes_or_no_finds_its_button(slot: str, typed: str, kept: str) -> None:
    talk = begun(language="de")
    talk.say("Der Fluss ist verschmutzt, die Fische sterben.")
    reach(talk, "goal")
    talk.say("Ein sauberer Fluss in zehn Jahren.")
    reach(talk, "names")
    talk.say("Stadt Kassel, Angelverein Fulda e. V., Universität Kassel")
    talk.do("right")
    talk.say("nein")
    reach(talk, slot)
    talk.say(typed)
    assert talk.world.case.told(slot) == kept
