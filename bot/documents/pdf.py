"""Sets a template and its data as PDF; what people typed is data there, never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.core.say import Value
from bot.pictures.svg import clean

if TYPE_CHECKING:
    from typst import PDFStandard

HERE = Path(__file__).parent
ACCESSIBLE: list[PDFStandard] = ["ua-1"]
# From the first to the last resort: letters built in, so that the same data give the same file
# everywhere; the machine's own for a script these lack; and for a letter nobody has, an empty box
# in a file that no longer promises to be readable aloud as a whole.
WAYS: tuple[tuple[bool, list[PDFStandard]], ...] = (
    (True, ACCESSIBLE),
    (False, ACCESSIBLE),
    (False, []),
)

Data = str | int | bool | Mapping[str, "Data"] | list["Data"]


class Saying(Protocol):
    """Says a text of `knowledge/dialogs` in the language of the document."""

    def __call__(self, key: str, /, **values: Value) -> str: ...


def pdf(template: str, data: Mapping[str, Data], day: date) -> bytes:
    """An A4 document of `<template>.typ`, dated `day`: the same data give the same bytes.

    The template reads `data` with `lang` and `title` among them.
    """
    # Loading it takes longer than a page may; nobody but a document needs it.
    import typst

    inputs = {"data": json.dumps(_cleaned(data))}
    refused: Exception | None = None
    for built_in, standards in WAYS:
        try:
            return typst.compile(
                str(HERE / f"{template}.typ"),
                root=str(HERE),
                format="pdf",
                ignore_system_fonts=built_in,
                sys_inputs=inputs,
                pdf_standards=standards,
                timestamp=datetime.combine(day, time(), UTC),
            )
        except typst.TypstError as error:
            refused = error
    raise refused or AssertionError


def lines(text: str) -> str:
    """`text` without signs no document can hold, its lines kept."""
    return "\n".join(filter(None, map(clean, text.splitlines())))


def _cleaned(data: Data) -> Data:
    if isinstance(data, str):
        return lines(data)
    if isinstance(data, Mapping):
        return {name: _cleaned(inside) for name, inside in data.items()}
    return [_cleaned(inside) for inside in data] if isinstance(data, list) else data
