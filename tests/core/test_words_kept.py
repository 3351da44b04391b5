"""No word a founder wrote is lost on the way out."""

from __future__ import annotations

from tests.conversation import Conversation, begun


def remarks(talk: Conversation) -> list[str]:
    return [remark.text for remark in talk.world.case.remarks]


def test_a_half_told_step_goes_on_after_a_look_at_the_menu() -> None:
    talk = begun()
    talk.command("step")
    talk.say("Appeler la mairie")
    talk.command("menu")
    talk.command("step")
    assert talk.world.session.frames[-1].state == "who"
    talk.say("Awa")
    talk.say("dans 2 semaines")
    assert talk.world.case.step is not None
    assert talk.world.case.step.what == "Appeler la mairie"


def test_a_half_told_step_is_kept_as_a_remark_when_all_is_cancelled() -> None:
    talk = begun()
    talk.command("step")
    talk.say("Appeler la mairie")
    talk.command("cancel")
    assert remarks(talk) == ["Appeler la mairie"]


def test_a_statement_at_the_menu_that_found_cards_is_kept() -> None:
    talk = begun()
    talk.command("menu")
    talk.say("L'argent manque pour payer le secrétariat")
    assert talk.world.session.frames[-1].dialog == "ask"
    talk.do("done")
    assert remarks(talk) == ["L'argent manque pour payer le secrétariat"]


def test_a_typed_yes_does_not_erase_everything() -> None:
    talk = begun()
    talk.say("Les puits sont pollués.")
    talk.command("erase")
    talk.say("ok")
    assert talk.world.case.told("problem") == "Les puits sont pollués."
    talk.do("erase_all")
    assert talk.world.consent is None


def test_a_button_from_before_an_erasure_stays_dead() -> None:
    talk = begun()
    first = talk.world.session.asked
    talk.command("erase")
    talk.do("erase_all")
    talk.now = talk.now.replace(hour=talk.now.hour + 1)
    talk.say("bonjour")
    assert talk.world.session.asked > first
