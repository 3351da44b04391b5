"""Finds the keys that page templates say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.check.keys import ANY, Use

# `t("desk.nav_" ~ name)`, `h("web.more")`, `t("stuck." ~ reason ~ "_do", n=1)`
CALL = re.compile(r"\b[th]\(\s*((?:\"[^\"]*\"|[\w.\[\]]+)(?:\s*~\s*(?:\"[^\"]*\"|[\w.\[\]]+))*)")
PART = re.compile(r"\"([^\"]*)\"|([\w.\[\]]+)")


def keys_of(template: str) -> Iterator[Use]:
    """Every key a template says; what only a page can tell stands as ANY in it."""
    for number, line in enumerate(template.splitlines(), 1):
        for call in CALL.finditer(line):
            parts = PART.findall(call[1])
            name = "".join(text if not code else ANY for text, code in parts)
            if name != ANY:
                yield Use(number, name)


def templates(root: Path) -> Iterator[Path]:
    """Every template under `root`."""
    yield from sorted(root.rglob("templates/*.html"))
