"""The conversation as staff may read it: what is private leaves a quiet line, no words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from bot.store.exchange import Written
from bot.store.lines import Line

PAGE = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """One message, or `hidden` messages in a row that are not shown. `who`: who wrote it."""

    who: str
    html: Markup
    at: datetime
    hidden: int = 0


def transcript(lines: Sequence[Line]) -> tuple[Shown, ...]:
    """The lines as the page shows them, oldest first."""
    return tuple(_grouped(lines))


def _grouped(lines: Sequence[Line]) -> Iterator[Shown]:
    hidden: list[Line] = []
    for line in lines:
        if not line.shown:
            hidden.append(line)
            continue
        if hidden:
            yield Shown("", Markup(), hidden[0].at, len(hidden))
            hidden = []
        yield Shown(line.author, _html(line.author, line.message.html), line.at)
    if hidden:
        yield Shown("", Markup(), hidden[0].at, len(hidden))


def exchange(written: Sequence[Written]) -> tuple[Shown, ...]:
    """What both sides wrote while staff has the conversation."""
    return tuple(Shown(each.author, _html(each.author, each.text), each.at) for each in written)


def _html(author: str, text: str) -> Markup:
    """Paragraphs; a founder's words are plain text, the others simple HTML."""
    # The renderer and the deed have escaped whatever people typed into theirs.
    safe = escape(text) if author == "founder" else Markup(text)  # noqa: S704
    parts = (part.replace("\n", Markup("<br>")) for part in safe.split("\n\n"))
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)
