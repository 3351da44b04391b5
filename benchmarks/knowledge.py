"""The knowledge base: loading, answering a question, and how good answers and sectors are."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.knowledge import load
from bot.knowledge.search import Search
from tests.knowledge import figures

ROOT = Path(__file__).parents[1]
ROUNDS = 5


async def main() -> None:
    """CPU seconds to load; for each language speed and figures; then the sectors."""
    loads = [_cpu(lambda: load(ROOT / "knowledge")) for _ in range(ROUNDS)]
    print(f"knowledge: load {min(loads):.2f} s CPU at best, {max(loads):.2f} s at worst")
    kb = load(ROOT / "knowledge")
    search = Search(kb)
    for lang in figures.LANGUAGES:
        first = _cpu(partial(search.ask, lang, "trust"))
        print(f"{lang}: index {first:.2f} s CPU once; {_speed(search, lang)} a question")
        for half in ("tuned", "blind"):
            print(f"    {half}: {figures.share(search, lang, half)}")
        three, top = figures.halves(search, lang)
        print(f"    both halves alike: first three {three:.0%}, first {top:.0%}")
        for which in ("unrelated", "unrelated_blind"):
            asked, answered = figures.strangers(search, lang, which)
            print(f"    {which}: {answered} of {asked} get an answer all the same")
    wrong, sure = figures.sectors(kb)
    known = len(figures.organisations())
    print(
        f"sectors: {1 - len(wrong) / known:.1%} of {known} names right, "
        f"{len(sure) / known:.1%} wrong with confidence"
    )


def _speed(search: Search, lang: str) -> str:
    sets = figures.questions(lang)
    asked = [case["q"] for half in ("tuned", "blind") for case in sets[half]] + sets["unrelated"]
    times = sorted(_wall(search, lang, question) for question in asked * ROUNDS)
    p95 = times[int(0.95 * len(times))]
    return f"median {statistics.median(times):.2f} ms, p95 {p95:.2f} ms"


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _wall(search: Search, lang: str, question: str) -> float:
    before = time.perf_counter()
    search.ask(lang, question)
    return (time.perf_counter() - before) * 1000
