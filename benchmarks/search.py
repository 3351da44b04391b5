"""Prints how long loading and searching the knowledge base take: python benchmarks/search.py."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import yaml

from bot.knowledge import load
from bot.knowledge.search import Search

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def main() -> None:
    """CPU seconds to load; CPU seconds for a language's first question; milliseconds a question."""
    loads = [_cpu(lambda: load(ROOT / "knowledge")) for _ in range(ROUNDS)]
    print(f"load: {min(loads):.3f} s CPU at best, {max(loads):.3f} s at worst")
    search = Search(load(ROOT / "knowledge"))
    for lang in ("fr", "en"):
        print(f"{lang}: first question {_cpu(partial(search.ask, lang, 'trust')):.3f} s CPU")
        file = ROOT / "tests" / "knowledge" / f"questions.{lang}.yaml"
        asked = yaml.safe_load(file.read_text("utf-8"))
        questions = [case["q"] for case in asked["asked"]] + asked["unrelated"]
        times = sorted(_wall(search, lang, question) for question in questions * ROUNDS)
        p95 = times[int(0.95 * len(times))]
        print(f"{lang}: median {statistics.median(times):.2f} ms, p95 {p95:.2f} ms a question")


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _wall(search: Search, lang: str, question: str) -> float:
    before = time.perf_counter()
    search.ask(lang, question)
    return (time.perf_counter() - before) * 1000


if __name__ == "__main__":
    main()
