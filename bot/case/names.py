"""Names out of a pasted list, as founders write them."""

from __future__ import annotations

import re

MANY = re.compile(r"[\n;,•·]|\s[-–—*]\s")
LEADING = re.compile(r"^\s*(?:[-–—*•·]|\d{1,2}[.)])\s*")


def names(text: str) -> list[str]:
    """The names in a list: one a line, or parted by commas and the like; doubles once.

    A heading such as "Our list:" is no name.
    """
    pieces = [LEADING.sub("", piece).strip(" .\t") for piece in MANY.split(text)]
    found = [p for p in pieces if any(c.isalnum() for c in p) and not p.endswith(":")]
    return list(dict.fromkeys(found))
