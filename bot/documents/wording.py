"""Says a debrief's figures in words, the same on the sheet, in the table and on a page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.say import Listing
from bot.documents.pdf import Saying
from bot.quiz.debrief import Debrief, Question
from bot.quiz.item import LETTERS, Item
from bot.quiz.ranges import whole

DOT = " · "
MINUS = "\u2212"


def percent(share: float | None, say: Saying) -> str:
    """A whole percentage; empty where there is none."""
    return "" if share is None else say("debrief.percent", n=whole(share)).replace("-", MINUS)


def answer(item: Item, choice: Sequence[int]) -> str:
    """An answer by its letters: B, A + C, and for an order C-A-B."""
    sign = "-" if item.kind == "order" else " + "
    return sign.join(LETTERS[place] for place in choice)


def facility(question: Question, say: Saying) -> str:
    return say(f"debrief.facility_{question.facility_range}")


def discrimination(question: Question, say: Saying) -> str:
    return say(f"debrief.discrimination_{question.discrimination_range}")


def wrong(question: Question, say: Saying) -> str:
    """The most chosen wrong answers, with how often; empty where there was none."""
    told = [
        say("debrief.wrong_one", answer=answer(question.item, each.choice), n=each.times)
        for each in question.wrong
    ]
    others = [say("debrief.as_often", n=question.as_often)] if question.as_often else []
    return ", ".join(told + others)


def prompt(question: Question, say: Saying) -> str:
    """What to begin the talk with."""
    if not question.prompt:
        return ""
    drawn = question.likeliest if question.prompt == "wrong" else question.wrong[:1]
    asked = Listing(tuple(answer(question.item, each.choice) for each in drawn))
    right = answer(question.item, question.item.right)
    return say(f"debrief.prompt_{question.prompt}", answer=asked, right=right)


def counted(question: Question, say: Saying) -> str:
    """How many were there, answered, were right; cards apart."""
    told = []
    if question.present:
        numbers = {"answered": question.answered, "present": question.present}
        told.append(say("debrief.answered", right=question.right, **numbers))
    if question.cards:
        told.append(say("debrief.cards", n=question.cards, right=question.cards_right))
    elif question.hands:
        told.append(say("debrief.cards_apart", n=sum(question.hands)))
    if question.item.kind == "order":
        told.append(say("debrief.in_place"))
    return " ".join(told)


def size(debrief: Debrief, say: Saying) -> list[str]:
    """How many people, how many questions."""
    told = [
        say("debrief.participants", n=debrief.participants),
        say("debrief.questions", n=len(debrief.questions)),
    ]
    return [*told, say("debrief.skipped", n=debrief.skipped)] if debrief.skipped else told
