"""What hostile input once broke, each told as a short talk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.summary import everything
from bot.core.turn import Command, Edited, Text
from tests.conversation import Conversation, plain, renderer
from tests.hostile.soundness import sound
from tests.hostile.walker import cause_of, one_a_place

MANY = "\n".join(f"Organisation numéro {n}" for n in range(300))


def agreed() -> Conversation:
    talk = Conversation()
    talk.command("start")
    talk.do("yes")
    return talk


def at_the_names() -> Conversation:
    """Stands in the question for the actors' names."""
    talk = agreed()
    talk.command("intake")
    while "names" not in [f.state for f in talk.world.session.frames[-1:]]:
        talk.command("skip")
        if talk.world.session.choices[0] == "set:go_on":
            talk.do("set:go_on")
    return talk


def test_going_back_after_agreeing_never_asks_for_consent_again() -> None:
    talk = agreed()
    talk.say("retour")
    assert "no" not in talk.world.session.choices
    assert talk.world.consent is not None


def test_an_answer_that_looks_like_an_id_is_quoted_as_it_was_typed() -> None:
    talk = agreed()
    talk.do("need:clear")
    talk.say("topic.zzz")
    talk.command("review")
    talk.do("chapter:problem")
    assert any("topic.zzz" in plain(message) for message in talk.heard)


def test_names_beyond_what_a_chat_can_show_are_kept_as_a_remark() -> None:
    talk = at_the_names()
    talk.say(MANY)
    sound(talk)
    case = talk.world.case
    assert len(case.actors) == 40
    assert case.remarks[-1].text.splitlines()[-1] == "Organisation numéro 299"
    talk.say("Mairie de Thiès")
    talk.do("right")
    sound(talk)
    assert len(talk.world.case.actors) == 40


def test_a_list_without_a_name_is_kept_as_a_remark() -> None:
    talk = at_the_names()
    talk.say("Voici notre liste :")
    assert [remark.text for remark in talk.world.case.remarks] == ["Voici notre liste :"]


def test_a_team_name_that_is_cut_is_kept_whole_as_a_remark() -> None:
    talk = agreed()
    talk.command("review")
    talk.do("team")
    talk.say("Puits " * 40)
    assert talk.world.case.remarks[-1].text == ("Puits " * 40).strip()


def test_back_leads_out_of_a_list_that_was_emptied() -> None:
    talk = at_the_names()
    talk.say("Mairie de Thiès")
    talk.do("right")
    for action in ("chapter:actors", "edit:actors", "correct", "actor:0", "drop"):
        if action == "chapter:actors":
            talk.command("review")
        talk.do(action)
    assert talk.world.session.frames[-1].state == "names"
    talk.say("retour")
    assert talk.world.session.frames[-1].dialog == "review"


def test_a_problem_edited_until_no_topic_shows_can_still_be_reviewed() -> None:
    talk = agreed()
    talk.do("need:clear")
    talk.hear(Text("Les enfants tombent malades à cause de l'eau sale"), "77")
    talk.do("set:crisis")
    talk.do("set:yes")
    talk.hear(Edited("zzz qqq"), "77")
    talk.command("review")
    talk.do("chapter:problem")
    talk.do("edit:topic")
    sound(talk)


def test_the_rest_of_a_long_text_joins_its_answer() -> None:
    talk = agreed()
    talk.do("need:clear")
    talk.say("mot " * 1020)
    # A talk takes twenty seconds a turn; the sending program takes one.
    talk.wait(timedelta(seconds=-19))
    talk.say("fin du message")
    assert str(talk.world.case.told("problem")).endswith("fin du message")


def test_words_that_are_no_date_are_kept_as_a_remark() -> None:
    talk = agreed()
    for step in ("/step", "Appeler la mairie", "Awa", "après la saison des pluies"):
        talk.hear(cause_of(step, talk))
    assert talk.world.case.remarks[-1].text == "après la saison des pluies"
    assert talk.world.session.frames[-1].state == "when"


def test_a_hundred_groups_are_quoted_in_few_words_and_exported_whole() -> None:
    talk = agreed()
    talk.command("intake")
    while talk.world.session.frames[-1].state != "existing":
        talk.command("skip")
    talk.say("\n".join(f"Association pour l'eau et la santé de la commune {n}" for n in range(100)))
    talk.command("back")
    sound(talk)
    assert all(len(plain(message)) <= 1000 for message in talk.heard)
    exported = [renderer().html(say.words, "fr") for say in everything(talk.world.case)]
    assert any("commune 99" in text for text in exported)


def test_a_step_for_somebody_with_an_endless_name_fits_into_one_message() -> None:
    talk = agreed()
    for step in ("/step", "Appeler la mairie", "Awa " * 5000, "2027-12-31"):
        talk.hear(cause_of(step, talk))
        sound(talk)
    assert talk.world.case.step is not None
    assert len(talk.world.case.step.who) > 19_000


@pytest.mark.parametrize("body", ["moitié \ud83d seule", "nul \x00 dedans", "\ude00\ud83d"])
def test_what_no_file_can_hold_never_gets_into_the_file(body: str) -> None:
    talk = agreed()
    talk.do("need:clear")
    talk.say(body)
    kept = str(talk.world.case.told("problem"))
    assert kept.encode("utf-8")
    assert "\x00" not in kept


def test_editing_one_part_of_a_joined_text_leaves_the_whole_as_it_is() -> None:
    talk = agreed()
    talk.do("need:clear")
    talk.hear(Text("mot " * 1020), "50")
    talk.wait(timedelta(seconds=-19))
    talk.hear(Text("fin du message"), "51")
    for message in ("50", "51"):
        talk.hear(Edited("fin corrigée"), message)
    assert len(str(talk.world.case.told("problem"))) > 4000


def test_a_name_that_is_not_on_the_list_is_kept_while_the_others_are_ticked() -> None:
    node = one_a_place(280)["on_board", "ticks", True]
    talk = node.talk()
    talk.say(f"{node.world.case.actors[0].name}, Lycée Moderne de Thiès")
    assert talk.world.case.actors[0].status == "in_talks"
    assert talk.world.case.remarks[-1].text == "Lycée Moderne de Thiès"


def test_a_question_may_come_with_the_command() -> None:
    talk = agreed()
    talk.hear(Command("ask", "Comment trouver de l'argent ?"))
    assert any(choice.startswith("show:") for choice in talk.world.session.choices)


def test_a_guests_question_with_the_command_is_not_kept() -> None:
    talk = Conversation()
    talk.command("start")
    talk.do("no")
    talk.hear(Command("ask", "Comment trouver de l'argent ?"))
    assert "argent" not in str(talk.world.session.to_json())
