"""Aiken, the plainest format: a question, its options under letters, `ANSWER: B`.

It carries questions with one right answer, and neither explanation, topic, id nor line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.quiz.found import MOST_OPTIONS, Found, Mistake, Written, in_line, shortened, texts
from bot.quiz.item import LETTERS, Item, said

_OPTION = re.compile(r"([A-Za-z])[.)]\s+(.*)")
_BARE = re.compile(r"([A-Za-z])[.)]")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
_LETTER = re.compile(r"([A-Za-z])[.)]?")


def write(items: Iterable[Item], language: str) -> Written:
    """What Aiken can carry; the others are named."""
    blocks, left_out = [], []
    for item in items:
        lines = [*_lines(item, language)] if item.has_one_answer else []
        if not lines or _misread(lines[0]):
            left_out.append(item.id)
        else:
            blocks.append("\n".join([*lines, ""]))
    return Written("\n".join(blocks), tuple(left_out))


def _lines(item: Item, language: str) -> Iterator[str]:
    yield in_line(said(item.text, language))
    for letter, option in zip(LETTERS, item.options, strict=False):
        yield f"{letter}. {in_line(said(option, language))}"
    yield f"ANSWER: {LETTERS[item.right[0]]}"


def _misread(question: str) -> bool:
    """Whether a program would take the question for an option or an answer."""
    return bool(_OPTION.match(question) or _BARE.fullmatch(question) or _ANSWER.match(question))


@dataclass(slots=True)
class _Block:
    """What was read of one question so far."""

    line: int = 0
    words: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    wrong: Mistake | None = None
    parted: bool = False

    def add(self, number: int, line: str) -> None:
        self.line = self.line or number
        option = _OPTION.fullmatch(line) or _BARE.fullmatch(line)
        if option and self._is_next(option[1].upper(), number, line):
            self.options.append(option[2] if option.re is _OPTION else "")
            self.at.append(number)
        elif not self.options:
            self.words.append(line)
        elif not option:
            self._fault(number, "quiz_file.aiken_line", {"typed": shortened(line)})

    def _is_next(self, letter: str, number: int, line: str) -> bool:
        """Whether the letter follows; a question may itself begin like "I. Kant wrote"."""
        place = len(self.options)
        expected = chr(ord("A") + place)
        if self.options and letter != expected:
            values = {"letter": expected, "typed": shortened(line)}
            self._fault(number, "quiz_file.letter_order", values)
        return letter == expected

    def _fault(self, number: int, key: str, values: dict[str, str]) -> None:
        self.wrong = self.wrong or Mistake(number, key, values)


def found(text: str, language: str) -> Iterator[Found | Mistake]:
    """Every question of an Aiken file, or why it cannot be played."""
    block = _Block()
    for number, raw in enumerate(text.split("\n"), 1):
        line = in_line(raw)
        if not line:
            block.parted = bool(block.options)
        elif answer := _ANSWER.fullmatch(line):
            yield _ended(block, number, answer[1], language)
            block = _Block()
        else:
            if block.parted and not _OPTION.fullmatch(line):
                yield Mistake(block.line, "quiz_file.answer_missing")
                block = _Block()
            block.parted = False
            block.add(number, line)
    if block.line:
        yield Mistake(block.line, "quiz_file.answer_missing")


def _ended(block: _Block, number: int, answer: str, language: str) -> Found | Mistake:
    if block.wrong:
        return block.wrong
    if len(block.options) > MOST_OPTIONS:
        values = {"n": len(block.options), "most": MOST_OPTIONS}
        return Mistake(block.line, "quiz_file.many_options", values)
    letter = _LETTER.fullmatch(answer)
    place = LETTERS.find(letter[1].upper()) if letter else -1
    if block.options and not 0 <= place < len(block.options):
        return Mistake(number, "quiz_file.answer_letter", {"typed": shortened(answer)})
    item = Item(
        id="",
        kind="single",
        text=texts("\n".join(block.words), language),
        options=tuple(texts(option, language) for option in block.options),
        right=(place,),
    )
    return Found(block.line or number, item, tuple(block.at))
