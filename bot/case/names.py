"""Names out of a pasted list, as founders write them."""

from __future__ import annotations

import re

LINES = re.compile(r"[\n;•·]")
COMMAS = re.compile(r"[;,•·]|\s[-–—*]\s")
# "e. V.", "S.A.", "Ltd.": here the last dot belongs to the name.
SHORTENED = re.compile(r"(?:\.\w+|(?:^|\s)[A-Z]\w{0,2})\.$")
# "la alcaldía y la cooperativa": an article behind the "and" begins another name.
JOINED = re.compile(
    r"\s(?:et|and|und|y|e)\s(?=(?:el|la|los|las|le|les|une?|una|der|die|das|eine?|the)\s|l['’])",
    re.IGNORECASE,
)
LEADING = re.compile(r"^\s*(?:[-–—*•·]|\d{1,2}[.)])\s*")


def names(text: str) -> list[str]:
    """The names in a list: one a line, or on one line parted by commas; doubles once.

    Where there are lines, a comma belongs to the name. A heading such as "Our list:" is no name.
    """
    many = LINES if len(text.strip().splitlines()) > 2 else COMMAS
    rows = [text] if many is LINES else text.splitlines()
    parts = (part for row in rows for piece in many.split(row) for part in JOINED.split(piece))
    pieces = [_trimmed(LEADING.sub("", part)) for part in parts]
    found = [p for p in pieces if any(c.isalpha() for c in p) and not p.endswith(":")]
    return list(dict.fromkeys(found))


def _trimmed(piece: str) -> str:
    """Without the dot that ends a sentence."""
    bare = piece.strip(" \t").lstrip(".")
    return bare if SHORTENED.search(bare) else bare.rstrip(" .")
