"""The one door for files of questions: GIFT, Aiken and CSV, told apart, read and written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.quiz import aiken, comma, gift, table
from bot.quiz.found import (
    LARGEST,
    OWN,
    Found,
    Limits,
    Mistake,
    Read,
    Written,
    gathered,
)
from bot.quiz.item import Item

__all__ = ["FORMATS", "OWN", "Limits", "Mistake", "Read", "Written", "read", "write"]

_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENDINGS = {"gift": "gift", "csv": "csv", "tsv": "csv", "aiken": "aiken"}
_AIKEN = re.compile(r"^[ \t]*ANSWER[ \t]*:", re.IGNORECASE | re.MULTILINE)
_BRACES = re.compile(r"(?<!\\)\{")
_LETTERED = re.compile(r"^[ \t]*A[.)][ \t]", re.IGNORECASE | re.MULTILINE)
# Signs that stand at the beginning of pictures, documents and archives.
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"RIFF")


def _from_table(text: str, language: str) -> Iterator[Found | Mistake]:
    return table.found(comma.read(text), language)


def _to_table(items: Iterable[Item], language: str) -> Written:
    return Written(comma.write(table.rows(items, language), language))


READERS: Mapping[str, Callable[[str, str], Iterator[Found | Mistake]]] = {
    "gift": gift.found,
    "aiken": aiken.found,
    "csv": _from_table,
}
WRITERS: Mapping[str, Callable[[Iterable[Item], str], Written]] = {
    "gift": gift.write,
    "aiken": aiken.write,
    "csv": _to_table,
}
FORMATS = tuple(WRITERS)


def write(form: str, items: Iterable[Item], language: str) -> Written:
    """All items as a file of one of FORMATS, in one language."""
    return WRITERS[form](items, language)


def read(name: str, data: bytes, language: str, limits: Limits = OWN) -> Read:
    """The questions of a file; `name` is a format, or a file's name, which only gives a hint."""
    text = decoded(data)
    if isinstance(text, Mistake):
        return Read((), (text,))
    forms = told(name, text)
    if not forms:
        return Read((), (Mistake(0, "quiz_file.unknown"),))
    reads = (gathered(READERS[form](text, language), language, limits, form) for form in forms)
    return max(reads, key=_understood)


def _understood(found: Read) -> tuple[int, int]:
    """How well a file was understood: its questions, and the mistakes beside them."""
    return len(found.items), -len(found.mistakes) if found.items else 0


def decoded(data: bytes) -> str | Mistake:
    """The words of a file, one kind of line end; a mistake where it holds none."""
    if len(data) > LARGEST:
        return Mistake(0, "quiz_file.too_large", {"most": LARGEST // 1_000_000})
    if not data.strip():
        return Mistake(0, "quiz_file.empty")
    if data.startswith(_MAGIC):
        return Mistake(0, "quiz_file.binary")
    try:
        text = data.decode(_BOMS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        if b"\0" in data or len(_UNSEEN.findall(data.decode("latin-1"))) > len(data) // 50:
            return Mistake(0, "quiz_file.binary")
        return Mistake(data.count(b"\n", 0, error.start) + 1, "quiz_file.encoding")
    if "\0" in text:
        return Mistake(0, "quiz_file.binary")
    lines = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return lines if lines.strip() else Mistake(0, "quiz_file.empty")


def told(name: str, text: str) -> tuple[str, ...]:
    """The format, by the name or else by what stands in the file; none where neither tells.

    A question may hold the signs of another format: then all are named, the clearest first.
    """
    ending = name.rpartition(".")[2].casefold()
    if ending in _ENDINGS:
        return (_ENDINGS[ending],)
    head = text.lstrip("\ufeff\n ").partition("\n")[0].casefold()
    is_table = {"question", "right"} <= set(re.findall(r"\w+", head)) and re.search("[,;\t]", head)
    braces, answers = len(_BRACES.findall(text)), len(_AIKEN.findall(text))
    is_lettered = answers >= braces and _LETTERED.search(text)
    by_signs = ("aiken", "gift") if is_lettered else ("gift", "aiken")
    signs = {"gift": braces, "aiken": answers}
    return (*(("csv",) if is_table else ()), *(form for form in by_signs if signs[form]))
