"""Events: what happened in a turn, in the past tense; both the record and the order to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.case.file import Given, Mark, Value


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    text_version: str


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    text_version: str


@dataclass(frozen=True, slots=True)
class NeedTold:
    need: str


@dataclass(frozen=True, slots=True)
class SlotFilled:
    slot: str
    value: Value | None
    given: Given


@dataclass(frozen=True, slots=True)
class SlotCleared:
    slot: str
    because: str


@dataclass(frozen=True, slots=True)
class ActorSorted:
    name: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class RemarkKept:
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class ReadingGiven:
    phase: str
    form: str | None


@dataclass(frozen=True, slots=True)
class ReadingConfirmed:
    fits: bool


@dataclass(frozen=True, slots=True)
class ReadingOverruled:
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class TeamNamed:
    name: str


@dataclass(frozen=True, slots=True)
class SharingChosen:
    shared: bool


@dataclass(frozen=True, slots=True)
class TranscriptChosen:
    """Whether programme staff may also read the conversation, not only the summary."""

    shared: bool


@dataclass(frozen=True, slots=True)
class SignalGiven:
    """Something holds the team up: `kind` is one of `bot.case.stuck.SIGNALS`."""

    kind: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SignalCleared:
    kind: str


@dataclass(frozen=True, slots=True)
class SaidToStaff:
    """A founder's words while staff has the conversation; the bot kept silent."""

    text: str


@dataclass(frozen=True, slots=True)
class HandoverBegan:
    """Staff took the conversation; `person` is the staff member's id."""

    person: str


@dataclass(frozen=True, slots=True)
class HandoverEnded:
    """`how`: given_back by staff, taken_back by the founder, or sharing ended."""

    how: str


@dataclass(frozen=True, slots=True)
class TeamPicked:
    """The person, who belongs to several teams, goes on with this one."""

    case: str


@dataclass(frozen=True, slots=True)
class CodeConfirmed:
    """A person with a team of their own says that a code is theirs; `mark` is the code's hash."""

    mark: str


@dataclass(frozen=True, slots=True)
class ElsewhereAsked:
    """`service` answers with a link to go on in another place."""


@dataclass(frozen=True, slots=True)
class ReadersAsked:
    """`service` answers with who read the team's file and when."""


@dataclass(frozen=True, slots=True)
class TipMarked:
    tip: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class StepChosen:
    what: str
    who: str
    due: date | None


@dataclass(frozen=True, slots=True)
class StepClosed:
    how: str


@dataclass(frozen=True, slots=True)
class QuestionUnanswered:
    text: str


@dataclass(frozen=True, slots=True)
class RefresherChosen:
    """The person wants a small question `every` so many days; 0: none."""

    every: int


@dataclass(frozen=True, slots=True)
class RefresherCame:
    """A small question came due, and the next is due in `every` days; `asked`: it was put."""

    every: int
    asked: bool


@dataclass(frozen=True, slots=True)
class ExportRequested:
    """`service` answers with the readable and the JSON export in the outbox."""


@dataclass(frozen=True, slots=True)
class ErasureConfirmed:
    """`service` deletes all that is stored of this person and their case in the same commit."""


Event = (
    LanguageChosen
    | ConsentGiven
    | ConsentRefused
    | NeedTold
    | SlotFilled
    | SlotCleared
    | ActorSorted
    | RemarkKept
    | ReadingGiven
    | ReadingConfirmed
    | ReadingOverruled
    | TeamNamed
    | SharingChosen
    | TranscriptChosen
    | SignalGiven
    | SignalCleared
    | SaidToStaff
    | HandoverBegan
    | HandoverEnded
    | TeamPicked
    | CodeConfirmed
    | ElsewhereAsked
    | ReadersAsked
    | TipMarked
    | StepChosen
    | StepClosed
    | QuestionUnanswered
    | RefresherChosen
    | RefresherCame
    | ExportRequested
    | ErasureConfirmed
)
