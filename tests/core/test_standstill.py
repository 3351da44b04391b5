"""What a team says holds it up: what is stored, who hears of it, and what asks for consent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.case.file import Signal
from bot.core.events import (
    ReadersAsked,
    SharingChosen,
    SignalCleared,
    SignalGiven,
    TranscriptChosen,
)
from tests.conversation import Conversation, begun, plain, state


def opened(shared: bool | None = None, language: str = "fr") -> Conversation:
    """A founder who says that something holds the team up; `shared` as the team has chosen."""
    talk = begun(language=language)
    talk.world = replace(talk.world, case=replace(talk.world.case, shared=shared))
    talk.events.clear()
    talk.command("standstill")
    return talk


def top(talk: Conversation) -> tuple[str, str]:
    return talk.world.session.frames[-1].dialog, state(talk)


def card(talk: Conversation) -> str:
    return str(talk.world.session.frames[-1].data["entry"])


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("coordinator_gone", "card.coordinator_leaves"),
        ("waiting", "card.waiting_for_superiors"),
    ],
)
def test_what_holds_the_team_up_is_noted_and_leads_to_its_card(kind: str, entry: str) -> None:
    talk = opened()
    talk.do(f"holds:{kind}")
    assert talk.world.case.signals[kind].at == talk.now
    assert talk.events == [SignalGiven(kind)]
    assert card(talk) == entry


@pytest.mark.parametrize("shared", [True, None])
def test_a_no_to_telling_of_tension_leaves_nothing_behind(shared: bool | None) -> None:
    talk = opened(shared)
    before = talk.world.case
    talk.do("conflict")
    talk.say("non")
    assert talk.world.case == before
    assert talk.events == []
    assert card(talk) == "card.conflict"


def test_tension_is_told_where_the_summary_is_read() -> None:
    talk = opened(True)
    talk.do("conflict")
    assert "L'équipe dit qu'il y a des tensions." in plain(talk.heard[-1])
    talk.do("yes")
    assert talk.events == [SignalGiven("conflict")]
    assert card(talk) == "card.conflict"


@pytest.mark.parametrize(("way", "kind"), [("conflict", "conflict"), ("someone", "help")])
def test_telling_the_programme_opens_a_closed_summary_only_after_saying_so(
    way: str, kind: str
) -> None:
    talk = opened(False)
    talk.do(way)
    assert "il ne voit rien de votre équipe" in plain(talk.heard[-1])
    talk.do("yes")
    assert talk.world.case.shared is True
    assert talk.events == [SharingChosen(True), SignalGiven(kind)]


@pytest.mark.parametrize(
    ("typed", "due"),
    [("31 décembre", date(2027, 12, 31)), ("dans 5 semaines", date(2027, 4, 5))],
)
def test_the_day_when_money_ends_may_be_typed(typed: str, due: date) -> None:
    talk = opened()
    talk.do("money_ends")
    talk.say(typed)
    assert talk.world.case.signals["money_ends"].due == due
    assert talk.events == [SignalGiven("money_ends", due)]
    assert card(talk) == "card.money_ends"


@pytest.mark.parametrize("typed", ["quand le bailleur voudra", "12/03/2020"])
def test_what_is_no_day_to_come_is_kept_and_asked_again(typed: str) -> None:
    talk = opened()
    talk.do("money_ends")
    talk.say(typed)
    assert top(talk) == ("standstill", "money")
    assert talk.world.case.signals == {}
    assert talk.world.case.remarks[-1].text == typed


def test_who_does_not_know_the_day_is_heard_all_the_same() -> None:
    talk = opened()
    talk.do("money_ends")
    talk.say("je ne sais pas")
    assert talk.world.case.signals["money_ends"].due is None


def test_what_is_settled_is_shown_first_and_cleared() -> None:
    talk = opened()
    talk.do("holds:waiting")
    talk.command("standstill")
    assert talk.world.session.choices[0] == "settled:waiting"
    assert "holds:waiting" not in talk.world.session.choices
    talk.do("settled:waiting")
    assert talk.world.case.signals == {}
    assert talk.events[-1] == SignalCleared("waiting")
    assert top(talk)[0] != "standstill"


def test_what_another_member_has_settled_meanwhile_is_cleared_once() -> None:
    talk = opened()
    talk.do("holds:waiting")
    talk.command("standstill")
    talk.world = replace(talk.world, case=replace(talk.world.case, signals={}))
    talk.do("settled:waiting")
    assert talk.events == [SignalGiven("waiting")]


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "Ça coince !"),
        ("en", "We're stuck."),
        ("de", "Wir stecken fest"),
        ("es", "estamos atascados"),
    ],
)
def test_saying_so_in_a_few_words_opens_it(language: str, typed: str) -> None:
    talk = begun(language=language)
    talk.say(typed)
    assert top(talk) == ("standstill", "what")


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "Ça coince à la douane et les semences pourrissent."),
        ("en", "Boats are stuck in the mud of the port."),
        ("de", "Es hakt bei der Müllabfuhr in der Altstadt."),
        ("es", "No avanzamos con el agua potable del barrio."),
    ],
)
def test_an_answer_that_holds_such_words_stays_an_answer(language: str, typed: str) -> None:
    talk = begun(language=language)
    talk.say(typed)
    assert talk.world.case.told("problem") == typed


def test_a_question_asked_there_is_answered_by_cards() -> None:
    talk = opened()
    talk.say("Comment trouver de l'argent ?")
    assert top(talk) == ("ask", "answers")


def test_a_guest_gets_the_cards_and_nothing_is_noted() -> None:
    talk = Conversation()
    talk.command("start")
    talk.do("no")
    talk.command("standstill")
    assert top(talk) == ("browse", "tips")
    talk.command("readers")
    assert top(talk) == ("privacy", "home")
    said = talk.command("person")
    assert "Je suis un logiciel" in plain(said[0])


def test_asking_for_a_person_twice_says_since_when_it_is_asked() -> None:
    talk = begun()
    talk.command("person")
    assert top(talk) == ("standstill", "someone")
    talk.say("oui")
    first = talk.world.case.signals["help"]
    talk.wait(timedelta(days=3))
    talk.command("person")
    assert "depuis le 1er mars 2027" in plain(talk.heard[-1])
    assert talk.world.case.signals["help"] == first
    talk.do("settled:help")
    assert talk.world.case.signals == {}
    assert talk.events[-1] == SignalCleared("help")


def test_two_members_who_say_yes_ask_once() -> None:
    talk = begun()
    talk.command("person")
    before = talk.world.session
    talk.do("yes")
    asked = talk.world.case.signals["help"]
    talk.world = replace(talk.world, session=before)
    talk.do("yes")
    assert talk.world.case.signals["help"] == asked
    assert talk.events.count(SignalGiven("help")) == 1


def test_who_does_not_want_the_programme_to_know_keeps_the_summary_closed() -> None:
    talk = begun()
    before = talk.world.case
    talk.command("person")
    talk.do("no")
    assert talk.world.case == before


def test_closing_the_summary_takes_back_all_that_rests_on_it() -> None:
    talk = opened(True)
    talk.do("conflict")
    talk.do("yes")
    talk.command("person")
    talk.do("yes")
    talk.command("standstill")
    talk.do("holds:waiting")
    talk.world = replace(talk.world, case=replace(talk.world.case, transcript=True))
    talk.command("privacy")
    talk.do("sharing")
    talk.events.clear()
    talk.do("share:no")
    assert set(talk.world.case.signals) == {"waiting"}
    assert talk.world.case.transcript is False
    assert talk.events == [
        SharingChosen(False),
        TranscriptChosen(False),
        SignalCleared("help"),
        SignalCleared("conflict"),
    ]


def team_page(shared: bool) -> Conversation:
    talk = opened(shared)
    talk.world = replace(talk.world, case=replace(talk.world.case, name="Les Puits"))
    talk.command("review")
    talk.do("team")
    return talk


def test_the_conversation_is_offered_only_beside_the_summary() -> None:
    assert "conversation" not in team_page(False).world.session.choices
    talk = team_page(True)
    talk.do("conversation")
    talk.do("share:yes")
    assert talk.world.case.transcript is True
    talk.do("conversation")
    talk.do("share:no")
    assert talk.world.case.transcript is False
    assert talk.events == [TranscriptChosen(True), TranscriptChosen(False)]


def test_the_conversation_stays_closed_where_the_summary_was_closed_meanwhile() -> None:
    talk = team_page(True)
    talk.do("conversation")
    talk.world = replace(talk.world, case=replace(talk.world.case, shared=False))
    talk.do("share:yes")
    assert not talk.world.case.transcript
    assert talk.events == []


@pytest.mark.parametrize("shared", [True, False])
def test_who_asks_for_readers_hears_what_is_seen_and_the_service_is_told(shared: bool) -> None:
    talk = opened(shared)
    talk.do("holds:coordinator_gone")
    talk.command("readers")
    assert talk.events[-1] == ReadersAsked()
    assert "La personne qui tenait le fil" not in plain(talk.heard[-1])
    talk.wait(timedelta(days=14))
    talk.command("readers")
    seen = "– La personne qui tenait le fil est partie." in plain(talk.heard[-1])
    assert seen is shared


def test_what_is_told_survives_the_store() -> None:
    talk = opened()
    talk.do("money_ends")
    talk.do("ends:m6")
    case = talk.world.case
    assert type(case).from_json(json.loads(json.dumps(case.to_json()))) == case


def test_a_wish_for_a_person_that_nobody_can_see_is_asked_anew() -> None:
    talk = begun()
    case = replace(talk.world.case, shared=False, signals={"help": Signal(talk.now)})
    talk.world = replace(talk.world, case=case)
    talk.command("person")
    assert "yes" in talk.world.session.choices
