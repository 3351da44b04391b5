"""What the knowledge base holds, as frozen objects: one class a kind of entry."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.knowledge.entry import Entry
from bot.knowledge.fields import (
    Line,
    Long,
    Longest,
    LongTitle,
    Medium,
    Short,
    Sign,
    Step,
    Title,
    read_only,
)

Words = Annotated[Mapping[str, tuple[str, ...]], AfterValidator(read_only)]
SECTORS = ("public", "private", "civil_society", "academia")
PHASES = ("p1", "p2", "p3", "p4")
Sector = Literal["public", "private", "civil_society", "academia"]
PhaseId = Literal["p1", "p2", "p3", "p4"]


class Phase(Entry):
    """One of the four steps of the setting-up period."""

    kind: ClassVar[str] = "phase"
    title: Title
    intro: Long


class Tip(Entry):
    """One piece of advice of the source, unfolded into something to do."""

    kind: ClassVar[str] = "tip"
    phase: PhaseId
    stance: Literal["act", "stance", "option", "heading"] = Field(alias="kind")
    cited: tuple[int, ...] = Field(default=(), alias="tools")
    suggested: tuple[int, ...] = ()
    challenges: tuple[str, ...] = ()
    title: Title
    what: Short
    why: Line
    why_now: Sign
    steps: tuple[Step, ...] = Field(min_length=2, max_length=5)
    watch_out: Line
    done_when: Sign
    questions: tuple[str, ...] = ()

    @property
    def tools(self) -> tuple[int, ...]:
        """The tools the source cites first, then those we would add."""
        return (*self.cited, *(n for n in self.suggested if n not in self.cited))


class Question(Entry):
    """A key question of the source, or a question of a challenge."""

    kind: ClassVar[str] = "question"
    text: Short
    home: str = Field(alias="from")


class Challenge(Entry):
    """A difficulty that may appear in any of the four steps; not a fifth step."""

    kind: ClassVar[str] = "challenge"
    title: Title
    text: Long
    questions: tuple[str, ...]
    tips: tuple[str, ...]


class Fact(Entry):
    """A short answer about the whole setting-up period."""

    kind: ClassVar[str] = "fact"
    title: LongTitle
    text: Long


class Definition(Entry):
    """The definition, its traits and the forms of cooperation; `check` for traits only."""

    kind: ClassVar[str] = "definition"
    title: LongTitle
    text: Longest
    check: Line | None = None


class Point(Entry):
    """One statement of the source, said briefly; `of` is the entry that unfolds it."""

    kind: ClassVar[str] = "point"
    of: str
    text: Sign

    @model_validator(mode="before")
    @classmethod
    def _grounded(cls, body: Any) -> Any:
        """A point rests on the source item whose id it has."""
        return {**body, "sources": (body["id"],)} if isinstance(body, dict) else body


class Card(Entry):
    """A hard moment, or a bridge to what other guides say; ours, and never one of the four steps.

    `seen` names references; `confidence` is ours (our own judgement), seen (read there), general
    (general knowledge) or mixed. `person` says whom to talk to; every hard moment has it.
    """

    kind: ClassVar[str] = "card"
    group: Literal["moment", "bridge"]
    confidence: Literal["ours", "seen", "mixed", "general"]
    seen: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    suggested: tuple[int, ...] = ()
    challenges: tuple[str, ...] = ()
    title: Title
    text: Long
    steps: tuple[Step, ...] = Field(default=(), max_length=5)
    watch_out: Line
    person: Line | None = None

    @property
    def tools(self) -> tuple[int, ...]:
        """The tools that may help; none is cited by the source for this."""
        return self.suggested

    @model_validator(mode="after")
    def _whole(self) -> "Card":
        if self.group == "moment" and (self.person is None or len(self.steps) < 2):
            raise ValueError("a hard moment needs steps, and a person to talk to")
        return self


class Term(Entry):
    """A word of the trade, explained."""

    kind: ClassVar[str] = "term"
    title: LongTitle
    text: Medium


class Purpose(Entry):
    """What the source cites tools for."""

    kind: ClassVar[str] = "purpose"
    title: LongTitle
    phase: PhaseId
    cited: tuple[int, ...] = Field(alias="tools", min_length=1)

    @property
    def tools(self) -> tuple[int, ...]:
        """The numbers cited by the source."""
        return self.cited


class Tool(Entry):
    """One numbered tool of the tool guide; `official` is its own name, `name` is ours."""

    kind: ClassVar[str] = "tool"
    number: int = Field(ge=1, le=60)
    group: str
    official: str
    edition: str = ""
    checked: str = ""
    link: str = Field(default="", pattern=r"^(https?://\S+)?$")
    index: str = Field(default="", pattern=r"^(https?://\S+)?$")
    confidence: Literal["seen", "related", "list"]
    cited_for: tuple[str, ...] = ()
    name: LongTitle
    aim: Short
    when: Short
    note: Long | None = None

    @property
    def tools(self) -> tuple[int, ...]:
        """Its own number."""
        return (self.number,)


class Topic(Entry):
    """A subject partnerships work on; `cues` are word beginnings that suggest it."""

    kind: ClassVar[str] = "topic"
    title: Title
    cues: Words


class Partnership(Entry):
    """A real partnership to learn from or to join."""

    kind: ClassVar[str] = "partnership"
    title: str = Field(min_length=1)
    year: int | None = None
    topic: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    groups: Long
    origin: Long
    legal_form: Long | None = None
    fits: Literal["yes", "borderline", "no", "project"]
    fits_why: Long
    link: str = Field(default="", pattern=r"^(https?://\S+)?$")
    confidence: Literal["seen", "general"]
    seen: tuple[str, ...] = ()
    what: Line
