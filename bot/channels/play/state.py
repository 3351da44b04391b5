"""A round as its open pages see it: read once a change, for everybody who looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.quiz.item import Item, letters, shown
from bot.quiz.scoring import Standing, is_told
from bot.service import round_results
from bot.store import players, replies, rounds
from bot.store.batch import Batch
from bot.store.db import Db
from bot.store.players import Player
from bot.store.rounds import Live

Choice = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A player's own result: questions they were there for, and what became of them."""

    right: int
    there: int
    blank: int
    missed: int


@dataclass(frozen=True, slots=True)
class Scene:
    """`item`: the present question; `choices`: what was answered to it, by player.

    `board`: everybody in their rank, once an answer was shown; `figures`: at the end.
    """

    live: Live
    item: Item | None = None
    players: Mapping[int, Player] = field(default_factory=dict)
    choices: Mapping[int, Choice] = field(default_factory=dict)
    board: Mapping[int, Standing] = field(default_factory=dict)
    figures: Mapping[int, Figures] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """The stage of the round; "paused" is one of its own here."""
        round = self.live.round
        return "paused" if round.is_paused else round.stage

    @property
    def there(self) -> int:
        """How many are there for the present question."""
        return sum(player.since <= self.live.round.place for player in self.players.values())

    @property
    def answered(self) -> int:
        return sum(1 for choice in self.choices.values() if choice)

    @property
    def cards(self) -> tuple[int, ...]:
        """Paper cards counted in the room, one number an option."""
        return self.live.round.cards(len(self.item.options) if self.item else 0)

    @property
    def counts(self) -> tuple[int, ...]:
        """How often each option was chosen, paper cards among them."""
        total = list(self.cards)
        for choice in self.choices.values():
            for option in choice:
                total[option] += 1
        return tuple(total)

    def player_of(self, person: str) -> Player | None:
        return next((p for p in self.players.values() if p.person == person), None)

    def with_choice(self, player: int, choice: Choice) -> Scene:
        return replace(self, choices={**self.choices, player: choice})


def of_code(db: Db, code: str) -> Live | None:
    """The round under a typed code: the one that is on, else the latest that is over."""
    if not rounds.is_code(code):
        return None
    return rounds.of_code(db, code) or rounds.was_code(db, code)


def scene(db: Db, id: str, now: datetime) -> Scene | None:
    """Everything the pages of a round show; None where there is no such round."""
    live = rounds.load(db, id)
    if live is None:
        return None
    round = live.round
    everybody = {player.id: player for player in players.everybody(db, id)}
    asked = round.stage in ("open", "closed", "shown")
    found = Scene(
        live,
        rounds.item(db, id, round.place) if asked else None,
        everybody,
        replies.choices(db, id, round.place) if asked else {},
    )
    # It only reads here; the leaderboard is shared with those who write.
    reading = Batch(db, now)
    if round.board or round.stage in ("shown", "ended"):
        board = {line.player: line for line in round_results.board(reading, live)}
        found = replace(found, board=board)
    if round.stage == "ended":
        own = {p.id: Figures(**_numbers(reading, live, p)) for p in everybody.values()}
        found = replace(found, figures=own)
    return found


def _numbers(reading: Batch, live: Live, player: Player) -> dict[str, int]:
    score = round_results.score(reading, live, player)
    return {name: value for name, value in score.items() if isinstance(value, int)}


@dataclass(frozen=True, slots=True)
class Clock:
    """`left`: seconds when it was asked; `held`: it stands still."""

    left: int
    held: bool


def clock(live: Live, now: datetime) -> Clock | None:
    """What is left of the time of the present question; None where it has none."""
    left = live.round.seconds_left(now) if live.round.stage == "open" else None
    return None if left is None else Clock(left, live.round.is_paused)


def clock_mark(live: Live, now: datetime) -> str:
    """The same as long as an open page counts down rightly by itself."""
    found = clock(live, now)
    if found is None:
        return ""
    return f"{live.round.due_at}{live.round.left}{found.held}{found.left == 0}"


@dataclass(frozen=True, slots=True)
class View:
    """All that one player's page depends on; equal views are written once.

    `choice` is empty where nothing is chosen; `rank` is 0 where no place is told.
    """

    language: str
    stage: str
    place: int
    skipped: bool = False
    there: bool = True
    choice: Choice = ()
    rank: int = 0
    of: int = 0
    figures: Figures | None = None
    named: bool = False
    seat: str = ""


def view(now: Scene, player: Player) -> View:
    """What `player` sees of a round."""
    round = now.live.round
    base = View(player.language, now.stage, round.place)
    if round.stage == "ended":
        own = now.figures.get(player.id)
        base = replace(base, figures=own, named=player.named, seat=player.seat)
    elif round.stage != "lobby":
        base = replace(
            base,
            skipped=round.place in round.skipped,
            there=player.since <= round.place,
            choice=now.choices.get(player.id, ()),
        )
    line = now.board.get(player.id) if round.settings.board else None
    if line and base.there and _is_told(round.stage, line.rank, len(now.board)):
        return replace(base, rank=line.rank, of=len(now.board))
    return base


def _is_told(stage: str, rank: int, of: int) -> bool:
    """Whether a player hears their place; the last word to the lower half is not their place."""
    if stage == "ended":
        return is_told(rank, of)
    return stage == "shown"


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a question. `turn`: its number in an order that is being tapped, from 1;
    `place`: its number in the right order.
    """

    letter: str
    text: str
    chosen: bool
    right: bool
    turn: int
    place: int = 0


def options(item: Item, choice: Choice, language: str) -> list[Option]:
    """The options of a question in a language, with what was chosen of them."""
    ordered = item.kind == "order"
    return [
        Option(
            letters((n,)),
            shown(texts, language),
            n in choice,
            ordered or n in item.right,
            choice.index(n) + 1 if ordered and n in choice else 0,
            item.right.index(n) + 1 if ordered else 0,
        )
        for n, texts in enumerate(item.options)
    ]


def in_right_order(options: list[Option]) -> list[Option]:
    return sorted(options, key=lambda option: option.place)
