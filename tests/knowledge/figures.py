"""How well the search answers and the sectors are told, on the sets beside this file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge import Knowledge
from bot.knowledge.search import Search
from bot.knowledge.sectors import SectorGuess, guess

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en", "de", "es")


@dataclass(frozen=True)
class Share:
    """Of so many questions, how many have a right answer among the first three, and first."""

    asked: int
    three: int
    first: int

    def __str__(self) -> str:
        three, first = self.three / self.asked, self.first / self.asked
        return f"first three {three:.0%}, first {first:.0%} of {self.asked}"


@cache
def questions(lang: str) -> dict[str, Any]:
    """The sets of one language: tuned, blind, beyond, unrelated, unrelated_blind."""
    found: dict[str, Any] = yaml.safe_load((HERE / f"questions.{lang}.yaml").read_text("utf-8"))
    return found


def share(search: Search, lang: str, half: str) -> Share:
    """How the questions of one half are answered; a right answer is any of those it wants."""
    cases = questions(lang)[half]
    found = [([hit.id for hit in search.ask(lang, case["q"])], case["want"]) for case in cases]
    three = sum(bool(set(ids) & set(want)) for ids, want in found)
    return Share(len(cases), three, sum(ids[:1] != [] and ids[0] in want for ids, want in found))


def halves(search: Search, lang: str) -> tuple[float, float]:
    """Both figures with each half of the set counting half, however many questions it holds."""
    both = [share(search, lang, half) for half in ("tuned", "blind")]
    three = sum(each.three / each.asked for each in both) / 2
    return three, sum(each.first / each.asked for each in both) / 2


def strangers(search: Search, lang: str, which: str) -> tuple[int, int]:
    """Of questions about something else: how many there are, how many get an answer."""
    asked = questions(lang)[which]
    return len(asked), sum(search.ask(lang, question) != [] for question in asked)


@cache
def organisations() -> tuple[tuple[str, str | None], ...]:
    """Names of organisations with their sector; None where it is open."""
    found = yaml.safe_load((HERE / "sectors.yaml").read_text("utf-8"))
    return tuple((n, None if key == "open" else key) for key, names in found.items() for n in names)


def sectors(kb: Knowledge) -> tuple[list[str], list[str]]:
    """The names told wrongly, and those among them that were told without asking back."""
    told: Iterable[tuple[str, str | None, SectorGuess]] = (
        (name, sector, guess(kb, name)) for name, sector in organisations()
    )
    wrong = [(name, found) for name, sector, found in told if found.sector != sector]
    return [name for name, _ in wrong], [name for name, found in wrong if not found.ask]
