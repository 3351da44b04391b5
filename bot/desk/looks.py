"""What a card looks like in each channel: the shape in which the app tells the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: its words as they are shown, and what stands on its buttons."""

    words: Markup
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """All messages of a card in one channel; `lines`: set line by line, in one width."""

    channel: str
    pieces: tuple[Piece, ...]
    lines: bool = False


# (id of an entry, language) -> its looks; none for what is never shown as a card.
Preview = Callable[[str, str], Sequence[Look]]


def blind(_entry: str, _language: str) -> Sequence[Look]:
    """Where no channels are known."""
    return ()
