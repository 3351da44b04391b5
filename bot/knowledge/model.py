"""What the knowledge base holds, as frozen objects: one class a kind of entry."""

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

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


class Entry(BaseModel):
    """One thing the bot knows; `sources` are ids of the source inventory."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
    kind: ClassVar[str]

    id: str
    sources: tuple[str, ...] = ()
    editorial: Literal["all"] | tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By id, which is given once: what is worked out for an entry can be kept beside it."""
        return hash(self.id)

    @property
    def tools(self) -> tuple[int, ...]:
        """Numbers of the tools this entry points to."""
        return ()

    @property
    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """Every text by its path: "title", "steps.0"."""
        return dict(_texts(self))

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which every text of the entry is there, in the order of the first."""
        found = list(self.texts.values())
        first: Mapping[str, str] = found[0] if found else {}
        return tuple(lang for lang in first if all(lang in text for text in found))


def _texts(entry: Entry) -> Iterable[tuple[str, Mapping[str, str]]]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if _is_text(value):
            yield name, value
        elif isinstance(value, tuple):
            yield from ((f"{name}.{n}", part) for n, part in enumerate(value) if _is_text(part))


def _is_text(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(part, str) for part in value.values())


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


class SourceItem(BaseModel):
    """One item of the source inventory: where it stands and on what condition, no sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal[
        "intro", "phase", "narrative", "trigger", "example", "topic", "tip", "question", "purpose",
        "challenge", "brief", "reference", "trait", "detail", "sector", "share", "spectrum",
        "type", "feature", "note", "check", "participation", "issue", "media", "definition",
    ]  # fmt: skip
    document: str
    phase: PhaseId | None = None
    condition: str | None = None
    tools: tuple[int, ...] = ()
    hedge: str | None = None
