"""The signs shared by the pictures: told apart by their shape, not only by their colour."""

from __future__ import annotations

from bot.pictures.svg import WIDTH, Shape, clean, group, shape, text, width

STATUSES = ("committed", "in_talks", "contacted", "idea")
RADIUS = 5


def dot(x: float, y: float, status: str, look: str = "ink") -> Shape:
    """Full, half full, empty, or dotted: from the committed to the mere idea."""
    looks = f"picture-dot picture-{look}"
    if status == "committed":
        full = shape("circle", cx=x, cy=y, r=RADIUS + 0.5, fill="currentColor")
        return group(full, class_=looks)
    dots = {"stroke_dasharray": "0.1 3.1", "stroke_linecap": "round"} if status == "idea" else {}
    around = shape(
        "circle", cx=x, cy=y, r=RADIUS, fill="none", stroke="currentColor", stroke_width=1.8, **dots
    )
    return group(around, *([_half(x, y)] if status == "in_talks" else []), class_=looks)


def _half(x: float, y: float) -> Shape:
    way = f"M{x:.1f} {y - RADIUS:.1f}a{RADIUS} {RADIUS} 0 0 0 0 {2 * RADIUS}z"
    return shape("path", d=way, fill="currentColor")


def diamond(x: float, y: float, look: str, reach: float = 6) -> Shape:
    way = f"M{x:.1f} {y - reach:.1f}l{reach} {reach} {-reach} {reach} {-reach} {-reach}z"
    return shape("path", d=way, class_=f"picture-{look}", fill="currentColor")


def line(
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    look: str,
    *,
    wide: float = 1,
    gaps: str = "none",
    fade: str = "1",
) -> Shape:
    way = {"x1": x, "y1": y, "x2": to_x, "y2": to_y}
    looks = f"picture-{look}"
    return shape(
        "line",
        class_=looks,
        stroke="currentColor",
        stroke_width=wide,
        stroke_dasharray=gaps,
        stroke_opacity=fade,
        **way,
    )


def hatched(x: float, y: float, long: float, high: float) -> Shape:
    """Stands where a number would be that is not told; as long for every such number."""
    starts = range(5 - int(high), int(long), 6)
    way = "".join(_stroke(x, y, start, long, high) for start in starts)
    strokes = shape("path", d=way, fill="none", stroke="currentColor", stroke_width=1.3)
    around = shape(
        "rect", x=x, y=y, width=long, height=high, rx=2, fill="none", stroke="currentColor"
    )
    return group(strokes, around, class_="picture-hatched")


def _stroke(x: float, y: float, start: float, long: float, high: float) -> str:
    left, right = max(start, 0.0), min(start + high, long)
    rise = right - left
    return f"M{x + left:.1f} {y + high - (left - start):.1f}l{rise:.1f} {-rise:.1f}"


def key(signs: list[tuple[Shape, str]], top: float) -> tuple[Shape, float]:
    """What the signs mean, and its height; each sign is drawn around (8, 0)."""
    half = WIDTH / 2
    columns = 2 if all(width(clean(said)) <= half - 28 for _, said in signs) else 1
    drawn: list[Shape] = []
    for place, (sign, said) in enumerate(signs):
        x, y = place % columns * half, top + place // columns * 20 + 10
        drawn.append(group(sign, transform=f"translate({x:g} {y:g})"))
        room = WIDTH / columns - 28
        drawn.append(text(said, x + 22, y, room=room, look="quiet", middle=True))
    return group(*drawn, class_="picture-key"), (len(signs) + columns - 1) // columns * 20
