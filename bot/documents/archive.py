"""A workbook that somebody sent, packed anew from what was measured: small, and quick to read."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as PackedError  # noqa: N812

PIECE = 65_536
MOST_PARTS = 200
# These unpack no more than they are asked for; the others a whole block, however much is in it.
METHODS = frozenset({ZIP_STORED, ZIP_DEFLATED})
FAULTS = (
    *(BadZipFile, PackedError, struct.error, EOFError, OSError, KeyError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError),
)
# What people type lies in these; all other parts say how it looks.
WORDS = ("xl/worksheets/", "xl/sharedStrings")


class BrokenError(Exception):
    """The file cannot be read."""


class TooMuchError(Exception):
    """The file holds more than it may."""


@dataclass(slots=True)
class Allowance:
    """What is left of something that a file may use up."""

    left: int

    def take(self, n: int = 1) -> None:
        self.left -= n
        if self.left < 0:
            raise TooMuchError


class Measure:
    """What a workbook may hold, far more than 500 questions need: bytes and marks of words and of
    looks, of which each costs more to read.
    """

    def __init__(self) -> None:
        self._words = Allowance(8_000_000), Allowance(400_000)
        self._looks = Allowance(150_000), Allowance(10_000)

    def take(self, name: str, piece: bytes) -> None:
        """Raises TooMuchError."""
        room, marks = self._words if name.startswith(WORDS) else self._looks
        room.take(len(piece))
        marks.take(piece.count(b"<"))


def measured(data: bytes) -> bytes:
    """The same archive without what nobody reads. Raises BrokenError, TooMuchError."""
    out, measure = io.BytesIO(), Measure()
    try:
        with ZipFile(io.BytesIO(data)) as sent, ZipFile(out, "w", ZIP_STORED) as kept:
            parts = sent.infolist()
            if len(parts) > MOST_PARTS:
                raise TooMuchError
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    kept.writestr(part.filename, _text(sent, part, measure))
    except FAULTS as error:
        raise BrokenError from error
    return out.getvalue()


def _text(sent: ZipFile, part: ZipInfo, measure: Measure) -> bytes:
    """One part, as far as it may be read; no part defines words of its own."""
    if part.compress_type not in METHODS:
        raise BrokenError
    text = b"".join(_pieces(sent, part, measure))
    if b"\0" in text or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise BrokenError
    return text


def _pieces(sent: ZipFile, part: ZipInfo, measure: Measure) -> Iterator[bytes]:
    # What the archive says of a part's size may be wrong: only what comes out is counted.
    with sent.open(part) as unpacked:
        while piece := unpacked.read(PIECE):
            measure.take(part.filename, piece)
            yield piece
