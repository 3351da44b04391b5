"""The texts inside a GIFT file: signs behind a backslash, and `[html]` that becomes plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from bot.quiz.found import Mistake, clean

# Escaped signs are put out of sight as signs that no text holds by then.
_ESCAPED = {"\\": "\x01", "~": "\x02", "=": "\x03", "#": "\x04", "{": "\x05", "}": "\x06"}
_ESCAPED |= {":": "\x07", "n": "\x08"}
_PAIR = re.compile(r"\\([\\~=#{}:n])")
_HIDDEN = re.compile("[\x01-\x08]")
_SHOWN = {hidden: sign for sign, hidden in _ESCAPED.items()} | {"\x08": "\n"}
_MARK = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
# No question is as long, and what follows should not be tried on more.
LONGEST_MARKED = 20_000
_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
_MARKDOWN_PICTURE = re.compile(r"!\[[^\[\]]*\]\(")
_UNSEEN = re.compile(r"<!--|-->|<(/?)(?:style|script)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr)\s*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
# Without a mark a text may hold tags all the same; but "a <b and c> d" stays as it is.
_NAMES = "a|b|big|br|code|div|em|font|h[1-6]|i|li|ol|p|pre|small|span|strong|sub|sup|u|ul"
_KNOWN_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_STRONG = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_STRESS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_]+)(?<=\S)\1(?![\w*_])")
_HEADING = re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE)


class Unplayable(Exception):  # noqa: N818
    """A question that has to be mended first; `mistake` tells how."""

    def __init__(self, line: int, key: str, values: dict[str, str | int] | None = None) -> None:
        super().__init__(key)
        self.mistake = Mistake(line, key, values or {})


@dataclass(frozen=True, slots=True)
class Body:
    """A piece of the file, escaped signs out of sight, that begins at the line `first`."""

    text: str
    first: int

    def line(self, at: int, forward: bool = False) -> int:
        """The line of a place; `forward`: of the first word from there on."""
        if forward:
            rest = self.text[at:]
            at += len(rest) - len(rest.lstrip())
        return self.first + self.text.count("\n", 0, at)

    def part(self, begin: int, end: int) -> Body:
        return Body(self.text[begin:end], self.line(begin))


def masked(text: str) -> str:
    """`text` with escaped signs out of sight."""
    return _PAIR.sub(lambda found: _ESCAPED[found[1]], text)


def shown(text: str) -> str:
    """`text` with escaped signs as signs."""
    return _HIDDEN.sub(lambda found: _SHOWN[found[0]], text)


def plain(text: str, form: str, line: int) -> tuple[str, str]:
    """The words of a masked text, and its form: its own mark, or else `form`."""
    mark = _MARK.match(text)
    if mark:
        form, text = mark[1].lower(), text[mark.end() :]
    words = shown(text)
    if form != "plain":
        if len(words) > LONGEST_MARKED:
            raise Unplayable(line, "quiz_file.marked_long", {"most": LONGEST_MARKED})
        if _PICTURE.search(words) or (form == "markdown" and _MARKDOWN_PICTURE.search(words)):
            raise Unplayable(line, "quiz_file.picture")
        words = _stripped(words, form)
    return clean(words), form


def _seen(words: str) -> str:
    """HTML without what a reader never sees: comments, styles, scripts."""
    kept, at, hidden = [], 0, False
    for mark in _UNSEEN.finditer(words):
        opens = mark[0] == "<!--" or mark[1] == ""
        if opens and not hidden:
            kept.append(words[at : mark.start()])
            at, hidden = mark.start(), True
        elif hidden and not opens:
            at, hidden = mark.end(), False
    return "".join([*kept, words[at:]])


def _stripped(words: str, form: str) -> str:
    words = _BREAK.sub("\n", _seen(words) if form == "html" else words)
    if form == "markdown":
        words = _HEADING.sub("", _LINK.sub(r"\1", words))
        words = _STRESS.sub(r"\2", _STRONG.sub(r"\2", words))
    words = (_KNOWN_TAG if form == "moodle" else _ANY_TAG).sub("", words)
    return _ENTITY.sub(lambda found: unescape(found[0]), words)
