"""What a debrief tells: of each question of a round, and of each player who agreed to be named."""

from __future__ import annotations

from dataclasses import dataclass

from bot.quiz.item import Item
from bot.quiz.ranges import discrimination_range, facility_range, whole

Choice = tuple[int, ...]
# Below so many players chance weighs more than the question does.
FEW = 20
# Below so many compared, how well a question tells people apart is not said in words.
HANDFUL = 10
# Where a talk has something to begin with, in percent.
MANY_BLANK = 30
HALF = 50
NEARLY_ALL = 90


@dataclass(frozen=True, slots=True)
class Reply:
    """The one answer of a player to a question; an empty `choice` is a blank."""

    player: int
    place: int
    choice: Choice
    right: bool


@dataclass(frozen=True, slots=True)
class Present:
    """A player; `since`: the first place at which they were there.

    `named`: agreed to stand in the sheet by name. `points`: as the round gave them.
    """

    player: int
    since: int
    named: bool
    name: str
    points: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer and how often it was given, cards included."""

    choice: Choice
    times: int


@dataclass(frozen=True, slots=True)
class Question:
    """A played question.

    `present`, `answered`, `right` and `counts` are about players; `hands` are paper cards counted
    for each option. `counts`: how many chose each option, or, for an order, put it where it
    belongs. `as_often`: wrong answers given as often as the last of `wrong`, and not among them.
    """

    place: int
    item: Item
    present: int
    answered: int
    right: int
    counts: tuple[int, ...]
    hands: tuple[int, ...]
    wrong: tuple[Wrong, ...]
    as_often: int
    discrimination: float | None = None
    compared: int = 0
    """Players who were there from the first question to the last: all it is computed from."""

    @property
    def cards(self) -> int:
        """Cards that count like answers: a hand says one letter, so only where one is right."""
        return sum(self.hands) if self.item.has_one_answer else 0

    @property
    def cards_right(self) -> int:
        return sum(self.hands[place] for place in self.item.right) if self.cards else 0

    @property
    def facility(self) -> float | None:
        """The share of right answers, in percent; who was there and left it blank counts."""
        asked = self.present + self.cards
        return 100 * (self.right + self.cards_right) / asked if asked else None

    @property
    def facility_range(self) -> str:
        return facility_range(self.facility)

    @property
    def discrimination_range(self) -> str:
        """Among a handful the number is chance, whatever it is: it gets no praise and no blame."""
        if self.discrimination is not None and self.compared < HANDFUL:
            return "few"
        return discrimination_range(self.discrimination)

    @property
    def likeliest(self) -> tuple[Wrong, ...]:
        """The wrong answers that were given most, where several were given as often."""
        return tuple(each for each in self.wrong if each.times == self.wrong[0].times)

    @property
    def _scattered(self) -> bool:
        """Whether more wrong answers than two share the first place."""
        return self.as_often > 0 and len(self.likeliest) == len(self.wrong)

    @property
    def prompt(self) -> str:
        """What to talk about: a key; "" where nobody was asked."""
        if self.facility is None:
            return ""
        blanks, asked = self.present - self.answered, self.present + self.cards
        if blanks > 1 and 100 * blanks >= MANY_BLANK * asked:
            return "blank"
        # Among a handful a negative number is chance as often as not.
        if self.discrimination_range == "invalid" and self.compared >= FEW:
            return "negative"
        if self.wrong and self.facility < HALF:
            return "scattered" if self._scattered else "wrong"
        return "easy" if whole(self.facility) >= NEARLY_ALL else self._split()

    def _split(self) -> str:
        """Split where one wrong answer drew at least half as many as the right one."""
        right = self.right + self.cards_right
        return "split" if self.wrong and 2 * self.wrong[0].times >= right else "mixed"


@dataclass(frozen=True, slots=True)
class Row:
    """A named player: of `asked` questions they were there for; `missed`: not present."""

    player: int
    name: str
    right: int
    answered: int
    asked: int
    missed: int
    points: int


@dataclass(frozen=True, slots=True)
class Debrief:
    """`participants`: players who were there for at least one question that counts."""

    questions: tuple[Question, ...]
    rows: tuple[Row, ...]
    participants: int
    skipped: int = 0

    @property
    def few(self) -> bool:
        return self.participants < FEW
