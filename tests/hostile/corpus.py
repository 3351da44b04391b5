"""The hostile corpus as causes of turns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.core.turn import Cause, Command, Edited, Tap, Text, Unreadable
from tests.conversation import Conversation

FILE = Path(__file__).parent / "corpus.yaml"
WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: `raw` as written in the corpus, `body` the typed words if it is any."""

    name: str
    raw: dict[str, Any]
    body: str | None

    @property
    def expect(self) -> str:
        return str(self.raw.get("expect", "words"))

    @property
    def runs(self) -> str:
        return str(self.raw.get("runs", ""))

    def cause(self, talk: Conversation) -> tuple[Cause, str]:
        """What is sent in `talk`, and the message it is about (only an edit names one)."""
        raw = self.raw
        if self.body is not None:
            return Text(self.body), ""
        if "command" in raw:
            return Command(raw["command"], raw.get("argument", "")), ""
        if "tap" in raw:
            return Tap(raw["tap"], _nonce(raw["nonce"], talk.world.session.asked)), ""
        if "edit" in raw:
            text = "b" * 20_000 if raw["edit"] == "REPEAT" else raw["edit"]
            return Edited(text), str(talk.turns) if raw["of"] == "last" else raw["of"]
        return Unreadable(raw["sends"]), ""

    def words(self) -> set[str]:
        """What must be found again if nothing typed is lost."""
        found = WORD.findall(self.body or "")
        return {word for word in found if word.isascii() or not word.isdigit()}


def _nonce(which: str, asked: int) -> int:
    far = {"now": asked, "next": asked + 1, "old": asked - 1}
    return {**far, "zero": 0, "negative": -1, "huge": 2**70}[which]


def _body(raw: dict[str, Any]) -> str | None:
    if "repeat" in raw:
        piece, times = raw["repeat"]
        return str(piece) * int(times)
    if "lines" in raw:
        line, times = raw["lines"]
        return "\n".join(str(line).format(n=n) for n in range(times))
    return str(raw["text"]) if "text" in raw else None


@cache
def corpus() -> tuple[Entry, ...]:
    groups = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        Entry(f"{group}/{raw['id']}", raw, _body(raw))
        for group, entries in groups.items()
        for raw in entries
    )
