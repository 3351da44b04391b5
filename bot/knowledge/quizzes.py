"""Quiz questions as the knowledge files hold them: written ones, and sentences to make more of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from bot.knowledge.entry import Entry
from bot.knowledge.fields import Languages, Title, Within, read_only
from bot.knowledge.model import Sector

Topic = Literal[
    "p1", "p2", "p3", "p4", "challenges", "definition", "spectrum", "sectors", "tools"
]  # fmt: skip
Letter = Literal["A", "B", "C", "D", "E"]
LONGEST_OPTION, LONGEST_TEXT, LONGEST_WHY = 90, 280, 200
OptionText = Annotated[Mapping[str, str], AfterValidator(Within(LONGEST_OPTION))]
QuestionText = Annotated[Mapping[str, str], AfterValidator(Within(LONGEST_TEXT))]
WhyText = Annotated[Mapping[str, str], AfterValidator(Within(LONGEST_WHY))]
FILE = "quiz_templates.yaml"
PLACE = re.compile(r"\{(\w*)\}")
# Every sentence the generated questions need, and what is filled in.
PATTERNS: Mapping[str, frozenset[str]] = {
    name: frozenset(places)
    for name, places in {
        "true": (),
        "false": (),
        "tool_of_aim": ("aim",),
        "aim_of_tool": ("tool",),
        "tool_of_purpose": ("purpose",),
        "tools_of_purpose": ("purpose",),
        "purpose_of_tool": ("tool",),
        "why_tool": ("tool", "when"),
        "why_aim": ("tool", "aim"),
        "why_cited": ("number", "step"),
        "step_of_tip": ("tip",),
        "tip_of_step": ("step",),
        "tips_of_step": ("step",),
        "step_claimed": ("tip", "step"),
        "tips_in_order": (),
        "why_step": ("number", "step"),
        "why_tip": ("tip", "number", "step"),
        "why_order": ("p1", "p2", "p3", "p4"),
        "sector_of_actor": ("actor",),
        "actor_of_sector": ("sector",),
        "actors_of_sector": ("sector",),
        "sector_open": ("actors",),
        "form_of_text": ("text",),
        "form_of_feature": ("feature",),
        "forms_of_feature": ("feature",),
        "feature_of_form": ("form",),
        "why_reading": ("reason",),
    }.items()
}


def _fault(what: str) -> PydanticCustomError:
    return PydanticCustomError("quiz_shape", "{what}", {"what": what})


class Quiz(Entry):
    """A written question; `right` are the letters of the right options, in order for `order`.

    A question about a `case` has no options of its own: the reading finds what it `asks`.
    """

    kind: ClassVar[str] = "quiz"
    subject: Topic = Field(alias="topic")
    sort: Literal["single", "several", "true_false", "order", "case"] = Field(alias="kind")
    difficulty: int = Field(ge=1, le=3)
    about: tuple[str, ...] = ()
    text: QuestionText
    options: tuple[OptionText, ...] = ()
    right: tuple[Letter, ...] = ()
    explanation: WhyText
    asks: Literal["phase", "form"] | None = None
    case: Mapping[str, Any] | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """Places of the right options, from 0."""
        return tuple("ABCDE".index(letter) for letter in self.right)

    @model_validator(mode="after")
    def _whole(self) -> Quiz:
        for fault in self._faults():
            raise _fault(fault)
        return self

    def _faults(self) -> Iterator[str]:
        if not self.id.startswith(f"quiz.{self.subject}."):
            yield f"the id does not begin with quiz.{self.subject}."
        if self.sort == "case" and (self.case is None or self.asks is None):
            yield "a question about a case needs `case` and `asks`"
        if self.sort != "case" and (self.case is not None or self.asks is not None):
            yield "only the kind case has `case` and `asks`"
        yield from self._option_faults()
        yield from self._letter_faults()
        if any("\n" in words for text in self.texts.values() for words in text.values()):
            yield "a text breaks into lines"

    def _option_faults(self) -> Iterator[str]:
        if self.sort in ("true_false", "case"):
            if self.options:
                yield f"the kind {self.sort} has no options of its own"
        elif not 3 <= len(self.options) <= 5:
            yield f"there are {len(self.options)} options, 3 to 5 are wanted"
        for lang in self.text:
            said = [option[lang] for option in self.options if lang in option]
            if len(set(said)) < len(said):
                yield f"two options are the same in {lang}"

    def _letter_faults(self) -> Iterator[str]:
        count = {"true_false": 2, "case": 0}.get(self.sort, len(self.options))
        places = self.places
        if len(set(places)) < len(places) or any(place >= count for place in places):
            yield f"the letters {', '.join(self.right)} do not fit the options"
        wanted = {
            "single": len(places) == 1,
            "true_false": len(places) == 1,
            "several": len(places) >= 2 and list(places) == sorted(places),
            "order": len(places) == count,
            "case": not places,
        }
        if not wanted[self.sort]:
            yield f"{', '.join(self.right) or 'no letter'} is no right answer of {self.sort}"


def _pattern(text: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    """A sentence with {places}, in every language."""
    languages = info.context
    if isinstance(languages, Languages) and (missing := languages.missing(text)):
        raise ValueError("; ".join(f"{lang} is missing" for lang in missing))
    return MappingProxyType(dict(text))


Pattern = Annotated[Mapping[str, str], AfterValidator(_pattern)]


class Actor(BaseModel):
    """Somebody whose sector is beyond doubt, with the article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sector: Sector
    name: Title


class Feature(BaseModel):
    """What marks a form of cooperation; `points`: the statements of the source that say so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: tuple[str, ...] = Field(min_length=1)
    name: OptionText


class Templates(BaseModel):
    """What generated questions are made with.

    `alike`: ids so near to each other that neither may be a wrong answer beside the other.
    `everywhere`: tips whose step is not asked, as they are meant for each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    patterns: Annotated[Mapping[str, Pattern], AfterValidator(read_only)]
    actors: Annotated[Mapping[str, Actor], AfterValidator(read_only)]
    features: Annotated[Mapping[str, Feature], AfterValidator(read_only)]
    alike: tuple[tuple[str, ...], ...] = ()
    everywhere: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Templates:
        for name in PATTERNS.keys() - self.patterns.keys():
            raise _fault(f"the pattern {name} is missing")
        for name, text in self.patterns.items():
            for lang, words in text.items():
                if PATTERNS.get(name) != frozenset(PLACE.findall(words)):
                    raise _fault(f"patterns.{name}.{lang} is unknown or has other places")
        return self

    @property
    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """Every text by its key in the file."""
        said = {f"patterns.{name}": text for name, text in self.patterns.items()}
        said |= {f"actors.{name}.name": actor.name for name, actor in self.actors.items()}
        return said | {f"features.{name}.name": row.name for name, row in self.features.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Quizzes:
    """The written questions by id, and the templates; neither where the files are not there."""

    written: Mapping[str, Quiz] = field(default_factory=dict)
    templates: Templates | None = None

    def unknown(self, known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Key and id of what the templates point to that is not there."""
        if self.templates is None:
            return
        for name, feature in self.templates.features.items():
            yield from ((f"features.{name}.points", p) for p in feature.points if p not in known)
        for group in self.templates.alike:
            yield from (("alike", name) for name in group if name not in known)
        yield from (("everywhere", n) for n in self.templates.everywhere if n not in known)
