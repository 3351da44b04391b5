"""What the projector page shows of a round, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

import segno
from markupsafe import Markup

from bot.channels.play.state import Scene
from bot.core.say import Value
from bot.quiz.item import Item, letters
from bot.quiz.item import shown as in_words
from bot.web.words import Templates

MOST_ON_BOARD = 8
MOST_NAMES = 24


@dataclass(frozen=True, slots=True)
class Side:
    """One of the languages of the page; `t` says a text in it."""

    lang: str
    templates: Templates = field(compare=False, repr=False)

    def t(self, key: str, /, **values: Value) -> str:
        return self.templates.say(self.lang, key, **values)


def sides(now: Scene, templates: Templates) -> list[Side]:
    """The columns of the page."""
    return [Side(language, templates) for language in spoken(now)]


def spoken(now: Scene) -> tuple[str, ...]:
    """The languages of the page, each once; one at least.

    While a question is on the wall, only those it was written in: no text stands there twice.
    """
    chosen = tuple(dict.fromkeys(filter(None, now.live.round.settings.languages))) or ("en",)
    if now.item is None:
        return chosen
    return tuple(each for each in chosen if now.item.text.get(each)) or chosen[:1]


@dataclass(frozen=True, slots=True)
class Count:
    """The bar and the line below it: `number` of the question, who is there, who answered."""

    stage: str
    number: int
    total: int
    answered: int
    there: int
    skipped: bool = False
    answer: str = ""


def count(now: Scene) -> Count:
    round = now.live.round
    is_asked = round.stage in ("open", "closed", "shown")
    there = now.there if is_asked else len(now.players)
    skipped, shown = round.place in round.skipped, round.stage == "shown"
    answer = letters(now.item.right) if now.item and shown else ""
    found = Count(now.stage, round.place + 1, round.total, now.answered, there)
    return replace(found, skipped=skipped, answer=answer)


@dataclass(frozen=True, slots=True)
class Bar:
    """An option as the room sees it: a text each language, how often chosen, in percent of all
    who answered; `count` is None as long as it is not told. `turn`: its place in the right order,
    from 1."""

    letter: str
    texts: tuple[str, ...]
    count: int | None = None
    percent: int = 0
    right: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the leaderboard."""

    rank: int
    name: str
    right: int
    points: int


@dataclass(frozen=True, slots=True)
class Main:
    """The large part of the page; empty fields are not shown. `hint`: how it is answered, where
    one letter is not all."""

    kind: str
    texts: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    hint: str = ""
    cards: int = 0
    answer: str = ""
    whys: tuple[str, ...] = ()
    skipped: bool = False
    in_order: int = -1
    names: tuple[str, ...] = ()
    people: int = 0
    board: tuple[Line, ...] = ()


def main(now: Scene) -> Main:
    """lobby, board, end, or a question: open, paused, closed, shown."""
    round = now.live.round
    if round.stage == "lobby":
        return _lobby(now)
    if round.stage == "ended":
        return Main("ended", board=_board(now) if round.settings.board else ())
    if round.board:
        return Main("board", board=_board(now))
    return _question(now, now.item) if now.item else Main("lobby")


def _lobby(now: Scene) -> Main:
    named = now.live.round.settings.names
    newest = [player.name for player in now.players.values()][::-1] if named else []
    return Main("lobby", names=tuple(newest[:MOST_NAMES]), people=len(now.players))


def _board(now: Scene) -> tuple[Line, ...]:
    best = list(now.board.values())[:MOST_ON_BOARD]
    return tuple(Line(line.rank, line.name, line.right, line.points) for line in best)


def _question(now: Scene, item: Item) -> Main:
    round = now.live.round
    tongues = spoken(now)
    shown, over = round.stage == "shown", round.stage in ("closed", "shown")
    bars = tuple(
        Bar(letters((n,)), tuple(in_words(texts, language) for language in tongues))
        for n, texts in enumerate(item.options)
    )
    words = tuple(in_words(item.text, each) for each in tongues)
    found = Main(now.stage, words, bars, skipped=round.place in round.skipped)
    if not over and not item.has_one_answer:
        found = replace(found, hint=item.kind)
    # How often a letter was tapped tells nothing where all of them are put in order.
    if over and item.kind != "order":
        cards = sum(now.cards)
        counted = _counted(bars, now.counts, now.answered + cards)
        found = replace(found, bars=counted, cards=cards)
    return _answered(now, item, found) if shown and not found.skipped else found


def _answered(now: Scene, item: Item, found: Main) -> Main:
    """With the right answer and why."""
    if item.kind == "order":
        in_order = (replace(found.bars[n], turn=turn) for turn, n in enumerate(item.right, 1))
        right = sum(map(item.is_right, now.choices.values()))
        found = replace(found, bars=tuple(in_order), in_order=right)
    else:
        marked = (replace(bar, right=n in item.right) for n, bar in enumerate(found.bars))
        found = replace(found, bars=tuple(marked))
    whys = dict.fromkeys(in_words(item.explanation, each).strip() for each in spoken(now))
    return replace(found, answer=letters(item.right), whys=tuple(filter(None, whys)))


def _counted(bars: tuple[Bar, ...], counts: tuple[int, ...], answered: int) -> tuple[Bar, ...]:
    # A hand may be raised for two letters.
    most = max(answered, *counts, 1)
    return tuple(
        replace(bar, count=n, percent=round(100 * n / most))
        for bar, n in zip(bars, counts, strict=True)
    )


@lru_cache(maxsize=64)
def square(address: str) -> Markup:
    """A QR code as SVG; its colours are those of print, also in a dark room."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    # Made here alone, of an address of ours.
    return Markup(drawn)  # noqa: S704
