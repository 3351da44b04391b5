"""Checks of finished messages: Telegram takes their HTML, and they are short enough to read."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from bot.check.shown import UNOPENED, Showroom
from bot.core.dialog import Register
from bot.core.message import Message
from bot.errors import BotError
from bot.knowledge import Knowledge, Mistake

LONGEST = 600
ALLOWED = {"b": frozenset[str](), "i": frozenset[str](), "code": frozenset[str](), "a": {"href"}}


def mistakes(kb: Knowledge, dialogs: Register) -> Iterator[Mistake]:
    """Faults of every card side and every text, in every complete language."""
    shown = Showroom(kb, dialogs)
    for lang in kb.languages.complete:
        for entry in kb.entries():
            for message in shown.card(entry, lang) if entry.kind not in UNOPENED else ():
                for what, remedy in _faults(message):
                    yield Mistake(kb.file(entry.id), f"{entry.id}.{lang}", what, remedy)
        for key, text in kb.patterns.items():
            for what, remedy in _said(shown, key, lang) if lang in text else ():
                yield Mistake(kb.file(key), f"{key}.{lang}", what, remedy)


def _said(shown: Showroom, key: str, lang: str) -> Iterator[tuple[str, str]]:
    try:
        message = shown.question(key, lang)
    except (BotError, LookupError):
        # That a pattern cannot be said at all is told elsewhere.
        return
    yield from _faults(message)


def _faults(message: Message) -> Iterator[tuple[str, str]]:
    reader = _Reader()
    reader.feed(message.html)
    reader.close()
    if reader.fault or reader.open:
        what = reader.fault or f"<{reader.open[-1]}> is not closed"
        yield f"Telegram would refuse its HTML: {what}", "Correct the tags"
    if reader.length > LONGEST:
        what = f"the message has {reader.length} characters, at most {LONGEST}"
        yield what, "Shorten it, or let it unfold by buttons"


class _Reader(HTMLParser):
    """Reads simple HTML as Telegram does: few tags, each closed in its turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.fault = ""
        self.length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or {name for name, _ in attrs} - ALLOWED[tag]:
            self.fault = self.fault or f"<{tag}> is not allowed so"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.fault = self.fault or f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.length += len(data)
        if "<" in data:
            self.fault = self.fault or "a < stands alone"
