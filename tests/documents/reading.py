"""Reads the words of a PDF back, as a reader's copy and paste would give them."""

from __future__ import annotations

import re
import zlib

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n")
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
MAPPED = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>")
# A font is chosen, letters begin, or all letters since the last time are shown.
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\(|T[jJ]\b")
INSIDE = re.compile(rb"\\[0-7]{1,3}|\\.|[()]", re.DOTALL)


def text_of(pdf: bytes) -> str:
    """All pages, one run of letters a line."""
    objects = {int(m[1]): pdf[m.end() :] for m in OBJECT.finditer(pdf)}
    return "\n".join(line for page in _pages(objects) for line in page)


def words_of(pdf: bytes) -> str:
    """The same on one line: where a line was broken does not matter."""
    return " ".join(text_of(pdf).replace("\u200b", "").split())


def pages(pdf: bytes) -> int:
    return pdf.count(b"<</Type/Page/")


def _pages(objects: dict[int, bytes]) -> list[list[str]]:
    found = []
    for body in objects.values():
        if not body.startswith(b"<</Type/Page/"):
            continue
        resources = objects[_number(rb"/Resources (\d+)", body)]
        # The fonts alone, up to the end of their own list.
        fonts = re.findall(rb"/(f\d+) (\d+) 0 R", resources[: resources.index(b"endobj")])
        letters = {name: _letters(objects, int(number)) for name, number in fonts}
        found.append(_lines(_stream(objects[_number(rb"/Contents (\d+)", body)]), letters))
    return found


def _lines(content: bytes, letters: dict[bytes, dict[int, str]]) -> list[str]:
    lines, font, raw, at = [], b"", b"", 0
    while found := SHOWN.search(content, at):
        at = found.end()
        if found[0] == b"(":
            end = _end(content, at)
            raw += ESCAPE.sub(_unescaped, content[at : end - 1])
            at = end
        elif found[1]:
            # What stood in brackets before was a language or a label.
            font, raw = found[1], b""
        else:
            glyphs = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
            lines.append("".join(letters[font].get(glyph, "\ufffd") for glyph in glyphs))
            raw = b""
    return lines


def _end(content: bytes, at: int) -> int:
    """Where a string ends: brackets within it may stand as they are, if they come in pairs."""
    depth = 1
    for found in INSIDE.finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    raise ValueError("a string does not end")


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    table = _stream(objects[_number(rb"/ToUnicode (\d+)", objects[font])]).decode()
    pairs = MAPPED.findall(table[table.index("beginbfchar") :]) if "beginbfchar" in table else []
    return {int(glyph, 16): bytes.fromhex(said).decode("utf-16-be") for glyph, said in pairs}


def _stream(body: bytes) -> bytes:
    start = body.index(b"stream\n")
    length = _number(rb"/Length (\d+)", body[:start])
    raw = body[start + 7 : start + 7 + length]
    return zlib.decompress(raw) if b"FlateDecode" in body[:start] else raw


def _number(pattern: bytes, body: bytes) -> int:
    found = re.search(pattern, body)
    assert found, pattern
    return int(found[1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if sign[:1] in b"01234567" else NAMED.get(sign, sign)
