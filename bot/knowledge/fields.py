"""The kinds of field a knowledge entry is made of: texts by language, within a length."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

Value = TypeVar("Value")
# One class of signs is searched much faster than the alternatives; few texts hold any.
_SUSPECT = re.compile(r"[{}<*\]\u00a0\u202f]")
_MARKUP = re.compile(r"[{}]|</?[a-zA-Z]|\*\*|\]\(|\u00a0|\u202f")


class Languages(BaseModel):
    """Languages the files may use, those every text must have, and their own names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    declared: tuple[str, ...] = Field(min_length=1)
    complete: tuple[str, ...] = Field(min_length=1)
    names: Mapping[str, str]

    def missing(self, found: Mapping[str, object]) -> list[str]:
        """The complete languages that `found` lacks."""
        return [lang for lang in self.complete if lang not in found]


@dataclass(frozen=True, slots=True)
class Within:
    """Checks one text by language: known languages, all complete ones, at most `cap` signs."""

    cap: int

    def __call__(self, text: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        """The same text, read-only; every fault of it in one message."""
        faults = list(self._faults(text))
        languages = info.context
        if isinstance(languages, Languages):
            faults += [f"{lang} is missing" for lang in languages.missing(text)]
            known = languages.declared
            faults += [f"{lang} is no declared language" for lang in text if lang not in known]
        if faults:
            raise ValueError("; ".join(faults))
        return MappingProxyType(dict(text))

    def _faults(self, text: Mapping[str, str]) -> list[str]:
        faults = [f"{lang} is empty" for lang, words in text.items() if not words.strip()]
        for lang, words in text.items():
            if len(words) > self.cap:
                faults.append(f"{lang} has {len(words)} characters, at most {self.cap}")
            if _SUSPECT.search(words) and (sign := _MARKUP.search(words)):
                faults.append(f"{lang} holds {sign[0]!r}, texts are plain")
        return faults


def read_only(found: Mapping[str, Value]) -> Mapping[str, Value]:
    """A view nobody can write through."""
    return MappingProxyType(dict(found))


Title = Annotated[Mapping[str, str], AfterValidator(Within(60))]
LongTitle = Annotated[Mapping[str, str], AfterValidator(Within(120))]
Step = Annotated[Mapping[str, str], AfterValidator(Within(140))]
Sign = Annotated[Mapping[str, str], AfterValidator(Within(200))]
Line = Annotated[Mapping[str, str], AfterValidator(Within(250))]
Short = Annotated[Mapping[str, str], AfterValidator(Within(300))]
Medium = Annotated[Mapping[str, str], AfterValidator(Within(350))]
Long = Annotated[Mapping[str, str], AfterValidator(Within(400))]
Longest = Annotated[Mapping[str, str], AfterValidator(Within(450))]
