"""The part of a GIFT question between its braces: options, what is right, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.quiz.found import MOST_OPTIONS, shortened, true_false
from bot.quiz.gift_text import Body, Unplayable, plain, shown
from bot.quiz.item import Kind

_TRUTH = re.compile(r"(TRUE|T|FALSE|F)\s*(?:#([^#]*)(?:#(.*))?)?", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(r"\s*%\s*(-?[0-9]{1,3}(?:[.,][0-9]{0,7})?)\s*%")
_CHOICES = ("single", "several", "case", "true_false")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was read; `at` are the lines of the options."""

    kind: Kind
    options: tuple[str, ...]
    right: tuple[int, ...]
    why: str
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Option:
    text: str
    line: int
    sign: str
    weight: float | None
    why: str

    @property
    def is_right(self) -> bool:
        return self.sign == "=" if self.weight is None else self.weight > 0


def read_answers(body: Body, form: str, kind: Kind | None, language: str) -> Answers:
    """What stands in `body`; `form` is the question's own, `kind` what its comment says."""
    before, sign, after = body.text.rpartition("####")
    answers = Body(before if sign else after, body.first)
    why = plain(after, form, body.line(len(before)))[0] if sign else ""
    text, line = answers.text.strip(), answers.line(0, forward=True)
    if truth := _TRUTH.fullmatch(text):
        right = 0 if truth[1][0] in "Tt" else 1
        why = why or plain(truth[3] or "", form, line)[0]
        return Answers("true_false", true_false(language), (right,), why, (line, line))
    if not text:
        raise Unplayable(line, "quiz_file.essay")
    if text.startswith("#"):
        raise Unplayable(line, "quiz_file.number")
    if "~" in text:
        return _choice(answers, form, kind, why)
    if "=" in text and "->" in text:
        return _order(answers, kind, why)
    raise Unplayable(line, "quiz_file.short")


def _choice(body: Body, form: str, kind: Kind | None, why: str) -> Answers:
    options = [_option(*piece, form) for piece in _pieces(body, "[=~]")]
    line = body.line(0, forward=True)
    right = _right(options, line, kind)
    if kind not in _CHOICES:
        kind = "several" if len(right) > 1 else "single"
    why = why or next((options[at].why for at in right if options[at].why), "")
    texts, lines = ([option.text for option in options], [option.line for option in options])
    return Answers(kind, tuple(texts), right, why, tuple(lines))


def _pieces(body: Body, signs: str) -> list[tuple[str, str, int]]:
    """Sign, text and line of each answer."""
    marks = [mark.start() for mark in re.finditer(signs, body.text)]
    line = body.line(0, forward=True)
    if stray := body.text[: marks[0]].strip():
        raise Unplayable(line, "quiz_file.stray", {"typed": shortened(shown(stray))})
    if len(marks) > MOST_OPTIONS:
        raise Unplayable(line, "quiz_file.many_options", {"n": len(marks), "most": MOST_OPTIONS})
    ends = [*marks[1:], len(body.text)]
    text = body.text
    return [
        (text[at], text[at + 1 : end], body.line(at)) for at, end in zip(marks, ends, strict=True)
    ]


def _option(sign: str, text: str, line: int, form: str) -> _Option:
    weight = _WEIGHT.match(text)
    words, _, why = text[weight.end() if weight else 0 :].partition("#")
    value = float(weight[1].replace(",", ".")) if weight else None
    said = (plain(part, form, line)[0] for part in (words, why))
    return _Option(next(said), line, sign, value, next(said))


def _right(options: list[_Option], line: int, kind: Kind | None) -> tuple[int, ...]:
    """The places of what is right: what has `=`, else what has a weight above 0."""
    right = [at for at, option in enumerate(options) if option.is_right]
    whole = [at for at in right if options[at].sign == "="]
    if len(whole) > 1 and kind != "several":
        raise Unplayable(options[whole[1]].line, "quiz_file.two_right")
    if not right:
        raise Unplayable(line, "quiz_file.no_right")
    return tuple(whole or right)


def _order(body: Body, kind: Kind | None, why: str) -> Answers:
    """A matching question whose left sides are the numbers from 1 on."""
    pairs: list[tuple[str, str, int]] = []
    for _, text, line in _pieces(body, "="):
        left, arrow, right = text.partition("->")
        if not arrow:
            raise Unplayable(line, "quiz_file.pair", {"typed": shortened(shown(text))})
        pairs.append((plain(left, "moodle", line)[0], plain_right(right), line))
    numbers = [left for left, _, _ in pairs]
    counted = [str(number) for number in range(1, len(pairs) + 1)]
    if sorted(numbers) != counted:
        raise Unplayable(body.line(0, forward=True), "quiz_file.matching")
    places = [numbers.index(number) for number in counted]
    if kind != "order":
        pairs, places = _mixed([pairs[place] for place in places])
    options, lines = ([option for _, option, _ in pairs], [line for _, _, line in pairs])
    return Answers("order", tuple(options), tuple(places), why, tuple(lines))


def _mixed(pairs: list[tuple[str, str, int]]) -> tuple[list[tuple[str, str, int]], list[int]]:
    """People write an order down as it is right; shown like that it would tell its own answer.

    So the options stand by their alphabet, or the other way round where that is the right order.
    """
    shown = sorted(range(len(pairs)), key=lambda at: (pairs[at][1].casefold(), at))
    if shown == sorted(shown):
        shown.reverse()
    return [pairs[at] for at in shown], [shown.index(at) for at in range(len(pairs))]


def plain_right(text: str) -> str:
    """Moodle takes the right side of a pair for plain words, whatever mark it has."""
    return plain(f"[plain]{text}", "plain", 0)[0]
