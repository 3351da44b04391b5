"""Names of players: as they may stand on a wall, on a phone and on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

LONGEST = 40
# No writing needs more above and below one letter; towers of them hide their neighbours.
MOST_MARKS = 5
# They count as letters, marks or pictures, and show nothing.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U0001d159]")
_BRAILLE_SPACE = "\u2800"
# They choose between shapes of the sign before: a heart in ink or in colour.
_SHAPES = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def seen(name: str, longest: int = LONGEST) -> str:
    """A name in one line, without what is not seen or turns the words around it."""
    line = " ".join(_BLANK.sub("", name.replace(_BRAILLE_SPACE, " ")).split())
    shown = "".join(sign for sign in line if sign.isprintable())
    whole = unicodedata.normalize("NFC", shown.strip())
    return "".join(_carried(whole))[:longest].strip()


def _carried(name: str) -> Iterator[str]:
    """Its signs, with as many marks as a letter can carry and none without a letter."""
    room = 0
    for sign in name:
        if unicodedata.category(sign) in ("Mn", "Me"):
            room -= 1
        elif sign == " ":
            room = 0
        else:
            room = MOST_MARKS
        if room >= 0:
            yield sign


def free(wished: str, taken: Collection[str], number: int) -> str:
    """The name as wished, with a number where it is taken; for no name `number`, or one after it.

    `taken`: names in small letters.
    """
    known = {_alike(name) for name in taken}
    if wished and _alike(wished) not in known:
        return wished
    n = 2 if wished else number
    while _alike(f"{wished} {n}".strip()) in known:
        n += 1
    return f"{wished} {n}".strip()


def _alike(name: str) -> str:
    """Equal for names that look the same, however they were typed."""
    return unicodedata.normalize("NFC", _SHAPES.sub("", name).casefold())
