"""Word lists of the knowledge base: intents, sector names, synonyms, words we avoid."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.fields import Title
from bot.knowledge.model import Sector, Words

# Under this name knowledge/asked holds examples of questions that are none of ours.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, eq=False)
class Intents:
    """Words that mean a command: `words` are folded, `signs` are kept as typed ("?")."""

    words: Mapping[str, str]
    signs: Mapping[str, str]
    names: tuple[str, ...]


class Clue(BaseModel):
    """Words in a name that point to a sector (None: the source leaves it open).

    `strength` is 0..1; `words` stand alone or in a row, `last` only at
    the end of the name, `starts` and `ends` are parts of words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sector: Sector | None
    strength: float = Field(gt=0, le=1)
    words: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class SectorFile(BaseModel):
    """knowledge/sectors.yaml as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: Mapping[str, Title]
    clues: Mapping[str, Clue]


@dataclass(frozen=True, slots=True, eq=False)
class Sectors:
    """Labels of the sectors and the clues by which a name tells its sector."""

    labels: Mapping[str, Mapping[str, str]]
    clues: tuple[Clue, ...]


class Group(BaseModel):
    """Words founders use (`said`) and the words of our texts they stand for (`means`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: tuple[str, ...] = Field(min_length=1)
    said: tuple[str, ...] = Field(min_length=1)


class SynonymFile(BaseModel):
    """knowledge/synonyms.yaml as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: Mapping[str, tuple[Group, ...]]
    stop: Words


@dataclass(frozen=True, slots=True, eq=False)
class Synonyms:
    """Per language: groups of synonyms, and the stop words of a question."""

    groups: Mapping[str, tuple[Group, ...]]
    stop: Words

    @classmethod
    def of(cls, read: SynonymFile) -> "Synonyms":
        """The same lists as the file holds."""
        return cls(groups=read.groups, stop=read.stop)


class Voice(BaseModel):
    """Per language: words our texts avoid, and words we heed; a star stands for any ending.

    `heed`: by these a person says that somebody is threatened.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    avoid: Words
    heed: Words = Field(default_factory=dict)


class HedgeFile(BaseModel):
    """knowledge/hedges.yaml: for each hedge of the source the words that keep it, by language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hedges: Mapping[str, Words]


class Calendar(BaseModel):
    """knowledge/calendar.yaml: month names by language; words for days ahead, spans, numbers.

    `weekdays` begin with Monday; `beside`: words that may stand beside one; `unclear`: words with
    which a day does not mean "until then".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: Words
    ahead: Mapping[str, int]
    spans: Mapping[str, int]
    numbers: Mapping[str, int]
    weekdays: Words
    beside: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
