"""Draws who is around the table: four sectors around the goal, the committed nearest to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.pictures.marks import STATUSES, dot, key
from bot.pictures.rings import CORE, GAP, HALF, Placed, Rings, Row, rings
from bot.pictures.svg import LEADING, SIZE, WIDTH, Shape, block, broken, group, picture, shape, text

# Sector -> on which side of the goal, to the right and downwards.
SIDES = {"public": (-1, -1), "private": (1, -1), "civil_society": (-1, 1), "academia": (1, 1)}
# Whoever belongs to none of the four, or to one not known yet.
OTHER = "other"
MOST_OTHERS = 8


@dataclass(frozen=True, slots=True)
class Actor:
    """`sector`: one of SIDES, anything else is OTHER; `status`: one of STATUSES."""

    name: str
    sector: str
    status: str

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"{self.status!r} is none of {', '.join(STATUSES)}")


@dataclass(frozen=True, slots=True)
class ActorsPicture:
    """`sectors`, `statuses`: key -> its label. `nobody`: said quietly where a sector is empty."""

    label: str
    goal: str
    actors: tuple[Actor, ...]
    sectors: Mapping[str, str]
    statuses: Mapping[str, str]
    nobody: str


def draw(it: ActorsPicture) -> str:
    placed = rings(_cells(it), tuple(SIDES))
    high = 8 + _headings(it, -1) + placed.depths[-1]
    sectors = [_sector(it, sector, placed, high) for sector in SIDES]
    others, below = _others(it, high + placed.depths[-1] + _headings(it, 1) + 18)
    signs = [(dot(8, 0, status), it.statuses[status]) for status in STATUSES]
    legend, last = key(signs, below)
    inside = (*sectors, _goal(it.goal, high), *others, legend)
    return picture("actors", it.label, _told(it), round(below + last + 4), *inside)


def _cells(it: ActorsPicture) -> dict[tuple[str, str], list[str]]:
    cells: dict[tuple[str, str], list[str]] = {}
    for actor in it.actors:
        sector = actor.sector if actor.sector in SIDES else OTHER
        cells.setdefault((sector, actor.status), []).append(actor.name)
    return cells


def _told(it: ActorsPicture) -> Iterator[str]:
    yield it.goal
    cells = _cells(it)
    for sector in (*SIDES, OTHER):
        found = [
            f"{it.statuses[status]}: {', '.join(cells[sector, status])}"
            for status in STATUSES
            if (sector, status) in cells
        ]
        if found or sector != OTHER:
            yield f"{it.sectors[sector]}: {'; '.join(found) or it.nobody}"


def _sector(it: ActorsPicture, sector: str, placed: Rings, high: float) -> Shape:
    right, down = SIDES[sector]
    rows = placed.placed[sector]
    heading = _heading(it, sector)
    x, anchor = (4.0, "start") if right < 0 else (WIDTH - 4.0, "end")
    y = SIZE + 2 if down < 0 else high + placed.depths[-1] + SIZE + 4
    look = "heading" if rows else "quiet"
    name = block(heading, it.sectors[sector], x, y, look=look, anchor=anchor)
    if not rows:
        return group(name, _empty(it.nobody, placed, (right, down), high))
    fields = [_quarter(placed, n, (right, down), high) for n in reversed(range(len(STATUSES)))]
    people = [_actor(each, sector, (right, down), high) for each in rows]
    return group(*fields, name, *people, class_=f"picture-{sector}")


def _heading(it: ActorsPicture, sector: str) -> tuple[str, ...]:
    return broken(it.sectors[sector], HALF - 24, 2)


def _headings(it: ActorsPicture, down: int) -> float:
    lines = (len(_heading(it, sector)) for sector, side in SIDES.items() if side[1] == down)
    return max(lines) * SIZE * LEADING


def _quarter(placed: Rings, ring: int, side: tuple[int, int], high: float) -> Shape:
    way = _way(placed.breadths[ring], placed.depths[ring], side, high)
    return shape("path", d=way, class_="picture-ring", fill="currentColor", fill_opacity="0.06")


def _way(wide: float, deep: float, side: tuple[int, int], high: float) -> str:
    right, down = side
    # A hair's breadth stays free between the quarters.
    x, y = HALF + 1.5 * right, high + 1.5 * down
    arc = f"A{wide:.1f} {deep:.1f} 0 0 {int(right == down)} {x:.1f} {y + down * deep:.1f}z"
    return f"M{x:.1f} {y:.1f}H{x + right * wide:.1f}{arc}"


def _empty(nobody: str, placed: Rings, side: tuple[int, int], high: float) -> Shape:
    right, down = side
    way = _way(placed.breadths[-1] - 3, placed.depths[-1] - 3, side, high)
    looks: dict[str, str | float] = {"stroke_opacity": "0.4", "stroke_dasharray": "2 4"}
    around = shape(
        "path", d=way, class_="picture-empty", fill="none", stroke="currentColor", **looks
    )
    x, y = HALF + right * 88, high + down * (CORE + placed.depths[-1]) / 2.2
    said = text(nobody, x, y, room=130, lines=2, look="quiet", anchor="middle", middle=True)
    return group(around, said)


def _actor(each: Placed, sector: str, side: tuple[int, int], high: float) -> Shape:
    x, y = HALF + side[0] * each.out, high + side[1] * each.deep
    return _named(each.row, x, y, side[0], sector)


def _named(row: Row, x: float, y: float, right: int, sector: str) -> Shape:
    anchor = "start" if right > 0 else "end"
    whole = ", ".join(row.names)
    name = block(row.shown, whole, x + right * GAP, y, anchor=anchor, middle=True)
    return group(dot(x, y, row.status, sector), name)


def _goal(goal: str, high: float) -> Shape:
    looks: dict[str, str | float] = {"stroke": "currentColor", "stroke_width": 2}
    disc = shape(
        "circle", cx=HALF, cy=high, r=CORE - 3, class_="picture-goal", fill="none", **looks
    )
    shown = broken(goal, 82, 4, 11)
    said = block(shown, goal, HALF, high, size=11, look="on-goal", anchor="middle", middle=True)
    return group(disc, said)


def _others(it: ActorsPicture, top: float) -> tuple[list[Shape], float]:
    """Below the rings, in two columns: who stands for no sector, or for one not known."""
    cells = _cells(it)
    found = [(status, name) for status in STATUSES for name in cells.get((OTHER, status), ())]
    if not found:
        return [], top
    kept = found if len(found) <= MOST_OTHERS else found[: MOST_OTHERS - 1]
    rows = [Row((name,), broken(name, HALF - 30, 2), status) for status, name in kept]
    if rest := tuple(name for _, name in found[len(kept) :]):
        rows.append(Row(rest, (f"+ {len(rest)}",), found[len(kept)][0]))
    drawn = [text(it.sectors[OTHER], 4, top + SIZE, room=WIDTH - 12, look="heading")]
    y = top + 20
    for left, *pair in ((rows[n], *rows[n + 1 : n + 2]) for n in range(0, len(rows), 2)):
        high = max(row.high for row in (left, *pair))
        both = enumerate((left, *pair))
        drawn += [_named(r, 12 + HALF * n, y + high / 2, 1, OTHER) for n, r in both]
        y += high
    return drawn, y + 8
