"""Practising: letters, several, orders, and what is kept of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.case.learning import Learning
from bot.case.plain import plain as as_json
from bot.core.events import RefresherChosen
from bot.core.session import Frame, Session, World
from bot.quiz.bank import bank
from bot.quiz.item import LETTERS, Item, Kind
from bot.quiz.progress import Progress
from tests.conversation import Conversation, begun, library, plain, state

CALM = 600


def some(kind: Kind) -> Item:
    return next(each for each in bank(library().kb).items.values() if each.kind == kind)


def asked(item: Item, more: tuple[str, ...] = (), agreed: bool = True) -> Conversation:
    """Stands before this question in a sitting of its own."""
    talk = begun()
    if not agreed:
        talk = Conversation()
        talk.command("start")
        talk.do("no")
    talk.command("practice")
    talk.do("about:mixed")
    frames = list(talk.world.session.frames)
    data = {"sitting": as_json(Progress((item.id, *more)))}
    frames[-1] = Frame("sitting", "question", (), data)
    talk.world = replace(talk.world, session=replace(talk.world.session, frames=tuple(frames)))
    talk.command("again")
    return talk


def top(talk: Conversation) -> str:
    return talk.world.session.frames[-1].dialog


def wrong(item: Item) -> int:
    return next(n for n in range(len(item.options)) if n not in item.right)


def letters(places: tuple[int, ...]) -> str:
    return ", ".join(LETTERS[n] for n in places).lower()


@pytest.mark.parametrize("kind", ["single", "true_false", "case", "several", "order"])
def test_the_right_answer_is_taken_by_button_and_by_letter(kind: Kind) -> None:
    item = some(kind)
    tapped, typed = asked(item), asked(item)
    for n in item.right:
        tapped.do(f"pick:{n}")
    if kind == "several":
        tapped.do("done")
    typed.say(letters(item.right))
    for talk in (tapped, typed):
        assert state(talk) == "answer"
        assert plain(talk.heard[-1]).split("\n")[2] == "C'est bien cela."
        assert talk.world.learning.items[item.id].reps == 1


def test_a_wrong_answer_gets_the_right_one_with_its_reason_and_no_blame() -> None:
    item = some("single")
    talk = asked(item)
    [said] = talk.do(f"pick:{wrong(item)}")
    assert "Pas tout à fait. La réponse :" in plain(said)
    assert item.options[item.right[0]]["fr"] in plain(said).replace("\u202f", " ")
    right = asked(item)
    right.do(f"pick:{item.right[0]}")
    sooner, later = (each.world.learning.items[item.id].due for each in (talk, right))
    assert sooner < later


def test_several_show_what_is_ticked_and_let_go_of_it_again() -> None:
    talk = asked(some("several"))
    assert "done" not in talk.buttons().values()
    talk.tap("A")
    assert {"✓ A", "B", "C'est tout"} <= set(talk.buttons())
    talk.say("a")
    assert "A" in talk.buttons()
    assert "done" not in talk.buttons().values()


def test_an_order_hides_what_is_placed_and_can_be_begun_anew() -> None:
    talk = asked(some("order"))
    talk.tap("B")
    talk.tap("A")
    assert "B" not in talk.buttons()
    assert "Jusqu'ici : B, A" in plain(talk.heard[-1])
    talk.do("over")
    assert "B" in talk.buttons()
    assert "over" not in talk.buttons().values()


@pytest.mark.parametrize(("typed", "place"), [("oui", 0), ("vrai", 0), ("non", 1), ("faux", 1)])
def test_true_and_false_can_be_said(typed: str, place: int) -> None:
    item = some("true_false")
    talk = asked(item)
    talk.say(typed)
    assert state(talk) == "answer"
    assert ("C'est bien cela" in plain(talk.heard[-1])) == (item.right == (place,))


def test_whoever_does_not_know_is_told_and_asked_again_soon() -> None:
    item = some("single")
    talk = asked(item)
    talk.say("je ne sais pas")
    assert "Voici la réponse :" in plain(talk.heard[-1])
    assert talk.world.learning.items[item.id].due <= talk.now + timedelta(days=1)


def test_a_question_that_is_passed_over_counts_for_nothing() -> None:
    talk = asked(some("single"), (some("order").id,))
    talk.say("passer")
    assert plain(talk.heard[-1]).startswith("Question 2 sur 2")
    talk.say("assez pour l'instant")
    assert talk.world.learning == Learning()
    assert top(talk) == "intake"


def test_why_shows_the_source_and_read_more_the_card_and_back_leads_to_the_answer() -> None:
    talk = asked(next(e for e in bank(library().kb).items.values() if e.about and e.topic == "p1"))
    talk.say("je ne sais pas")
    talk.say("pourquoi ?")
    assert state(talk) == "why"
    talk.do("read")
    assert top(talk) == "card"
    talk.command("back")
    assert state(talk) == "why"
    talk.command("back")
    assert state(talk) == "answer"


def test_back_from_an_answered_question_does_not_open_it_again() -> None:
    talk = asked(some("single"))
    talk.do("pick:0")
    talk.command("back")
    assert (top(talk), state(talk)) == ("practice", "choose")
    talk.command("back")
    assert top(talk) == "intake"


def test_a_button_of_an_earlier_question_gets_a_kind_word() -> None:
    talk = asked(some("single"), (some("true_false").id,))
    talk.tap("A")
    talk.do("next")
    said = talk.again("C")
    assert "est derrière nous" in plain(said[0])
    assert state(talk) == "question"
    assert len(talk.world.learning.items) == 1


def test_a_question_of_ones_own_is_answered_and_leads_back() -> None:
    talk = asked(some("single"))
    talk.say("C'est quoi un secteur ?")
    assert top(talk) == "ask"
    talk.command("back")
    assert (top(talk), state(talk)) == ("sitting", "question")


def test_a_question_a_newer_bank_no_longer_has_ends_the_sitting() -> None:
    item = some("single")
    talk = asked(replace(item, id="quiz.gone"))
    assert top(talk) != "sitting"


def test_five_questions_end_with_a_sum_up_without_figures_of_right_or_wrong() -> None:
    talk = begun()
    talk.command("practice")
    talk.do("about:mixed")
    for _ in range(5):
        talk.say("je ne sais pas")
        talk.do("next")
    assert (top(talk), state(talk)) == ("practice", "end")
    said = plain(talk.heard[-1])
    assert said.startswith("5 questions, c'est fait.")
    assert "%" not in said
    assert len(talk.world.learning.items) == 5
    talk.do("no")
    assert talk.world.learning.offered
    assert talk.world.learning.every == 0


def test_the_small_question_is_offered_once_and_can_be_switched_off() -> None:
    talk = asked(some("single"))
    talk.do("pick:0")
    talk.do("next")
    talk.say("oui")
    assert talk.events[-1] == RefresherChosen(3)
    assert talk.world.learning.every == 3
    talk.command("quiz")
    talk.do("every:never")
    assert talk.events[-1] == RefresherChosen(0)
    assert talk.world.learning.every == 0


def test_a_guest_practises_and_nothing_but_the_place_is_kept() -> None:
    talk = Conversation()
    talk.command("start")
    talk.do("no")
    [said] = talk.say("quiz")
    assert "Je ne garde pas vos réponses." in plain(said)
    assert not any(a.startswith("every") for a in talk.buttons().values())
    talk.do("about:mixed")
    talk.say("je ne sais pas")
    assert talk.world.learning == Learning()
    talk.do("enough")
    assert (top(talk), state(talk)) == ("practice", "end")
    assert not {"yes", "no"} & set(talk.buttons().values())
    talk.command("back")
    assert "Je ne garde pas vos réponses." not in plain(talk.heard[-1])


@pytest.mark.parametrize("name", ["practice", "quiz", "practicar"])
def test_practice_is_heard_as_the_very_first_word_and_keeps_nothing(name: str) -> None:
    talk = Conversation()
    [said] = talk.command(name)
    assert "Je ne garde pas vos réponses." in plain(said)
    talk.do("about:mixed")
    talk.say("je ne sais pas")
    assert talk.world == World(talk.world.session)


def test_whoever_practised_first_reads_before_agreeing_what_is_kept() -> None:
    talk = Conversation()
    talk.command("practice")
    [said] = talk.command("back")
    assert plain(said).startswith("Bonjour ! Je suis Amorce, un logiciel")
    assert "Je garde vos réponses" in plain(said)
    assert talk.world.consent is None


def test_what_is_due_is_asked_first() -> None:
    item = some("order")
    talk = asked(item)
    talk.say("je ne sais pas")
    talk.do("next")
    talk.wait(timedelta(days=2))
    talk.command("practice")
    talk.do("about:mixed")
    data = talk.world.session.frames[-1].data["sitting"]
    assert data["items"][0] == item.id


def test_the_gaps_are_offered_where_there_is_a_reading() -> None:
    talk = begun()
    talk.command("practice")
    assert "about:gaps" not in talk.buttons().values()
    talk.command("reading")
    talk.command("practice")
    talk.do("about:gaps")
    assert (top(talk), state(talk)) == ("sitting", "question")


@pytest.mark.parametrize("language", ["fr", "en", "de", "es"])
def test_every_item_can_be_asked_and_answered_in_every_language(language: str) -> None:
    talk = Conversation(language=language)
    talk.command("start")
    talk.do("yes")
    talk.command("practice")
    talk.do("about:mixed")
    frames = talk.world.session.frames
    for item in bank(library().kb).items.values():
        data = {"sitting": as_json(Progress((item.id,)))}
        frame = Frame("sitting", "question", (), data)
        session = replace(talk.world.session, frames=(*frames[:-1], frame))
        talk.world = replace(talk.world, session=session)
        [question] = talk.command("again")
        assert item.options[-1][language] in plain(question), item.id
        [answer] = talk.command("unknown")
        assert state(talk) == "answer", item.id
        assert max(len(plain(question)), len(plain(answer))) <= CALM, item.id


def test_a_sitting_goes_on_from_its_stored_session() -> None:
    talk = asked(some("order"))
    talk.tap("B")
    stored = Session.from_json(json.loads(json.dumps(talk.world.session.to_json())))
    talk.world = replace(talk.world, session=stored)
    talk.tap("A")
    assert "Jusqu'ici : B, A" in plain(talk.heard[-1])
