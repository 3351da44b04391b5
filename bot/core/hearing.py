"""Hearing: which dialog or command one cause belongs to, and repair when none understands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.choosing import NUMBER, YES_OR_NO, reads_numbers, typed_choice
from bot.core.commands import COMMANDS, IN_ANY_QUESTION, meant
from bot.core.repair import cut_off, edited, join, repair
from bot.core.turn import Command, Edited, Tap, Text, Unreadable

if TYPE_CHECKING:
    from bot.core.dialog import Dialog
    from bot.core.engine import Floor

# "1, 3", "1 and 3": several numbers in one message, with the words that join them.
NUMBERS = re.compile(r"\d[\d\s,;.]*(?:\s?(?:et|and|und|y|&)\s?[\d\s,;.]+)*", re.IGNORECASE)
# So short a message that ends in a question mark asks something, also where an answer is awaited.
A_QUESTION = 10
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
            edited(floor, typed(cause.body))
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
    act = COMMANDS.get(meant(name, floor.talk.library))
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
    intent = talk.library.intent(body)
    if not body:
        floor.ask_again()
    elif talk.library.threatened(body) and not floor.awaits_answer():
        # Whatever the dialog is about, this goes first; the card leads back to it.
        talk.keep(body, "danger")
        talk.say("engine.danger")
        floor.enter("card", entry="card.activists_at_risk")
    elif slot := cut_off(floor):
        join(floor, slot, body)
    elif action := typed_choice(floor, body, intent):
        talk.taken, talk.repairs = f"{talk.session.asked}:{action}", 0
        _act(floor, action)
    elif language := talk.library.language_named(body, loosely=not floor.awaits_answer()):
        talk.speak(language)
        talk.say("language.chosen")
        floor.ask_again()
    else:
        if talk.library.threatened(body):
            talk.say("engine.danger")
        _words(floor, body, intent)


def _words(floor: Floor, body: str, intent: str | None) -> None:
    """Words that stand for no button: a command, an answer, or neither."""
    takes_text = floor.top is not None and floor.top.takes("text")
    if NUMBER.fullmatch(body) and not reads_numbers(floor):
        floor.talk.say("engine.no_such_number")
        floor.ask_again()
    elif intent in IN_ANY_QUESTION or (intent in COMMANDS and not takes_text):
        command(floor, str(intent))
    elif floor.top is not None and takes_text:
        floor.talk.repairs = 0
        _told(floor, floor.top, body, intent)
    elif intent in YES_OR_NO:
        floor.talk.say("engine.tap_or_words")
        floor.ask_again()
    else:
        repair(floor, body)


def _told(floor: Floor, top: Dialog, body: str, intent: str | None) -> None:
    """Words where words are awaited; a bare yes or no says too little to be an answer."""
    if intent in YES_OR_NO:
        if not top.trigger(str(intent)):
            floor.talk.say("engine.in_words")
            floor.ask_again()
    elif NUMBERS.fullmatch(body) and top.takes("numbers"):
        top.trigger("numbers", body)
    elif top.typed_is_answer and body.endswith("?") and len(body.split()) <= A_QUESTION:
        repair(floor, body)
    else:
        top.trigger("text", body)
