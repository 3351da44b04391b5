"""`python -m benchmarks [NAME] [--folder DIR]`: runs one benchmark, or all of them."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path

from benchmarks import chat, desk, knowledge, quiz, quiz_web, service, step, turn

Measure = Callable[[], Coroutine[None, None, None]]
ALL: dict[str, Measure] = {
    "step": step.main,
    "turn": turn.main,
    "chat": chat.main,
    "service": service.main,
    "knowledge": knowledge.main,
    "desk": desk.main,
    "quiz": quiz.main,
    "quiz-web": quiz_web.main,
}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ALL))
    kept = "where `desk` keeps its teams to use them again"
    parser.add_argument("--folder", type=Path, metavar="DIR", help=kept)
    args = parser.parse_args(words)
    unknown = [name for name in args.names if name not in ALL]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    measures: dict[str, Measure] = {**ALL, "desk": partial(desk.main, args.folder)}
    for name in args.names or list(ALL):
        asyncio.run(measures[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
