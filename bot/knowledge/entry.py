"""What every entry of the knowledge base has: an id, its grounds, its texts by language."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict


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
