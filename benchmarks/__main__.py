"""`python -m benchmarks [NAME]`: runs one benchmark, or all of them."""

from __future__ import annotations

import asyncio
import sys

from benchmarks import chat, knowledge, service, step, turn

ALL = {
    "step": step.main,
    "turn": turn.main,
    "chat": chat.main,
    "service": service.main,
    "knowledge": knowledge.main,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names or list(ALL):
        asyncio.run(ALL[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
