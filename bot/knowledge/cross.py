"""Checks between knowledge files: references, and completeness against the source."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache

from bot.knowledge import wording
from bot.knowledge.base import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.mistake import Mistake
from bot.knowledge.model import PHASES
from bot.knowledge.quizzes import FILE as QUIZ

GROUNDED = frozenset({"tip", "challenge", "fact", "definition", "term", "phase", "purpose"})
HOMES = (
    (re.compile(r"tool\."), "tools"),
    (re.compile(r"topic\."), "topics"),
    (re.compile(r"p\d\.tool\."), "purposes"),
    (re.compile(r"(p\d\.q|x\.\w+\.q\d)"), "questions"),
    (re.compile(r"x\."), "challenges"),
    (re.compile(r"brief\."), "facts"),
    (re.compile(r"(p\d\.n|type\.\w+|def\.(char|spectrum)\.\w+)\.\w+"), "points"),
    (re.compile(r"def\.(issue|media|participation|note\.un_desa)"), "points"),
    (re.compile(r"(def|type|sector)\."), "definition"),
    (re.compile(r"card\."), "cards"),
    (re.compile(r"p\d$"), "phases"),
    (re.compile(r"p\d\."), "tips"),
)


class Fits:
    """Whether an id is of a kind a field may point to, told by how ids begin."""

    def __init__(self, *starts: str) -> None:
        self.starts = starts

    def __call__(self, target: str) -> bool:
        """True if the id begins as it should; without starts everything fits."""
        return not self.starts or target.startswith(self.starts)


_anything = Fits()
_POINTERS = {
    "challenges": Fits("x."),
    "questions": _anything,
    "tips": Fits(*(f"{phase}." for phase in PHASES)),
    "home": _anything,
    "cited_for": Fits(*(f"{phase}.tool." for phase in PHASES)),
    "topic": Fits("topic."),
    "of": _anything,
    "about": _anything,
}


def stem(file: str) -> str:
    """The kind of entry a file holds: "tips" of "tips/p1.yaml", "terms" of "terms.yaml"."""
    return file.partition("/")[0].removesuffix(".yaml")


def home(entry_id: str) -> str:
    """The kind of file in which this id is to be found, "" if the id tells nothing."""
    return next((kind for beginning, kind in HOMES if beginning.match(entry_id)), "")


def check(kb: Knowledge, files: Mapping[str, str], absent: Set[str]) -> list[Mistake]:
    """Faults between the files; `files` maps every id that was read, sound or not, to its file.

    An id whose entry was refused counts as known, and one that belongs to an `absent` kind is
    not looked for: one fault is told once.
    """
    found: list[Mistake] = []
    for entry in (*kb.entries(), *kb.quiz.written.values()):
        file = files.get(entry.id, "")
        found += [
            Mistake(file, f"{entry.id}.{key}", what, remedy)
            for key, what, remedy in _entry_faults(kb, entry, files, absent)
        ]
    for key, name in kb.quiz.unknown(files):
        what = f"there is no {name!r} to point to"
        found.append(Mistake(QUIZ, key, what, "Correct the id, or add the entry"))
    found += _complete(kb, files, absent)
    found += wording.mistakes(kb)
    return found


def _entry_faults(
    kb: Knowledge, entry: Entry, files: Mapping[str, str], absent: Set[str]
) -> Iterator[tuple[str, str, str]]:
    remedy = "Correct the id, or add the entry"
    for field, target, fits in _references(entry):
        if home(target) in absent:
            continue
        if target not in files or not fits(target):
            yield field, f"there is no {target!r} to point to", remedy
    for page in getattr(entry, "seen", ()):
        if page not in kb.references and "references" not in absent:
            yield "seen", f"there is no page {page!r} in references.yaml", "Correct it, or add it"
    if "source" not in absent:
        yield from _ground(kb, entry)


def _ground(kb: Knowledge, entry: Entry) -> Iterator[tuple[str, str, str]]:
    for source in entry.sources:
        if source not in kb.source:
            yield "sources", f"{source!r} is not in source.yaml", "Correct the source id"
    if entry.kind in GROUNDED and not entry.sources and entry.editorial != "all":
        yield "sources", "no source is named", "Name the source ids, or write editorial: all"
    known = _field_names(type(entry))
    for name in entry.editorial if isinstance(entry.editorial, tuple) else ():
        if name not in known:
            yield "editorial", f"{name!r} is no field here", "Name fields of this entry"


@lru_cache(maxsize=32)
def _field_names(model: type[Entry]) -> frozenset[str]:
    fields = model.model_fields
    return frozenset(fields) | {info.alias for info in fields.values() if info.alias}


def _references(entry: Entry) -> Iterator[tuple[str, str, Fits]]:
    for number in entry.tools:
        yield "tools", f"tool.{number}", _anything
    for field, fits in _POINTERS.items():
        found = getattr(entry, field, ())
        for target in (found,) if isinstance(found, str) else found:
            yield field, target, fits


def _complete(kb: Knowledge, files: Mapping[str, str], absent: Set[str]) -> Iterator[Mistake]:
    for name in [*kb.source, *PHASES, *(f"tool.{number}" for number in range(1, 61))]:
        kind = home(name) or "points"
        if kind not in absent and name not in files:
            yield Mistake(_place(kind, files), name, "this entry is missing", "Add it")
    known = {item.id for item in kb.source.values() if item.kind == "tip"}
    for tip in kb.tips if known else ():
        if tip not in known:
            what = "the source has no such tip"
            yield Mistake(files[tip], tip, what, "Correct the id, or add it to source.yaml")
    for name, tool in kb.tools.items():
        if name != f"tool.{tool.number}":
            what = f"the number {tool.number} does not fit the id"
            yield Mistake(files[name], f"{name}.number", what, "Make both the same")


def _place(kind: str, files: Mapping[str, str]) -> str:
    parted = any(file.startswith(f"{kind}/") for file in files.values())
    return f"{kind}/" if parted else f"{kind}.yaml"
