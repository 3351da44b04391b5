"""The commands for files of questions: the bank written out, and a file looked through."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.common import DEFAULT_LANGUAGE, Answer, InputError, as_json, knowledge, language

if TYPE_CHECKING:
    from bot.quiz.found import Read, Written

STDOUT = STDIN = "-"


def export(args: Namespace) -> Answer:
    """The bank, or one topic of it, as a file in one language."""
    from bot.quiz import exchange
    from bot.quiz.bank import bank
    from bot.quiz.item import TOPICS

    if args.topic and args.topic not in TOPICS:
        raise InputError(f"the topic {args.topic!r} is not known; use one of {', '.join(TOPICS)}.")
    kb = knowledge()
    spoken = language(kb, args.lang or DEFAULT_LANGUAGE)
    items = bank(kb).of([args.topic] if args.topic else ())
    written = exchange.write(args.format, items, spoken)
    _put(args.output, written.text.encode("utf-8", "replace"))
    told = _told(args, len(items), written)
    if args.output != STDOUT:
        return Answer(told)
    sys.stderr.write(f"{told}\n")
    return Answer()


def _put(name: str, data: bytes) -> None:
    if name == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(name).write_bytes(data)
    except ValueError:
        raise InputError(f"{name!r} cannot be written: no file can have this name.") from None


def _told(args: Namespace, total: int, written: Written) -> str:
    """What was written, and what the format had no place for."""
    left_out = len(written.left_out)
    place = "" if args.output == STDOUT else f" to {args.output}"
    lines = [f"{total - left_out} questions written{place}."]
    if args.format == "aiken":
        lines.append("Aiken has no place for explanations, topics and ids; GIFT and CSV keep them.")
    if left_out:
        kinds = "it takes one right answer only"
        lines.append(f"{left_out} left out, as {kinds}: {', '.join(written.left_out)}.")
    return "\n".join(lines)


def check(args: Namespace) -> Answer:
    """Every mistake of a file with its line; exit code 1 where there is one."""
    from bot.documents import quiz_book
    from bot.render import Renderer

    data = _bytes(args.file)
    kb = knowledge()
    spoken = language(kb, args.lang or DEFAULT_LANGUAGE)
    renderer = Renderer(kb)
    read = quiz_book.read(args.file, data, spoken)
    said = [renderer.pattern(one.key, one.values, spoken) for one in read.mistakes]
    code = int(bool(said))
    if args.json:
        return replace(as_json(_document(read, said)), code=code)
    if said and not read.items and not read.mistakes[0].line:
        raise InputError(f"{args.file}: {said[0]}")
    lines = [
        renderer.pattern("quiz_file.at", {"line": str(one.line), "mistake": what}, spoken)
        for one, what in zip(read.mistakes, said, strict=True)
    ]
    many = "1 mistake" if len(said) == 1 else f"{len(said) or 'No'} mistakes"
    can = "1 question" if len(read.items) == 1 else f"{len(read.items)} questions"
    return Answer("\n".join([*lines, f"{many}; {can} can be used."]), code)


def _document(read: Read, said: Sequence[str]) -> dict[str, object]:
    """What was found, for programs: the keys of mistakes stay the same in every language."""
    mistakes = [
        {"line": one.line, "key": one.key, "what": what}
        for one, what in zip(read.mistakes, said, strict=True)
    ]
    return {"format": read.form, "questions": len(read.items), "mistakes": mistakes}


def _bytes(name: str) -> bytes:
    """A file, no more of it than one byte beyond what is taken."""
    from bot.quiz.found import LARGEST

    try:
        if name == STDIN:
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise InputError(f"{name} cannot be read ({reason}); name a file of questions.") from None
