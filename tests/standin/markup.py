"""Telegram's HTML as its server reads it: what it refuses, and in which words."""

from __future__ import annotations

import re
from html import unescape

TAGS = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre",
    "span", "tg-spoiler", "tg-emoji", "blockquote",
}  # fmt: skip
ENTITIES = {"lt", "gt", "amp", "quot"}
TOKEN = re.compile(r"<(/?)([^<>]*)>|<|&(#?\w+);?|[^<&]+|&")


class MarkupError(Exception):
    """The description of a 400."""


def text_of(html: str) -> str:
    """The text after parsing; raises MarkupError as the server would word it."""
    open_tags: list[str] = []
    text: list[str] = []
    for found in TOKEN.finditer(html):
        at = len(html[: found.start()].encode("utf-8", "replace"))
        whole = found.group()
        if whole == "<":
            raise MarkupError(f"Unclosed start tag at byte offset {at}")
        if whole[0] == "<":
            _tag(found, at, open_tags)
        else:
            text.append(_text(whole))
    if open_tags:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(text)


def _text(piece: str) -> str:
    name = re.fullmatch(r"&(#?\w+);", piece)
    if name and (name[1] in ENTITIES or name[1].startswith("#")):
        return unescape(piece)
    # Other entities are left as they stand.
    return piece


def _tag(found: re.Match[str], at: int, open_tags: list[str]) -> None:
    name = (found[2].split() or [""])[0].lower()
    if found[1]:
        if not open_tags:
            raise MarkupError(f"Unexpected end tag at byte offset {at}")
        if open_tags[-1] != name:
            raise MarkupError(
                f'Unmatched end tag at byte offset {at}, expected "</{open_tags[-1]}>",'
                f' found "</{name}>"'
            )
        open_tags.pop()
        return
    if name not in TAGS:
        raise MarkupError(f'Unsupported start tag "{name}" at byte offset {at}')
    open_tags.append(name)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
