"""The stream to one open page of a round: the parts of it that changed, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.channels.play.state import Scene
from bot.channels.play.watch import Watches
from bot.channels.web.hub import woken

# Phones sleep, and a stream cannot tell.
LONGEST = 900.0
RETRY_MS = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: `key` says all it depends on, `write` makes its HTML."""

    key: Hashable
    write: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a page shows, part by part, under the ids they have there; `is_last`: for good."""

    parts: Mapping[str, Part]
    is_last: bool = False

    @property
    def mark(self) -> str:
        """The same for the same sight, also after a restart."""
        keys = repr([(name, part.key) for name, part in self.parts.items()])
        return sha256(keys.encode("utf-8", "replace")).hexdigest()[:16]

    def html(self) -> dict[str, str]:
        """Every part, for a page that is opened."""
        return self.written(self.parts)

    def event(self, shown: Mapping[str, Hashable]) -> dict[str, object]:
        """What changed since `shown` (part -> key)."""
        fresh = [name for name, part in self.parts.items() if shown.get(name) != part.key]
        return {"parts": self.written(fresh), "mark": self.mark, "last": self.is_last}

    def written(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self.parts[name].write() for name in names}


See = Callable[[Scene], Sight | None]
"""What somebody sees of a round; None where it is no longer theirs to see."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose page it is: the round, the player (0: the room's), what is seen."""

    round: str
    player: int
    see: See


async def stream(watches: Watches, seat: Seat, mark: str) -> AsyncIterator[str]:
    """Events for a page that already shows what has this `mark`."""
    yield f"retry: {RETRY_MS}\n\n"
    now = asyncio.get_running_loop().time
    ends, shown = now() + LONGEST, dict[str, Hashable]()
    with watches.open(seat.round, seat.player) as (watch, news):
        while now() < ends and not watch.is_over:
            if not await woken(news):
                yield ": still here\n\n"
                continue
            news.clear()
            if watch.scene is None:
                continue
            sight = seat.see(watch.scene)
            if sight is None:
                yield _line("", {"gone": True})
                return
            if sight.mark != mark:
                mark = sight.mark
                yield _line(mark, sight.event(shown))
            shown = {name: part.key for name, part in sight.parts.items()}
            if sight.is_last:
                return


def _line(mark: str, data: dict[str, object]) -> str:
    """JSON keeps line breaks and half signs out of the wire."""
    return f"id: {mark}\ndata: {json.dumps(data)}\n\n"
