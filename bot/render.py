"""Render: keys and values become the words of one language. Fluent and Babel live here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from html import escape

from babel.dates import get_month_names
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentNone, fluent_date

from bot.core.message import Button, Message
from bot.core.say import Choice, Lines, Listing, Say, Spoken, Value, Words
from bot.errors import BotError
from bot.knowledge import Knowledge
from bot.knowledge.text import typeset

FALLBACKS = ("en", "fr")
# English as most of our readers write it: 12 March 2027; a, b and c.
LOCALES = {"en": "en_GB"}
LABEL_LIMIT = 64
LONG = 2000
# Babel writes "1 mars 2027"; French says "1er mars".
MONTHS = get_month_names("wide", locale="fr").values()
FIRST_OF = re.compile(rf"\b1 (?=(?:{'|'.join(MONTHS)}) \d{{4}}\b)")


class RenderError(BotError):
    """A key without words, or a pattern that lacks one of its values."""


class Renderer:
    """Finds words by key and language; what people typed is escaped, never markup."""

    def __init__(self, kb: Knowledge) -> None:
        self._kb = kb
        self._tongues: dict[str, Tongue] = {}

    def message(self, say: Say, language: str, nonce: int) -> Message:
        """`say` as a channel-neutral message in `language`."""
        html = self.html(say.words, language)
        if say.head:
            html = f"<i>{self.html(say.head, language)}</i>\n\n{html}"
        buttons = tuple(self._button(choice, language) for choice in say.choices)
        return Message(_tidy(html), buttons, nonce if buttons else 0, say.toast)

    def html(self, words: Words | str, language: str) -> str:
        """Words as simple HTML."""
        return self._say(words, language, escaped=True)

    def plain(self, words: Words | str, language: str) -> str:
        """Words as plain text: labels, file names, JSON."""
        return self._say(words, language, escaped=False)

    def pattern(self, key: str, values: Mapping[str, Value], language: str) -> str:
        """A pattern as plain text; values as in `Words`."""
        return self.plain(Words(key, values), language)

    def _button(self, choice: Choice, language: str) -> Button:
        label = " ".join(self.plain(choice.label, language).split())
        if isinstance(choice.label, Words):
            label = label[:1].upper() + label[1:]
        if len(label) > LABEL_LIMIT:
            label = label[: LABEL_LIMIT - 1].rsplit(" ", 1)[0] + "…"
        return Button(label, choice.action)

    def _say(self, words: Words | Spoken | str, language: str, escaped: bool) -> str:
        safe = _escape if escaped else str
        if isinstance(words, str):
            return safe(words)
        if isinstance(words, Spoken):
            return safe(_spoken(words.texts, language))
        entry, _, field = words.key.partition("#")
        if field:
            return safe(typeset(self._kb.text(entry, field, language), language))
        values = {k: self._value(v, language, escaped) for k, v in words.values.items()}
        return self._tongue(language).format(words.key, values)

    def _value(self, value: Value, language: str, escaped: bool) -> object:
        if isinstance(value, Lines):
            return "\n".join(self._say(item, language, escaped) for item in value.items)
        if isinstance(value, Listing):
            items = [self._say(item, language, escaped) for item in value.items]
            return format_list(items, locale=LOCALES.get(language, language))
        if isinstance(value, date):
            return fluent_date(value)
        if isinstance(value, int):
            return value
        return self._say(value, language, escaped)

    def _tongue(self, language: str) -> Tongue:
        if language not in self._tongues:
            self._tongues[language] = Tongue(self._kb.patterns, language)
        return self._tongues[language]


class Tongue:
    """The patterns of one language, each parsed when first needed."""

    def __init__(self, patterns: Mapping[str, Mapping[str, str]], language: str) -> None:
        self._patterns = patterns
        self._language = language
        self._said: dict[str, Callable[[Mapping[str, object]], str]] = {}

    @cached_property
    def _bundle(self) -> FluentBundle:
        # Isolation marks would get into every message and break exact texts.
        locale = LOCALES.get(self._language, self._language)
        return FluentBundle([locale.replace("_", "-")], use_isolating=False)

    def format(self, key: str, values: Mapping[str, object]) -> str:
        if key not in self._said:
            self._said[key] = self._made(key)
        return self._said[key](values)

    def _made(self, key: str) -> Callable[[Mapping[str, object]], str]:
        texts = self._patterns.get(key, {})
        language = next((at for at in (self._language, *FALLBACKS) if at in texts), None)
        if language is None:
            raise RenderError(f"{key}: no words for it; add the key under knowledge/")
        text = typeset(texts[language], language)
        if "{" not in text:
            return lambda _: text
        name = key.replace(".", "-")
        self._bundle.add_resource(FluentResource(f"{name} =\n{_indented(text)}\n"))
        return lambda values: self._filled(key, name, values)

    def _filled(self, key: str, name: str, values: Mapping[str, object]) -> str:
        message = self._bundle.get_message(name)
        if message.value is None:
            raise RenderError(f"{key}: the pattern cannot be read; check its braces")
        # Fluent refuses values of more than 2,500 characters; they are put in afterwards.
        long = {n: v for n, v in values.items() if isinstance(v, str) and len(v) > LONG}
        marks = {name: f"\ue000{name}\ue001" for name in long}
        said, problems = self._bundle.format_pattern(message.value, {**values, **marks})
        if problems or isinstance(said, FluentNone):
            raise RenderError(f"{key}: {problems[0] if problems else 'nothing to say'}")
        for name, mark in marks.items():
            said = str(said).replace(mark, long[name])
        return FIRST_OF.sub("1er ", said) if self._language == "fr" else str(said)


def _indented(text: str) -> str:
    """Fluent reads a pattern over several lines when each is indented."""
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _spoken(texts: Mapping[str, str], language: str) -> str:
    """The text in `language`, else in another that is there."""
    found = next((at for at in (language, *FALLBACKS, *texts) if texts.get(at)), "")
    return typeset(texts[found], found) if found else ""


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _tidy(html: str) -> str:
    """Empty values leave gaps; more than one empty line says nothing."""
    lines = [line.rstrip() for line in html.strip().split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept)
