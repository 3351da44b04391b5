"""The small question now and then: when it comes, which one it is, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.case.learning import Learnt
from bot.core.events import RefresherCame, RefresherChosen
from bot.core.message import Message
from bot.core.turn import Due
from bot.quiz.bank import bank
from bot.quiz.item import LETTERS
from tests.conversation import START, Conversation, begun, library, plain, state

DUE = Due("refresher", "3")
LONG_DUE = Learnt(2.0, 5.0, START, START - timedelta(days=9))
STOPPED = "se sont arrêtées d'elles-mêmes"
SMALL = "Une petite question, si vous voulez"
WAITS = "une fois la question ci-dessous réglée"


def at_rest(every: int = 3) -> Conversation:
    """An agreed founder at the menu who wants small questions."""
    talk = begun()
    talk.command("practice")
    talk.do("every:few_days")
    talk.command("cancel")
    talk.events.clear()
    return talk


def top(talk: Conversation) -> str:
    return talk.world.session.frames[-1].dialog


def small(talk: Conversation) -> str:
    """The small question that lies open."""
    [frame] = [f for f in talk.world.session.frames if f.dialog == "sitting"]
    return str(frame.data["sitting"]["items"][0])


def comes(talk: Conversation) -> str:
    """The next small question, three days later."""
    talk.wait(timedelta(days=3))
    assert talk.hear(DUE)
    return small(talk)


def stopped() -> Conversation:
    """A founder who left two small questions unanswered, so that they stopped."""
    talk = at_rest()
    comes(talk)
    comes(talk)
    talk.wait(timedelta(days=3))
    assert talk.hear(DUE) == []
    return talk


def words(said: list[Message]) -> str:
    return "\n".join(map(plain, said))


def test_a_small_question_comes_at_the_menu_with_live_buttons() -> None:
    talk = at_rest()
    last = talk.world.session.last_at
    talk.wait(timedelta(days=3))
    [said] = talk.hear(DUE)
    assert plain(said).startswith("Une petite question, si vous voulez")
    assert talk.world.session.last_at == last
    assert talk.events == [RefresherCame(3, asked=True)]
    assert talk.world.learning.unanswered == 1
    talk.tap("A") if "done" not in talk.buttons().values() else talk.do("enough")
    assert talk.world.learning.unanswered == 0


def test_after_a_small_question_one_is_back_where_one_was() -> None:
    talk = at_rest()
    talk.hear(DUE)
    talk.do("enough")
    assert top(talk) == "menu"


def test_a_small_question_can_be_the_last_one() -> None:
    talk = at_rest()
    talk.hear(DUE)
    talk.do("never")
    assert talk.events[-1] == RefresherChosen(0)
    assert top(talk) == "menu"


def test_a_small_question_disturbs_no_other_one_and_the_next_is_set() -> None:
    talk = at_rest()
    talk.command("intake")
    before = talk.world
    assert talk.hear(DUE) == []
    assert talk.world == before
    assert talk.events[-1] == RefresherCame(3, asked=False)


def test_two_that_nobody_answers_are_enough_and_it_is_said_at_the_next_visit() -> None:
    talk = at_rest()
    for _ in range(2):
        talk.wait(timedelta(days=3))
        assert talk.hear(DUE)
    talk.wait(timedelta(days=3))
    assert talk.hear(DUE) == []
    assert talk.world.learning.every == 0
    assert talk.events[-1] == RefresherChosen(0)
    said = talk.command("menu")
    assert any("se sont arrêtées d'elles-mêmes" in plain(each) for each in said)
    assert not any("d'elles-mêmes" in plain(each) for each in talk.command("menu"))


def test_an_answer_between_two_starts_the_count_anew() -> None:
    talk = at_rest()
    for _ in range(4):
        talk.wait(timedelta(days=3))
        assert talk.hear(DUE)
        talk.say("je ne sais pas")
        assert state(talk) == "answer"
        assert talk.world.learning.unanswered == 0
    assert talk.world.learning.every == 3


def test_nobody_is_asked_who_does_not_want_to_be() -> None:
    talk = begun()
    talk.command("cancel")
    before = talk.world
    assert talk.hear(DUE) == []
    assert talk.world == before
    assert not any(isinstance(e, RefresherCame) for e in talk.events)


def test_the_same_due_moment_asks_the_same_question() -> None:
    one, other = at_rest(), at_rest()
    assert [plain(m) for m in one.hear(DUE)] == [plain(m) for m in other.hear(DUE)]


@pytest.mark.parametrize("word", ["/practice", "/start", "/menu", "bonjour", "merci", "sticker"])
def test_once_they_have_stopped_the_open_one_is_not_asked_again(word: str) -> None:
    talk = stopped()
    if word.startswith("/"):
        said = talk.command(word[1:])
    else:
        said = talk.send(word) if word == "sticker" else talk.say(word)
    assert STOPPED in plain(said[0])
    assert SMALL not in words(said)
    assert top(talk) == ("practice" if word == "/practice" else "menu")
    assert "sitting" not in [frame.dialog for frame in talk.world.session.frames]


def test_a_question_of_ones_own_is_heard_when_they_have_stopped() -> None:
    talk = stopped()
    said = talk.say("Comment trouver des partenaires")
    assert STOPPED in plain(said[0])
    assert top(talk) == "ask"
    talk.command("back")
    assert top(talk) == "menu"


def test_the_open_one_can_be_answered_after_they_have_stopped() -> None:
    tapped, typed = stopped(), stopped()
    item = bank(library().kb).items[small(tapped)]
    for place in item.right:
        tapped.do(f"pick:{place}")
    if item.kind == "several":
        tapped.do("done")
    typed.say(", ".join(LETTERS[place] for place in item.right))
    for talk in (tapped, typed):
        assert state(talk) == "answer"
        assert talk.world.learning.items[item.id].reps == 1
        talk.command("start")
        assert state(talk) == "answer"


def test_an_answer_that_fits_nothing_does_not_bring_the_stopped_one_back() -> None:
    talk = stopped()
    *below, frame = talk.world.session.frames
    choice = next(i for i in bank(library().kb).items.values() if i.kind == "single")
    frame = replace(frame, data={**frame.data, "sitting": {"items": [choice.id]}})
    session = replace(talk.world.session, frames=(*below, frame))
    talk.world = replace(talk.world, session=session)
    said = talk.say("oui")
    assert SMALL not in words(said)
    assert top(talk) == "menu"


def test_an_open_one_is_put_away_with_the_wish_for_more() -> None:
    talk = at_rest()
    comes(talk)
    talk.command("practice")
    said = talk.do("every:never")
    assert SMALL not in words(said)
    assert top(talk) == "menu"


@pytest.mark.parametrize("answer", ["je ne sais pas", "pas maintenant", ""])
def test_the_small_question_just_before_never_comes_next(answer: str) -> None:
    talk = at_rest()
    due = next(iter(bank(library().kb).items))
    talk.world = replace(talk.world, learning=replace(talk.world.learning, items={due: LONG_DUE}))
    came = [comes(talk)]
    assert came == [due]
    for _ in range(3):
        if answer:
            talk.say(answer)
            talk.command("cancel")
        else:
            talk.world = replace(talk.world, learning=replace(talk.world.learning, unanswered=0))
        came.append(comes(talk))
    assert all(one != other for one, other in pairwise(came))


def test_a_small_question_missed_comes_back_after_another_one() -> None:
    talk = at_rest()
    missed = comes(talk)
    talk.say("je ne sais pas")
    other = comes(talk)
    assert other != missed
    talk.say("je ne sais pas")
    assert comes(talk) == missed


def test_who_wants_small_questions_over_an_open_one_is_told_what_they_wait_for() -> None:
    talk = begun()
    talk.command("practice")
    said = talk.do("every:few_days")
    assert WAITS in plain(said[0])
    talk.wait(timedelta(days=3))
    assert talk.hear(DUE) == []
    # As it says there.
    talk.command("menu")
    talk.wait(timedelta(days=3))
    assert SMALL in words(talk.hear(DUE))


def test_who_wants_small_questions_at_the_menu_is_told_of_nothing_to_wait_for() -> None:
    talk = begun()
    talk.command("menu")
    talk.command("practice")
    said = talk.do("every:few_days")
    assert plain(said[0]).endswith("Pour l'arrêter : /practice.")
    assert top(talk) == "menu"
