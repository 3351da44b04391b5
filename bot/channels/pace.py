"""When a chat may be written to next: limits kept, patience asked for, back-off after failures."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.store.batch import Address

LONGEST_BACKOFF = 60.0
# So many failures in a row are no accident: from here on one try a second, in all.
MANY_FAILURES = 10
ONE_A_SECOND = 1.0


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many messages within so many seconds, however they fall."""

    most: int
    seconds: float


# What Telegram takes in all, and in one group.
CHANNELS: Mapping[str, Limit] = {"telegram": Limit(30, 1.0)}
GROUPS: Mapping[str, Limit] = {"telegram": Limit(20, 60.0)}


def backoff(attempts: int) -> float:
    """Seconds to wait after failure number `attempts` + 1: 0.5, 1, 2, ... 60."""
    return min(LONGEST_BACKOFF, 0.5 * 2.0 ** min(attempts, 10))


class Allowance:
    """When the next message is within a limit: no sooner and, but for its way, no later.

    A message counts from its start until its answer is as old as the limit: whenever it arrived
    in between, no stretch of that length has more than the limit.
    """

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._under_way = 0
        self._ended: deque[float] = deque(maxlen=limit.most)

    def ready_at(self) -> float:
        free = self._limit.most - self._under_way
        if free <= 0:
            return math.inf
        return self._ended[-free] + self._limit.seconds if len(self._ended) >= free else 0.0

    def started(self) -> None:
        self._under_way += 1

    def ended(self, now: float) -> None:
        self._under_way -= 1
        self._ended.append(now)


class Pace:
    """Keeps the waiting times of every chat, and of a channel as a whole. Seconds of one clock."""

    def __init__(self) -> None:
        self._chats: dict[Address, float] = {}
        self._channels: dict[str, float] = defaultdict(float)
        self._failures: dict[str, int] = defaultdict(int)
        self._asked: dict[Address, float] = {}
        self._allowed = {channel: Allowance(limit) for channel, limit in CHANNELS.items()}
        self._groups: dict[Address, Allowance] = {}

    def ready_at(self, address: Address) -> float:
        asked = max(self._chats.get(address, 0.0), self._channels[address[0]])
        return max([asked, *(limit.ready_at() for limit in self._limits(address))])

    def started(self, address: Address, now: float) -> None:
        channel, chat = address
        # Telegram's groups are told by their number.
        if channel in GROUPS and chat.startswith("-"):
            self._groups.setdefault(address, Allowance(GROUPS[channel]))
        for limit in self._limits(address):
            limit.started()
        if self._failures[channel] >= MANY_FAILURES:
            self._hold(channel, now + ONE_A_SECOND)

    def ended(self, address: Address, now: float) -> None:
        """An answer came, or none will; once for each start."""
        for limit in self._limits(address):
            limit.ended(now)

    def _limits(self, address: Address) -> Iterator[Allowance]:
        yield from filter(None, (self._allowed.get(address[0]), self._groups.get(address)))

    def arrived(self, address: Address) -> None:
        self._failures[address[0]] = 0
        self._chats.pop(address, None)

    def asked_to_wait(self, address: Address, until: float, now: float) -> None:
        """Telegram does not say whether it means one chat or all; a second chat means all."""
        self._chats[address] = until
        self._asked = {a: t for a, t in self._asked.items() if t > now}
        if any(other != address and other[0] == address[0] for other in self._asked):
            self._hold(address[0], max(until, *self._asked.values()))
        self._asked[address] = until

    def failed(self, address: Address, attempts: int, now: float) -> float:
        """Notes a failure; returns the seconds to wait."""
        self._failures[address[0]] += 1
        seconds = backoff(attempts)
        self._chats[address] = now + seconds
        return seconds

    def _hold(self, channel: str, until: float) -> None:
        self._channels[channel] = max(self._channels[channel], until)
