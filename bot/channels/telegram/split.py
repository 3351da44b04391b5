"""Long messages in parts: never inside a tag, an entity or what reads as one character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

LIMIT = 4096

TOKEN = re.compile(r"<(/?)([a-z]+)[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);|[\s\S]")
JOINER = "\u200d"


def units(html: str) -> int:
    """The length of `html` as Telegram counts it: UTF-16 units without tags."""
    return sum(_units(piece) for piece in _pieces(html))


def split(html: str, limit: int = LIMIT) -> list[str]:
    """`html` in parts of at most `limit` UTF-16 units each, every one with its tags closed."""
    if len(html.encode("utf-16-le")) // 2 <= limit:
        return [html]
    parts: list[str] = []
    open_tags: list[str] = []
    part: list[str] = []
    length = 0
    for piece in _pieces(html):
        if length + _units(piece) > limit:
            keep = _good_break(part)
            rest = part[keep:]
            before = _tags_open(part[:keep], open_tags)
            parts.append(_closed("".join([*open_tags, *part[:keep]]), before))
            open_tags = before
            part = _without_lead(rest)
            length = sum(_units(p) for p in part)
        part.append(piece)
        length += _units(piece)
    parts.append("".join([*open_tags, *part]))
    return [p for p in parts if units(p)] or [""]


def plain(html: str) -> str:
    """The text alone, as it would be read."""
    return unescape("".join(p for p in _pieces(html) if not _is_tag(p)))


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece[0] == "<"


def _units(piece: str) -> int:
    if _is_tag(piece):
        return 0
    return len(unescape(piece).encode("utf-16-le", "surrogatepass")) // 2


def _pieces(html: str) -> Iterator[str]:
    """Tags, entities and whole characters, in order."""
    held = ""
    for found in TOKEN.finditer(html):
        piece = found.group()
        if len(piece) == 1 and held and _continues(held, piece):
            held += piece
            continue
        if held:
            yield held
        held = piece if len(piece) == 1 else ""
        if not held:
            yield piece
    if held:
        yield held


def _continues(held: str, char: str) -> bool:
    """Whether `char` belongs to the character begun by `held` (marks, emoji sequences, flags)."""
    if len(held) >= 64:
        # Endless combining marks: no reader sees one character there.
        return False
    if held[-1] == JOINER or char == JOINER or unicodedata.category(char) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or (held == "\r" and char == "\n"):
        return True
    flag = "\U0001f1e6" <= char <= "\U0001f1ff"
    return flag and len(held) == 1 and "\U0001f1e6" <= held <= "\U0001f1ff"


def _good_break(part: list[str]) -> int:
    """Where to cut: after the last line break or space of the second half, else at the end."""
    for wanted in ("\n", " "):
        for n in range(len(part) - 1, len(part) // 2, -1):
            if part[n] == wanted:
                return n
    return len(part)


def _without_lead(rest: list[str]) -> list[str]:
    return rest[1:] if rest and rest[0] in ("\n", " ") else rest


def _tags_open(part: list[str], before: list[str]) -> list[str]:
    found = list(before)
    for piece in part:
        if _is_tag(piece):
            if piece[1] == "/":
                found = found[:-1]
            else:
                found.append(piece)
    return found


def _closed(html: str, tags: list[str]) -> str:
    names = (re.match(r"<([a-z]+)", tag) for tag in reversed(tags))
    return html + "".join(f"</{m.group(1)}>" for m in names if m)
