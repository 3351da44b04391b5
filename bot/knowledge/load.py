"""Reads the knowledge folder strictly and hands over one frozen object, or every mistake."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import BotError
from bot.knowledge import cross, quizzes, rules, strict
from bot.knowledge import model as kinds
from bot.knowledge.base import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.fields import Languages
from bot.knowledge.lexicon import Calendar, HedgeFile, SectorFile, SynonymFile, Synonyms, Voice
from bot.knowledge.lists import ListError, intents_of, patterns_of, sectors_of
from bot.knowledge.mistake import KnowledgeError, Mistake
from bot.knowledge.origin import Reference, SourceItem

Kind = TypeVar("Kind", bound=Entry)
Model = TypeVar("Model", bound=BaseModel)
Result = TypeVar("Result")
REMEDIES = {
    "missing": "Add this key",
    "extra_forbidden": "Remove this key or correct its spelling",
    "literal_error": "Use one of the words allowed here",
    "value_error": "Complete or shorten the text",
    "string_type": "Put the value in quotation marks",
    "quiz_shape": "Make kind, options, letters and texts fit together",
}


def load(folder: Path) -> Knowledge:
    """The knowledge base in `folder`; KnowledgeError with all mistakes if it is not sound."""
    reader = _Reader(folder)
    found = reader.knowledge()
    if found is not None:
        reader.mistakes += cross.check(found, reader.files, reader.absent)
    # Where a file could not be read, all else may only follow from that.
    mistakes = reader.unreadable or reader.mistakes
    if found is None or mistakes:
        raise KnowledgeError(strict.located(folder, mistakes))
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
            files=MappingProxyType(self.files),
            **parts,
            **lists,
        )

    def _entries(self) -> dict[str, Any]:
        return {
            "source": self._source(),
            "phases": self.entries("phases", kinds.Phase),
            "tips": self.entries("tips", kinds.Tip),
            "questions": self.entries("questions", kinds.Question),
            "challenges": self.entries("challenges", kinds.Challenge),
            "facts": self.entries("facts", kinds.Fact),
            "definition": self.entries("definition", kinds.Definition),
            "terms": self.entries("terms", kinds.Term),
            "purposes": self.entries("purposes", kinds.Purpose),
            "tools": self.entries("tools", kinds.Tool),
            "topics": self.entries("topics", kinds.Topic),
            "partnerships": self.entries("partnerships", kinds.Partnership),
            "cards": self.entries("cards", kinds.Card),
            "points": self.entries("points", kinds.Point),
            "references": self.table("references.yaml", Reference),
            "quiz": self._quiz(),
        }

    def _quiz(self) -> quizzes.Quizzes:
        """Questions of the quiz; a base may do without."""
        written = self.entries("quiz", quizzes.Quiz) if (self.folder / "quiz").is_dir() else {}
        made = (self.folder / quizzes.FILE).exists()
        return quizzes.Quizzes(written, self.one(quizzes.FILE, quizzes.Templates) if made else None)

    def _lists(self) -> dict[str, Any] | None:
        intents = self._document("intents.yaml")
        sectors = self.one("sectors.yaml", SectorFile)
        synonyms = self.one("synonyms.yaml", SynonymFile)
        voice = self.one("voice.yaml", Voice)
        calendar = self.one("calendar.yaml", Calendar)
        hedges = self.one("hedges.yaml", HedgeFile)
        words = (
            None
            if intents is None
            else self._built("intents.yaml", lambda: intents_of(intents, self.languages))
        )
        if not (sectors and synonyms and voice and words and calendar and hedges):
            return None
        return {
            "intents": words,
            "sectors": sectors_of(sectors),
            "synonyms": Synonyms.of(synonyms),
            "voice": voice,
            "calendar": calendar,
            "hedges": hedges.hedges,
            "asked": self._asked(),
        }

    def _asked(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Examples of questions by language; none where there is no such folder."""
        found = {}
        for lang, rows in self._documents("asked").items():
            file = f"asked/{lang}.yaml"
            if lang not in self.languages.declared:
                self.note(file, "", f"{lang} is no declared language", "Correct the file's name")
            by_entry = rows if isinstance(rows, dict) else {}
            for name, phrases in by_entry.items():
                if not _is_words(phrases):
                    what, remedy = "this is no list of words", 'Write - "..." for each'
                    self.note(file, str(name), what, remedy)
            sound = {str(n): tuple(each) for n, each in by_entry.items() if _is_words(each)}
            found[lang] = MappingProxyType(sound)
        return MappingProxyType(found)

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

    def table(self, file: str, model: type[Model]) -> Mapping[str, Model]:
        """A file of named objects that are no entries: what is sound of them."""
        rows = self._document(file)
        read = {
            str(name): self.model(file, str(name), model, body)
            for name, body in (rows if isinstance(rows, dict) else {}).items()
        }
        return MappingProxyType({name: row for name, row in read.items() if row is not None})

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
        return self._built("rules", lambda: rules.parse(documents, self.languages))

    def _documents(self, folder: str) -> dict[str, Any]:
        files = sorted((self.folder / folder).glob("*.yaml"))
        return {path.stem: self._document(f"{folder}/{path.name}") for path in files}

    def _document(self, file: str) -> Any:
        found = None
        try:
            text = (self.folder / file).read_text("utf-8")
            found = strict.parse(text)
        except FileNotFoundError:
            self.note(file, "", "the file is missing", "Add it, or give the right folder")
        except UnicodeDecodeError:
            self.note(file, "", "the file is not UTF-8", "Save it as UTF-8")
        except yaml.YAMLError as error:
            self.unreadable.append(strict.unreadable(file, text, error))
        else:
            if isinstance(found, (dict, list)):
                return found
            self.note(file, "", "the file holds nothing to read", "Fill it")
        self.absent.add(cross.stem(file))
        return None


def _is_words(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(word, str) and word for word in found)
