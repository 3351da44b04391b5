"""Names of players: as they may stand on a wall, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Collection

LONGEST = 40


def seen(name: str, longest: int = LONGEST) -> str:
    """A name in one line, without what is not seen or turns the words around it."""
    line = (sign for sign in " ".join(name.split()) if sign.isprintable())
    return "".join(line).strip()[:longest].strip()


def free(wished: str, taken: Collection[str], number: int) -> str:
    """The name as wished, with a number where it is taken; for no name `number`, or one after it.

    `taken`: names in small letters.
    """
    if wished and wished.casefold() not in taken:
        return wished
    n = 2 if wished else number
    while f"{wished} {n}".strip().casefold() in taken:
        n += 1
    return f"{wished} {n}".strip()
