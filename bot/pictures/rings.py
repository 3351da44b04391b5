"""Finds a place for every actor: rows in four bands around the goal, none upon another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.pictures.marks import STATUSES
from bot.pictures.svg import LEADING, SIZE, WIDTH, broken, width

CORE = 50
HALF = WIDTH / 2
# From a dot to its name, from the name to the edge, from the middle line to the nearest dot.
GAP, EDGE, NEAR = 10, 4, 13
ROOM = HALF - NEAR - GAP - EDGE
DEEPEST = 310
PAD = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a band: a name, broken; or how many more there are, and who."""

    names: tuple[str, ...]
    shown: tuple[str, ...]
    status: str

    @property
    def high(self) -> float:
        return 5 + len(self.shown) * SIZE * LEADING


@dataclass(frozen=True, slots=True)
class Placed:
    """A row at its place: `out` from the middle line to the dot, `deep` from the cross line."""

    row: Row
    out: float
    deep: float


Cells = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Rings:
    """Where the bands end, from the goal outwards, and the rows of every sector."""

    depths: tuple[float, ...]
    breadths: tuple[float, ...]
    placed: Mapping[str, tuple[Placed, ...]]


def rings(cells: Cells, sectors: Sequence[str]) -> Rings:
    """(sector, status) -> names, laid out as roomily as the height allows."""
    rows, bands = next(_tries(cells, sectors))
    depths = tuple(CORE + sum(bands[: place + 1]) for place in range(len(bands)))
    step = (HALF - CORE) / len(STATUSES)
    breadths = tuple(CORE + step * (place + 1) for place in range(len(bands)))
    placed = {s: tuple(_placed(s, rows, depths, breadths)) for s in sectors}
    return Rings(depths, breadths, placed)


Rows = Mapping[tuple[str, str], tuple[Row, ...]]


def _tries(cells: Cells, sectors: Sequence[str]) -> Iterator[tuple[Rows, list[float]]]:
    longest = max((len(names) for names in cells.values()), default=0)
    whole = [(3, longest), (2, longest), (1, longest)]
    for lines, most in (*whole, *((1, most) for most in range(longest - 1, -1, -1))):
        rows = {where: fold(names, where[1], ROOM, lines, most) for where, names in cells.items()}
        bands = [_band(rows, status, sectors) for status in STATUSES]
        if CORE + sum(bands) <= DEEPEST or most == 0:
            spare = max(0.0, HALF - CORE - sum(bands)) / len(bands)
            yield rows, [band + spare for band in bands]


def fold(names: Sequence[str], status: str, room: float, lines: int, most: int) -> tuple[Row, ...]:
    """A row for each name; the last one tells how many more there are, if there are too many."""
    kept = names if len(names) <= most else names[: max(0, most - 1)]
    rows = [Row((name,), broken(name, room, lines), status) for name in kept]
    if rest := tuple(names[len(kept) :]):
        rows.append(Row(rest, (f"+ {len(rest)}",), status))
    return tuple(rows)


def _band(rows: Rows, status: str, sectors: Sequence[str]) -> float:
    return max(20.0, *(PAD + _high(rows.get((sector, status), ())) for sector in sectors))


def _high(rows: Sequence[Row]) -> float:
    return sum(row.high for row in rows)


def _placed(
    sector: str, rows: Rows, depths: Sequence[float], breadths: Sequence[float]
) -> Iterator[Placed]:
    start = float(CORE)
    for place, status in enumerate(STATUSES):
        here = rows.get((sector, status), ())
        deep = start + (depths[place] - start - _high(here)) / 2
        for row in here:
            middle = deep + row.high / 2
            yield Placed(row, _out(row, middle, depths[place], breadths[place]), middle)
            deep += row.high
        start = depths[place]


def _out(row: Row, deep: float, depth: float, breadth: float) -> float:
    """Along the curve of the ring, as far as the name leaves room for it."""
    curve = 0.55 * breadth * sqrt(max(0.0, 1 - (deep / depth) ** 2))
    room = HALF - EDGE - GAP - max(map(width, row.shown))
    return max(NEAR, min(curve, room))
