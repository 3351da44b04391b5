"""Reads GIFT as Moodle and people write it; a question that cannot be played becomes a mistake.

Between questions stands an empty line, so that one fault costs one question. Where a question has
no general feedback, the feedback of its right answer serves as its explanation; feedback of wrong
answers is not kept. Tags of other programs are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.quiz.found import Found, Mistake, shortened
from bot.quiz.gift_answers import read_answers
from bot.quiz.gift_text import Body, Unplayable, masked, plain, shown
from bot.quiz.item import KINDS, TOPICS, Item, Kind

# A longer name is Moodle's own, made of the first words of the question.
LONGEST_NAME = 60
# Each piece is told apart by its first sign, so that the search is never lost in tries.
_NOTE = re.compile(
    r"\[(id|tag):((?:\\[\]\\]|\\(?![\]\\])|[^\]\\\x00-\x1f\x7f]){1,200})\]", re.IGNORECASE
)
_NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
_CATEGORY = "$CATEGORY:"


@dataclass(slots=True)
class Block:
    """Lines up to an empty one: `first` is the line it begins at; what is no question is blank."""

    first: int
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def found(text: str, language: str) -> Iterator[Found | Mistake]:
    """Every question of a GIFT file, or why it cannot be played."""
    for block in _blocks(text):
        body = Body(masked("\n".join(block.lines)), block.first)
        if not body.text.strip():
            continue
        try:
            yield _question(body, _Notes(block.comments), language)
        except Unplayable as wrong:
            yield wrong.mistake


def _blocks(text: str) -> Iterator[Block]:
    block = Block(1)
    for number, line in enumerate(text.split("\n"), 1):
        begins = line.strip()
        if not begins:
            yield block
            block = Block(number + 1)
        elif begins.startswith("//"):
            block.comments.append(begins)
            block.lines.append("")
        else:
            block.lines.append("" if begins.startswith(_CATEGORY) else line)
    yield block


class _Notes:
    """What the comment before a question tells: its id and its tags."""

    def __init__(self, comments: list[str]) -> None:
        found = [(k.lower(), _unnoted(v)) for c in comments for k, v in _NOTE.findall(c)]
        self.id = next((value for kind, value in found if kind == "id"), "")
        self._tags = [value.partition(":") for kind, value in found if kind == "tag"]
        self.editorial = any(tag == "editorial" for tag, _, _ in self._tags)

    def all(self, label: str) -> tuple[str, ...]:
        return tuple(value for tag, _, value in self._tags if tag == label)

    @property
    def kind(self) -> Kind | None:
        return next((kind for kind in KINDS if kind in self.all("kind")), None)

    @property
    def topic(self) -> str:
        return next((topic for topic in self.all("topic") if topic in TOPICS), "")

    @property
    def difficulty(self) -> int:
        return next((int(each) for each in self.all("difficulty") if each in {"1", "2", "3"}), 2)


def _unnoted(text: str) -> str:
    return re.sub(r"\\([\]\\])", r"\1", text).strip()


def _question(body: Body, notes: _Notes, language: str) -> Found:
    name = _NAME.match(body.text)
    begin = name.end() if name else 0
    opened, closed = _braces(body, begin)
    stem, form = plain(body.text[begin:opened], "moodle", body.line(begin, forward=True))
    answers = read_answers(body.part(opened + 1, closed), form, notes.kind, language)
    title = plain(name[1], "plain", body.first)[0] if name else ""
    item = Item(
        id=notes.id or (title if len(title) <= LONGEST_NAME and "\n" not in title else ""),
        kind=answers.kind,
        text={language: stem} if stem else {},
        options=tuple({language: option} if option else {} for option in answers.options),
        right=answers.right,
        explanation={language: answers.why} if answers.why else {},
        topic=notes.topic,
        difficulty=notes.difficulty,
        about=notes.all("about"),
        sources=notes.all("source"),
        editorial=notes.editorial,
    )
    return Found(body.line(begin, forward=True), item, answers.at)


def _braces(body: Body, begin: int) -> tuple[int, int]:
    """Where the answers are; Unplayable where that is not clear, or is not at the end."""
    text = body.text
    opened = text.find("{", begin)
    closed = text.find("}", begin)
    line = body.line(begin, forward=True)
    if opened < 0 and closed < 0:
        quoted = shortened(shown(text[begin : begin + 200]))
        raise Unplayable(line, "quiz_file.no_answers", {"typed": quoted})
    if opened < 0 or 0 <= closed < opened:
        raise Unplayable(line, "quiz_file.not_opened")
    if closed < 0 or text.find("{", opened + 1, closed) >= 0:
        raise Unplayable(line, "quiz_file.not_closed")
    _nothing_after(body, closed + 1)
    return opened, closed


def _nothing_after(body: Body, at: int) -> None:
    after = body.text[at:].strip()
    if not after or (after.startswith("//") and "\n" not in after):
        return
    line = body.line(at, forward=True)
    raise Unplayable(line, "quiz_file.run_together" if "{" in after else "quiz_file.gap")
