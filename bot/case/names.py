"""Names out of a pasted list, as founders write them."""

from __future__ import annotations

import re

LINES = re.compile(r"[\n;•·]")
COMMAS = re.compile(r"[;,•·]|\s[-–—*]\s")
LEADING = re.compile(r"^\s*(?:[-–—*•·]|\d{1,2}[.)])\s*")


def names(text: str) -> list[str]:
    """The names in a list: one a line, or on one line parted by commas; doubles once.

    Where there are lines, a comma belongs to the name. A heading such as "Our list:" is no name.
    """
    many = LINES if len(text.strip().splitlines()) > 2 else COMMAS
    rows = [text] if many is LINES else text.splitlines()
    pieces = [LEADING.sub("", piece).strip(" .\t") for row in rows for piece in many.split(row)]
    found = [p for p in pieces if any(c.isalpha() for c in p) and not p.endswith(":")]
    return list(dict.fromkeys(found))
