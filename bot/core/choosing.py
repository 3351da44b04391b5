"""Choosing by typing: a button's number, its words or some of them, or a plain yes or no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.engine import Floor

# Buttons that a typed yes or no stands for. What cannot be undone is not among them.
MEANT = {
    "yes": (
        *("yes", "set:yes", "set:go_on", "set:agreed", "set:direct", "set:same"),
        *("share:yes", "right", "finished"),
    ),
    "no": (
        *("no", "set:no", "set:later", "set:not_yet", "set:different", "set:none_found"),
        *("share:no", "correct", "keep_all", "none"),
    ),
}
YES_OR_NO = frozenset(MEANT)
NUMBER = re.compile(r"\d{1,2}")
# So much of a label must be typed for it to be meant, and never for what cannot be undone.
ENOUGH = 4
WHOLE_WORDS_ONLY = ("erase_all",)


def typed_choice(floor: Floor, body: str, intent: str | None) -> str | None:
    """The action of the button that `body` stands for; None where it stands for none."""
    choices = floor.talk.session.choices
    if NUMBER.fullmatch(body) and not reads_numbers(floor):
        return choices[int(body) - 1] if 0 < int(body) <= len(choices) else None
    if labelled := _labelled(floor, body):
        return labelled
    leading = floor.talk.library.leading(body, floor.talk.language)
    meant = MEANT.get(intent or leading or "", ())
    found = next((each for each in choices if each in meant), None)
    if found and leading:
        # What follows the yes or no is more than the button can hold.
        floor.talk.keep(body, found)
    return found


def reads_numbers(floor: Floor) -> bool:
    """Whether the present state reads numbers itself, as a list to tick does."""
    return floor.top is not None and floor.top.takes("numbers")


def _labelled(floor: Floor, body: str) -> str | None:
    """The button with just these words; where no answer is typed, the one that has them in it."""
    said = floor.talk.library.folded(body)
    if not said or len(said) > 80:
        return None
    labels = _labels(floor)
    exact = next((action for action, label in labels if label == said), None)
    if exact or len(said) < ENOUGH or floor.awaits_answer():
        return exact
    within = {a for a, label in labels if f" {said} " in f" {label} " and a not in WHOLE_WORDS_ONLY}
    return within.pop() if len(within) == 1 else None


def _labels(floor: Floor) -> list[tuple[str, str]]:
    """(action, folded label) of every live button."""
    library, language = floor.talk.library, floor.talk.language
    choices = floor.talk.session.choices
    return [
        (choice.action, library.folded(library.label(choice.label, language)))
        for say in floor.present()
        for choice in say.choices
        if choice.action in choices
    ]
