"""Repair: what to make of words that no question awaited, and of messages edited or cut in two."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.quote import FREE_TEXT
from bot.core.summary import is_remark

if TYPE_CHECKING:
    from bot.core.engine import Floor

SPLIT_WITHIN = timedelta(seconds=3)


def repair(floor: Floor, body: str) -> None:
    """Words where a tap was expected: a question is answered, a remark kept; then asked again."""
    talk = floor.talk
    asked = "?" in body
    hits = talk.library.ask(talk.language, body) if any(c.isalpha() for c in body) else ()
    if hits and (asked or floor.is_aside()):
        floor.enter("ask", question=body if talk.consent else "", hits=list(hits))
        return
    talk.repairs += 1
    if asked and len(body.split()) > 1:
        talk.not_known(body)
    else:
        talk.keep(body, floor.top.frame().state if floor.top else "")
        told = talk.consent and is_remark(body)
        talk.say("engine.remark_kept" if told else "engine.not_understood")
    if talk.repairs > 1:
        talk.say("engine.ways_out")
    floor.ask_again()


def cut_off(floor: Floor) -> str | None:
    """The slot whose text was cut by the sending program and goes on in this message."""
    session = floor.talk.session
    soon = session.last_at and floor.talk.now - session.last_at <= SPLIT_WITHIN
    return session.long_text if soon and session.long_text else None


def join(floor: Floor, slot: str, body: str) -> None:
    """Put the second part of a text behind the first."""
    talk = floor.talk
    before = talk.case.told(slot)
    if isinstance(before, str):
        talk.fill(slot, f"{before}\n{body}")
        # An edit of one of its messages must not take the place of the whole.
        whole = replace(talk.case.answers[slot], message="")
        talk.case = talk.case.with_answer(slot, whole)
        talk.more = slot
        talk.say("engine.joined")
    floor.ask_again()


def edited(floor: Floor, body: str) -> None:
    """An edited message that was an answer replaces it; any other is asked about kindly."""
    talk = floor.talk
    # Messages are numbered by chat: another member's answer may have come in one of this number.
    here = (talk.turn.person, talk.turn.message)
    slots = [
        slot
        for slot, answer in talk.case.answers.items()
        if slot in FREE_TEXT and answer.given == "told" and (answer.by, answer.message) == here
    ]
    if slots and body and talk.turn.message:
        talk.fill(slots[0], body)
        talk.say("engine.edit_taken")
    else:
        talk.say("engine.edit_unclear")
    floor.ask_again()
