"""Writes the pages under docs/ that are made from the code, and tells when one is out of date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.docs import dialogs, knowledge
from bot.knowledge import Knowledge, Mistake

PAGES: Mapping[str, Callable[[Knowledge], str]] = {
    dialogs.PAGE: lambda _: dialogs.page(),
    knowledge.PAGE: knowledge.page,
}


def write(root: Path, kb: Knowledge) -> list[Path]:
    """Writes the generated pages under `root`; returns them."""
    for name, page in PAGES.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(kb), encoding="utf-8")
    return [root / name for name in PAGES]


def mistakes(root: Path, kb: Knowledge) -> list[Mistake]:
    """One mistake for each page that is missing or differs from what would be written."""
    found = []
    for name, page in PAGES.items():
        path = root / name
        what = "the page does not show what there is" if path.exists() else "it is missing"
        if not path.is_file() or path.read_text(encoding="utf-8") != page(kb):
            found.append(Mistake(name, "", what, "Run ./dev update"))
    return found
