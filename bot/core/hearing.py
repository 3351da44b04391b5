"""Hearing: which dialog or command one cause belongs to, and repair when none understands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.commands import COMMANDS, IN_ANY_QUESTION
from bot.core.quote import FREE_TEXT
from bot.core.turn import Command, Edited, Tap, Text, Unreadable

if TYPE_CHECKING:
    from bot.core.dialog import Dialog
    from bot.core.engine import Floor

SPLIT_WITHIN = timedelta(seconds=3)
# Buttons that a typed yes or no stands for.
MEANT = {
    "yes": ("yes", "set:yes", "set:go_on", "share:yes", "right", "finished"),
    "no": ("no", "set:no", "set:later", "share:no", "correct", "keep_all", "none"),
}
YES_OR_NO = frozenset(MEANT)
NUMBERS = re.compile(r"[\d\s,;.]+")
NAMED_KINDS = ("voice", "photo", "document", "sticker")


def hear(floor: Floor) -> None:
    """Take the turn's cause to whom it concerns; every cause gets some answer."""
    cause = floor.talk.turn.cause
    match cause:
        case Tap():
            _tap(floor, cause)
        case Command():
            command(floor, cause.name, typed(cause.argument))
        case Text():
            _text(floor, typed(cause.body))
        case Edited():
            _edited(floor, typed(cause.body))
        case Unreadable():
            kind = cause.kind if cause.kind in NAMED_KINDS else "other"
            floor.talk.say(f"engine.unreadable_{kind}")
            floor.ask_again()


def typed(text: str) -> str:
    """`text` without what no file takes: NUL and halves of characters, whatever the channel."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "").strip()


def command(floor: Floor, name: str, argument: str = "") -> None:
    """Run a command by name; an unknown one gets the way to the menu."""
    act = COMMANDS.get(name)
    if act is None:
        floor.talk.say("engine.unknown_command")
        floor.ask_again()
    else:
        act(floor, argument)


def _tap(floor: Floor, tap: Tap) -> None:
    talk = floor.talk
    session = talk.session
    mark = f"{tap.nonce}:{tap.action}"
    if tap.nonce == session.asked and tap.action in session.choices:
        talk.taken, talk.repairs = mark, 0
        _act(floor, tap.action)
    elif mark == session.taken:
        talk.say("engine.already_noted", toast=True)
    else:
        talk.say("engine.stale")
        floor.ask_again()


def _act(floor: Floor, action: str) -> None:
    """An action is a dialog's own trigger first, a command of all dialogs else."""
    trigger, _, arg = action.partition(":")
    if floor.top is not None and floor.top.takes(trigger):
        floor.top.trigger(trigger, arg)
    else:
        command(floor, trigger, arg)


def _text(floor: Floor, body: str) -> None:
    talk = floor.talk
    top = floor.top
    takes_text = top is not None and top.takes("text")
    intent = talk.library.intent(body)
    if not body:
        floor.ask_again()
    elif slot := _cut_off(floor):
        _join(floor, slot, body)
    elif action := _typed_choice(floor, body) or _agreed(floor, intent):
        talk.taken, talk.repairs = f"{talk.session.asked}:{action}", 0
        _act(floor, action)
    elif language := talk.library.language_named(body):
        talk.speak(language)
        talk.say("language.chosen")
        floor.ask_again()
    elif intent in IN_ANY_QUESTION or (intent in COMMANDS and not takes_text):
        command(floor, str(intent))
    elif takes_text and top is not None:
        talk.repairs = 0
        _told(floor, top, body, intent)
    elif intent in YES_OR_NO:
        talk.say("engine.tap_or_words")
        floor.ask_again()
    else:
        _repair(floor, body)


def _told(floor: Floor, top: Dialog, body: str, intent: str | None) -> None:
    """Words where words are awaited; a bare yes or no says too little to be an answer."""
    if intent in YES_OR_NO:
        if not top.trigger(str(intent)):
            floor.talk.say("engine.in_words")
            floor.ask_again()
    elif NUMBERS.fullmatch(body) and top.takes("numbers"):
        top.trigger("numbers", body)
    else:
        top.trigger("text", body)


def _typed_choice(floor: Floor, body: str) -> str | None:
    """A button typed instead of tapped: its number, or the words on it."""
    choices = floor.talk.session.choices
    if body.isascii() and body.isdigit() and len(body) <= 2 and not _own_numbers(floor):
        return choices[int(body) - 1] if 0 < int(body) <= len(choices) else None
    library, language = floor.talk.library, floor.talk.language
    said = library.folded(body)
    if len(said) > 80:
        return None
    for say in floor.present():
        for choice in say.choices:
            label = library.label(choice.label, language)
            if choice.action in choices and said == library.folded(label):
                return choice.action
    return None


def _own_numbers(floor: Floor) -> bool:
    """Whether the present state reads numbers itself, as a list to tick does."""
    return floor.top is not None and floor.top.takes("numbers")


def _agreed(floor: Floor, intent: str | None) -> str | None:
    """A typed yes or no, where the present question has a button that means it."""
    meant = MEANT.get(intent or "", ())
    return next((action for action in floor.talk.session.choices if action in meant), None)


def _cut_off(floor: Floor) -> str | None:
    """The slot whose text was cut by the sending program and goes on in this message."""
    session = floor.talk.session
    soon = session.last_at and floor.talk.now - session.last_at <= SPLIT_WITHIN
    return session.long_text if soon and session.long_text else None


def _join(floor: Floor, slot: str, body: str) -> None:
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


def _repair(floor: Floor, body: str) -> None:
    """Words where a tap was expected: perhaps a question; else kept, and asked again."""
    talk = floor.talk
    hits = talk.library.ask(talk.language, body)
    if hits and "?" in body:
        floor.enter("ask", question=body if talk.consent else "", hits=list(hits))
        return
    talk.repairs += 1
    if talk.consent:
        talk.keep(body, floor.top.frame().state if floor.top else "")
        talk.say("engine.remark_kept")
    else:
        talk.say("engine.not_understood")
    if talk.repairs > 1:
        talk.say("engine.ways_out")
    floor.ask_again()


def _edited(floor: Floor, body: str) -> None:
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
