"""Builds svg elements: escapes, measures, shortens and breaks text, and frames a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import NewType

# Markup that is safe to put into a page; a plain str never is.
Shape = NewType("Shape", str)

# Drawn at about the width of a phone, so that a letter has there the size it is given here.
WIDTH = 360
SIZE = 12
LEADING = 1.2
ELLIPSIS = "…"

_NARROW = frozenset("iIjlftr1 .,:;'’|!()[]-/\u00a0\u202f")
_BROAD = frozenset("mwMW@%&<>=+—…")
_JOINER = "\u200d"
# These looks are bold, and bold letters are broader.
_BOLD = {"heading": 1.12, "number": 1.12, "flag": 1.12, "today-words": 1.12}


def shape(tag: str, *inside: Shape, **attributes: str | float) -> Shape:
    """One element; `class_` becomes class, `stroke_width` stroke-width."""
    said = "".join(f' {_name(name)}="{_value(value)}"' for name, value in attributes.items())
    return Shape(f"<{tag}{said}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{said}/>")


def group(*inside: Shape, **attributes: str | float) -> Shape:
    return shape("g", *inside, **attributes)


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return escape(clean(value)) if isinstance(value, str) else f"{round(value, 1):g}"


def clean(said: str) -> str:
    """On one line, without what XML does not allow or what would turn the text around it."""
    kept = (c if unicodedata.category(c) not in ("Cc", "Zl", "Zp") else " " for c in said)
    return " ".join("".join(c for c in kept if not _forbidden(c)).split())


def _forbidden(char: str) -> bool:
    lone_or_none = unicodedata.category(char) in ("Cs", "Cn")
    return lone_or_none or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def title(said: str) -> Shape:
    return Shape(f"<title>{escape(clean(said))}</title>")


def width(said: str, size: float = SIZE) -> float:
    """About how wide it becomes; rather too wide, since every reader has another typeface."""
    return size * sum(map(_advance, said))


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.38
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.category(char) == "So" or unicodedata.east_asian_width(char) in "WF":
        return 1.3
    return 0.95 if char in _BROAD else 0.72 if char.isupper() else 0.61


def shortened(said: str, room: float, size: float = SIZE) -> str:
    """Cut with an ellipsis if it does not fit, never within one visible sign."""
    if width(said, size) <= room:
        return said
    kept, left = 0, room - width(ELLIPSIS, size)
    for place, char in enumerate(said):
        left -= width(char, size)
        if left < 0:
            break
        kept = place + 1
    while kept and _joined(said, kept):
        kept -= 1
    return said[:kept].rstrip() + ELLIPSIS


def _joined(said: str, place: int) -> bool:
    after = said[place : place + 1]
    skin = "\U0001f3fb" <= after <= "\U0001f3ff"
    mark = bool(after) and unicodedata.category(after) in ("Mn", "Me", "Mc")
    return mark or skin or after == _JOINER or said[place - 1] == _JOINER


def broken(said: str, room: float, lines: int = 1, size: float = SIZE) -> tuple[str, ...]:
    """Broken between words into at most so many lines; the last one is cut if it must be."""
    done: list[str] = []
    words = clean(said).split(" ")
    while len(done) < lines - 1 and words:
        fits = _fitting(words, room, size)
        done.append(shortened(" ".join(words[:fits]), room, size))
        words = words[fits:]
    return (*done, shortened(" ".join(words), room, size)) if words else tuple(done)


def _fitting(words: list[str], room: float, size: float) -> int:
    fits = 1
    while fits < len(words) and width(" ".join(words[: fits + 1]), size) <= room:
        fits += 1
    return fits


def block(
    shown: tuple[str, ...],
    whole: str,
    x: float,
    y: float,
    *,
    size: float = SIZE,
    look: str = "words",
    anchor: str = "start",
    middle: bool = False,
) -> Shape:
    """Lines below each other; y is the foot of the first one, or the middle of them all."""
    if not any(shown):
        return Shape("")
    first = y + size * (0.36 - (len(shown) - 1) * LEADING / 2) if middle else y
    rows = [
        shape("tspan", Shape(escape(line)), x=x, y=first + place * size * LEADING)
        for place, line in enumerate(shown)
        if line
    ]
    hidden = [] if " ".join(shown) == clean(whole) else [title(whole)]
    looks: dict[str, str | float] = {"class_": f"picture-{look}", "font_size": size}
    return shape("text", *hidden, *rows, text_anchor=anchor, fill="currentColor", **looks)


def text(
    said: str,
    x: float,
    y: float,
    *,
    room: float,
    lines: int = 1,
    size: float = SIZE,
    look: str = "words",
    anchor: str = "start",
    middle: bool = False,
) -> Shape:
    """A text, broken and cut to its room; the whole of it is in its title if it was cut."""
    shown = broken(said, room, lines, size * _BOLD.get(look, 1))
    return block(shown, said, x, y, size=size, look=look, anchor=anchor, middle=middle)


def picture(name: str, label: str, told: Iterable[str], height: float, *inside: Shape) -> str:
    """The whole drawing. `told`: the same facts in sentences, for those who do not see it."""
    facts = Shape(f"<desc>{escape(' · '.join(clean(each) for each in told if each))}</desc>")
    return shape(
        "svg",
        facts,
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"picture picture-of-{name}",
        role="img",
        aria_label=label,
        viewBox=f"0 0 {WIDTH} {height:g}",
        width=WIDTH,
        height=height,
        font_family="sans-serif",
        fill="currentColor",
    )
