"""Writes questions as GIFT, so that Moodle takes them and we read them back without loss.

What GIFT has no words for stands in the comment before a question, as Moodle itself keeps ids and
tags there. One right answer is `=`; several share 100 %, and each wrong one takes all of it away,
as only the whole answer is right with us. An order is a matching question with numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.quiz.found import Written, clean, in_line, true_false
from bot.quiz.item import Item, said

WRONG = "~%-100%"
_SPECIAL = str.maketrans(
    {"\n": "\\n", **{sign: f"\\{sign}" for sign in ("\\", "~", "=", "#", "{", "}", ":")}}
)
# Without a mark Moodle reads a text as HTML.
_AS_HTML = re.compile("[<&]")
PLAIN = "[plain]"


def write(items: Iterable[Item], language: str) -> Written:
    """All items in one language; nothing has to be left out."""
    return Written("\n".join(_question(item, language) for item in items))


def _question(item: Item, language: str) -> str:
    name = in_line(item.id)
    text = clean(said(item.text, language))
    options = [clean(said(option, language)) for option in item.options]
    why = clean(said(item.explanation, language))
    mark = (
        PLAIN if _AS_HTML.search("\n".join([text, *options, why])) or text.startswith("[") else ""
    )
    answers = [f"\t{line}" for line in _answers(item, options, language)]
    if why:
        answers.append(f"\t####{_part(why)}")
    head = [f"// {' '.join(_notes(item, name))}", f"::{escaped(name)}::{mark}{escaped(text)} {{"]
    return "\n".join([*head, *answers, "}", ""])


def _notes(item: Item, name: str) -> Iterator[str]:
    """The comment: id and tags."""
    yield f"[id:{_noted(name)}]"
    if item.topic:
        yield f"[tag:topic:{_noted(item.topic)}]"
    yield f"[tag:difficulty:{item.difficulty}]"
    yield f"[tag:kind:{item.kind}]"
    for label, names in (("about", item.about), ("source", item.sources)):
        yield from (f"[tag:{label}:{_noted(in_line(each))}]" for each in names)
    if item.editorial:
        yield "[tag:editorial]"


def _answers(item: Item, options: Sequence[str], language: str) -> Iterator[str]:
    if item.kind == "order":
        numbers = {place: number for number, place in enumerate(item.right, 1)}
        yield from (f"={numbers[at]} -> {escaped(option)}" for at, option in enumerate(options))
    elif item.kind == "true_false" and tuple(options) == true_false(language):
        yield "T" if item.right == (0,) else "F"
    else:
        yield from (f"{_mark(item, at)}{_part(option)}" for at, option in enumerate(options))


def _mark(item: Item, place: int) -> str:
    """What stands before an option: `=` where there is one right answer, else its weight."""
    if item.kind != "several":
        return "=" if place in item.right else "~"
    share = f"{100 / len(item.right):.5f}".rstrip("0").rstrip(".")
    return f"~%{share}%" if place in item.right else WRONG


def _part(text: str) -> str:
    """An option or explanation; a mark keeps what looks like a weight or a mark from being one."""
    return f"{PLAIN if text.startswith(('[', '%')) else ''}{escaped(text)}"


def escaped(text: str) -> str:
    """`text` with a backslash before each sign of GIFT's own."""
    return text.translate(_SPECIAL)


def _noted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]")
