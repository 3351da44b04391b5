"""When a chat may be written to next: patience asked for, back-off after failures."""

from __future__ import annotations

from collections import defaultdict

from bot.store.batch import Address

LONGEST_BACKOFF = 60.0
# So many failures in a row are no accident: from here on one try a second, in all.
MANY_FAILURES = 10
ONE_A_SECOND = 1.0


def backoff(attempts: int) -> float:
    """Seconds to wait after failure number `attempts` + 1: 0.5, 1, 2, ... 60."""
    return min(LONGEST_BACKOFF, 0.5 * 2.0 ** min(attempts, 10))


class Pace:
    """Keeps the waiting times of every chat, and of a channel as a whole. Seconds of one clock."""

    def __init__(self) -> None:
        self._chats: dict[Address, float] = {}
        self._channels: dict[str, float] = defaultdict(float)
        self._failures: dict[str, int] = defaultdict(int)
        self._asked: dict[Address, float] = {}

    def ready_at(self, address: Address) -> float:
        return max(self._chats.get(address, 0.0), self._channels[address[0]])

    def started(self, address: Address, now: float) -> None:
        if self._failures[address[0]] >= MANY_FAILURES:
            self._hold(address[0], now + ONE_A_SECOND)

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
