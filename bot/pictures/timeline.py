"""Draws what happened when for one team, month below month, today's line, and what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.pictures.marks import diamond, line
from bot.pictures.svg import LEADING, SIZE, WIDTH, Shape, block, broken, group, picture, shape, text

# Where the months end, where the line of time runs, where the words begin.
MONTHS, SPINE, WORDS = 70, 84, 102
ROOM = WIDTH - WORDS - 4
SMALL = 11
MOST = 24
# So many months without anything are shown one by one; a longer pause is a gap in the line.
SHORT_PAUSE = 3


@dataclass(frozen=True, slots=True)
class Point:
    """`when`: its date in words."""

    on: date
    when: str
    label: str


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """`months`: twelve short names. `due`: the next step, if there is one."""

    label: str
    points: tuple[Point, ...]
    today: Point
    due: Point | None
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """`kind`: point, today, due, more, month or pause."""

    kind: str
    on: date
    when: str = ""
    labels: tuple[str, ...] = ()

    @property
    def high(self) -> float:
        if self.kind not in ("point", "due"):
            return 28 if self.kind == "today" else 24
        return 16 + SMALL * LEADING + len(broken(self.labels[0], ROOM, 2)) * SIZE * LEADING


def draw(it: TimelinePicture) -> str:
    rows = list(_with_pauses(_rows(it)))
    drawn: list[Shape] = []
    y, before = 2.0, ""
    for row in rows:
        drawn.append(_spine(row, y, ahead=row.on > it.today.on))
        drawn += SIGNS[row.kind](row, y)
        month = _month(it.months, row.on, before) if row.kind != "pause" else ""
        drawn.append(
            text(month, MONTHS, y + 15, room=MONTHS, size=SMALL, look="month", anchor="end")
        )
        before = str(row.on) if row.kind != "pause" else ""
        y += row.high
    return picture("timeline", it.label, _told(it), round(y + 2), *drawn)


def _told(it: TimelinePicture) -> Iterator[str]:
    for each in (*it.points, it.today, *([it.due] if it.due else [])):
        yield f"{each.when}: {each.label}"


def _rows(it: TimelinePicture) -> list[_Row]:
    points = sorted(it.points, key=lambda point: point.on)
    folded = points[:-MOST]
    rows = [_Row("point", each.on, each.when, (each.label,)) for each in points[-MOST:]]
    if folded:
        rows.append(
            _Row("more", folded[-1].on, labels=tuple(f"{p.when}: {p.label}" for p in folded))
        )
    rows.append(_Row("today", it.today.on, it.today.when, (it.today.label,)))
    if it.due:
        rows.append(_Row("due", it.due.on, it.due.when, (it.due.label,)))
    kinds = ("more", "point", "today", "due")
    return sorted(rows, key=lambda row: (row.on, kinds.index(row.kind)))


def _with_pauses(rows: Sequence[_Row]) -> Iterator[_Row]:
    for place, row in enumerate(rows):
        if place:
            yield from _pause(rows[place - 1].on, row.on)
        yield row


def _pause(before: date, after: date) -> Iterator[_Row]:
    first, last = before.year * 12 + before.month, after.year * 12 + after.month - 2
    if last - first >= SHORT_PAUSE:
        yield _Row("pause", after)
        return
    for month in range(first, last + 1):
        yield _Row("month", date(month // 12, month % 12 + 1, 1))


def _month(names: Sequence[str], on: date, before: str) -> str:
    """Said where a month begins; with its year where a year does."""
    if before[:7] == str(on)[:7]:
        return ""
    name = names[on.month - 1]
    return name if before[:4] == str(on)[:4] else f"{name} {on.year}"


def _spine(row: _Row, y: float, *, ahead: bool) -> Shape:
    end = y + row.high
    if row.kind == "today":
        past = line(SPINE, y, SPINE, y + 11, "spine", wide=2)
        return group(past, line(SPINE, y + 11, SPINE, end, "spine", wide=2, gaps="3 4"))
    if row.kind == "pause":
        return line(SPINE, y + 2, SPINE, end, "spine", wide=3, gaps="3 6")
    return line(SPINE, y, SPINE, end, "spine", wide=2, gaps="3 4" if ahead else "none")


def _words(row: _Row, y: float, look: str) -> list[Shape]:
    foot = y + 15 + SMALL * LEADING + 1
    return [
        text(row.when, WORDS, y + 15, room=ROOM, size=SMALL, look="quiet"),
        text(row.labels[0], WORDS, foot, room=ROOM, lines=2, look=look),
    ]


def _point(row: _Row, y: float) -> list[Shape]:
    dot = shape("circle", cx=SPINE, cy=y + 11, r=5.5, class_="picture-point", fill="currentColor")
    return [dot, *_words(row, y, "words")]


def _due(row: _Row, y: float) -> list[Shape]:
    return [diamond(SPINE, y + 11, "due", 7), *_words(row, y, "heading")]


def _today(row: _Row, y: float) -> list[Shape]:
    said = " · ".join(each for each in (*row.labels, row.when) if each)
    across = line(SPINE - 8, y + 11, WORDS - 6, y + 11, "today", wide=2)
    name = text(said, WORDS, y + 11, room=ROOM, size=SMALL, look="today-words", middle=True)
    return [across, name]


def _more(row: _Row, y: float) -> list[Shape]:
    said = block((f"+ {len(row.labels)}",), " · ".join(row.labels), WORDS, y + 15, look="quiet")
    return [line(SPINE - 5, y + 11, SPINE + 5, y + 11, "spine", wide=2), said]


def _tick(_: _Row, y: float) -> list[Shape]:
    return [line(SPINE - 3, y + 11, SPINE + 3, y + 11, "spine", wide=2)]


def _nothing(_: _Row, __: float) -> list[Shape]:
    return []


SIGNS = {
    "point": _point,
    "due": _due,
    "today": _today,
    "more": _more,
    "month": _tick,
    "pause": _nothing,
}
