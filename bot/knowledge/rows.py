"""Rows of numbers by name, packed: tuples of tuples would take several times the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

WIDTH = 16


class Rows:
    """Name -> (place of the entry, what the name is worth for it), every entry that has it."""

    def __init__(self, rows: Iterable[tuple[str, Iterable[tuple[int, float]]]]) -> None:
        self._places = array("H")
        self._gains = array("d")
        # Where a name's row begins and how long it is, in one number.
        self._spans: dict[str, int] = {}
        for name, row in rows:
            start = len(self._places)
            for place, gain in row:
                self._places.append(place)
                self._gains.append(gain)
            self._spans[name] = start << WIDTH | (len(self._places) - start)

    def of(self, name: str) -> Iterator[tuple[int, float]]:
        """The row of a name; empty where there is none."""
        span = self._spans.get(name, 0)
        start, end = span >> WIDTH, (span >> WIDTH) + (span & (1 << WIDTH) - 1)
        return zip(self._places[start:end], self._gains[start:end], strict=True)
