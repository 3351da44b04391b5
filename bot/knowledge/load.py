"""Reads the knowledge folder strictly and hands over one frozen object, or every mistake."""

import re
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import BotError
from bot.knowledge import cross, rules
from bot.knowledge.base import Knowledge
from bot.knowledge.fields import Languages
from bot.knowledge.lexicon import Calendar, SectorFile, SynonymFile, Synonyms, Voice
from bot.knowledge.lists import ListError, intents_of, patterns_of, sectors_of
from bot.knowledge.mistake import KnowledgeError, Mistake
from bot.knowledge.model import (
    Challenge,
    Definition,
    Entry,
    Fact,
    Partnership,
    Phase,
    Purpose,
    Question,
    SourceItem,
    Term,
    Tip,
    Tool,
    Topic,
)

Kind = TypeVar("Kind", bound=Entry)
Model = TypeVar("Model", bound=BaseModel)
Result = TypeVar("Result")
REMEDIES = {
    "missing": "Add this key",
    "extra_forbidden": "Remove this key or correct its spelling",
    "literal_error": "Use one of the words allowed here",
    "value_error": "Complete or shorten the text",
    "string_type": "Put the value in quotation marks",
}


class StrictLoader(yaml.CSafeLoader):
    """YAML without surprises: true/false only, plain numbers, no dates, no duplicate keys."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (as PyYAML declares it)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping as always, but a key given twice is refused with its line."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is there twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    StrictLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first)
    )


def load(folder: Path) -> Knowledge:
    """The knowledge base in `folder`; KnowledgeError with all mistakes if it is not sound."""
    reader = _Reader(folder)
    found = reader.knowledge()
    if found is not None:
        reader.mistakes += cross.check(found, reader.files, reader.absent)
    if reader.unreadable:
        # All else may only follow from a file that could not be read.
        raise KnowledgeError(reader.unreadable)
    if found is None or reader.mistakes:
        raise KnowledgeError(reader.mistakes)
    return found


class _Reader:
    """One pass over the folder; collects mistakes instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self.unreadable: list[Mistake] = []
        self.files: dict[str, str] = {}
        self.absent: set[str] = set()
        self.languages = Languages(declared=("fr", "en"), complete=("fr", "en"), names={})
        self.languages = self.one("languages.yaml", Languages) or self.languages

    def knowledge(self) -> Knowledge | None:
        """Everything read, even where single entries were refused; None without rules."""
        parts = self._entries()
        lists = self._lists()
        words = self._documents("dialogs")
        book = self._rules()
        patterns = self._built("dialogs", lambda: patterns_of(words, self.languages)) or {}
        if book is None or lists is None:
            return None
        return Knowledge(
            languages=self.languages,
            rules=book,
            patterns=MappingProxyType({**patterns, **book.patterns()}),
            **parts,
            **lists,
        )

    def _entries(self) -> dict[str, Any]:
        return {
            "source": self._source(),
            "phases": self.entries("phases", Phase),
            "tips": self.entries("tips", Tip),
            "questions": self.entries("questions", Question),
            "challenges": self.entries("challenges", Challenge),
            "facts": self.entries("facts", Fact),
            "definition": self.entries("definition", Definition),
            "terms": self.entries("terms", Term),
            "purposes": self.entries("purposes", Purpose),
            "tools": self.entries("tools", Tool),
            "topics": self.entries("topics", Topic),
            "partnerships": self.entries("partnerships", Partnership),
        }

    def _lists(self) -> dict[str, Any] | None:
        intents = self._document("intents.yaml")
        sectors = self.one("sectors.yaml", SectorFile)
        synonyms = self.one("synonyms.yaml", SynonymFile)
        voice = self.one("voice.yaml", Voice)
        calendar = self.one("calendar.yaml", Calendar)
        words = (
            None
            if intents is None
            else self._built("intents.yaml", lambda: intents_of(intents, self.languages))
        )
        if not (sectors and synonyms and voice and words and calendar):
            return None
        return {
            "intents": words,
            "sectors": sectors_of(sectors),
            "synonyms": Synonyms.of(synonyms),
            "voice": voice,
            "calendar": calendar,
        }

    def _source(self) -> Mapping[str, SourceItem]:
        found: dict[str, SourceItem] = {}
        items = self._document("source.yaml")
        for place, item in enumerate(items if isinstance(items, list) else []):
            read = self.model("source.yaml", str(place + 1), SourceItem, item)
            if read is not None and read.id in found:
                self.note("source.yaml", read.id, "the id is there twice", "Keep one of them")
            elif read is not None:
                found[read.id] = read
        return MappingProxyType(found)

    def entries(self, stem: str, kind: type[Kind]) -> Mapping[str, Kind]:
        """The sound entries of `stem`.yaml, or of every file in `stem`/, by id."""
        found: dict[str, Kind] = {}
        inside = sorted((self.folder / stem).glob("*.yaml"))
        for file in [f"{stem}/{path.name}" for path in inside] or [f"{stem}.yaml"]:
            document = self._document(file)
            for key, body in (document if isinstance(document, dict) else {}).items():
                read = self._entry(file, str(key), kind, body)
                if read is not None:
                    found[read.id] = read
        return MappingProxyType(found)

    def _entry(self, file: str, key: str, kind: type[Kind], body: object) -> Kind | None:
        if key in self.files:
            other = self.files[key]
            self.note(file, key, f"the id is used in {other} too", "Give each its own id")
        self.files[key] = file
        return self.model(file, key, kind, {**body, "id": key} if isinstance(body, dict) else body)

    def one(self, file: str, model: type[Model]) -> Model | None:
        """A file that is one object."""
        document = self._document(file)
        return None if document is None else self.model(file, "", model, document)

    def model(self, file: str, key: str, model: type[Model], body: object) -> Model | None:
        """The validated object, or None and a mistake for every fault."""
        try:
            return model.model_validate(body, context=self.languages)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                inside = ".".join([key, *map(str, fault["loc"])]).strip(".")
                what = str(fault["msg"]).removeprefix("Value error, ")
                remedy = REMEDIES.get(fault["type"], "Correct the value")
                self.note(file, inside, what, remedy)
            return None

    def note(self, file: str, key: str, what: str, remedy: str) -> None:
        """Write a mistake down and go on."""
        self.mistakes.append(Mistake(file, str(key), what, remedy))

    def _built(self, file: str, build: Callable[[], Result]) -> Result | None:
        try:
            return build()
        except ListError as error:
            self.mistakes += error.mistakes
        except BotError as error:
            self.note(file, "", str(error), "Correct this file")
        return None

    def _rules(self) -> rules.Rules | None:
        documents = self._documents("rules")
        if not documents:
            self.note("rules/", "", "there are no rule files", "Add them, or give the right folder")
            return None
        return self._built("rules", lambda: rules.parse(documents))

    def _documents(self, folder: str) -> dict[str, Any]:
        files = sorted((self.folder / folder).glob("*.yaml"))
        return {path.stem: self._document(f"{folder}/{path.name}") for path in files}

    def _document(self, file: str) -> Any:
        path = self.folder / file
        try:
            found = yaml.load(path.read_text("utf-8"), StrictLoader)  # noqa: S506
        except FileNotFoundError:
            self.note(file, "", "the file is missing", "Add it, or give the right folder")
        except UnicodeDecodeError:
            self.note(file, "", "the file is not UTF-8", "Save it as UTF-8")
        except yaml.YAMLError as error:
            self.note(file, *_fault(error), "Correct this line")
            self.unreadable.append(self.mistakes[-1])
        else:
            if not isinstance(found, (dict, list)):
                self.note(file, "", "the file holds nothing to read", "Fill it")
            else:
                return found
        self.absent.add(cross.stem(file))
        return None


def _fault(error: yaml.YAMLError) -> tuple[str, str]:
    """Where and what, as far as the parser says."""
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "", str(getattr(error, "problem", None) or error)
