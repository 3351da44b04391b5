"""The knowledge base as one frozen object: look an entry or a text up by its id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

from bot.knowledge.entry import Entry
from bot.knowledge.fields import Languages
from bot.knowledge.lexicon import Calendar, Intents, Sectors, Synonyms, Voice
from bot.knowledge.model import (
    Card,
    Challenge,
    Definition,
    Fact,
    Partnership,
    Phase,
    Point,
    Purpose,
    Question,
    Term,
    Tip,
    Tool,
    Topic,
    Words,
)
from bot.knowledge.origin import Reference, SourceItem
from bot.knowledge.quizzes import Quizzes
from bot.knowledge.rules import Rules

FALLBACK = ("en", "fr")


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Everything the bot knows; compared by identity so that indexes can be kept beside it.

    `patterns` are Fluent patterns: dotted key -> language -> pattern. `asked`: language -> entry
    -> examples of how founders ask for it. `files`: entry -> the file it is written in.
    `quiz` holds no entries: no card shows a question of the quiz and no search finds it.
    """

    languages: Languages
    phases: Mapping[str, Phase]
    tips: Mapping[str, Tip]
    questions: Mapping[str, Question]
    challenges: Mapping[str, Challenge]
    facts: Mapping[str, Fact]
    definition: Mapping[str, Definition]
    terms: Mapping[str, Term]
    purposes: Mapping[str, Purpose]
    tools: Mapping[str, Tool]
    topics: Mapping[str, Topic]
    partnerships: Mapping[str, Partnership]
    cards: Mapping[str, Card]
    points: Mapping[str, Point]
    references: Mapping[str, Reference]
    source: Mapping[str, SourceItem]
    sectors: Sectors
    intents: Intents
    synonyms: Synonyms
    voice: Voice
    hedges: Mapping[str, Words]
    asked: Mapping[str, Words]
    calendar: Calendar
    rules: Rules
    patterns: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]
    quiz: Quizzes = field(default_factory=Quizzes)
    _by_id: Mapping[str, Entry] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index every entry once; a frozen object allows it only this way."""
        found = {entry.id: entry for entry in self.entries()}
        object.__setattr__(self, "_by_id", MappingProxyType(found))

    def entries(self) -> Iterable[Entry]:
        """Every entry, kind by kind, in the order of the files."""
        kinds: tuple[Mapping[str, Entry], ...] = (
            self.phases, self.tips, self.questions, self.challenges, self.facts, self.definition,
            self.terms, self.purposes, self.tools, self.topics, self.partnerships, self.cards,
            self.points,
        )  # fmt: skip
        return chain.from_iterable(kind.values() for kind in kinds)

    def file(self, key: str) -> str:
        """Where an entry or a pattern is written; the rules spread theirs over several files."""
        if key in self.files:
            return self.files[key]
        return "rules/" if key in self.rules.patterns() else f"dialogs/{key.split('.')[0]}.yaml"

    def __contains__(self, entry_id: object) -> bool:
        """Whether an entry has this id."""
        return entry_id in self._by_id

    def entry(self, entry_id: str) -> Entry:
        """The entry with this id; KeyError that names it."""
        try:
            return self._by_id[entry_id]
        except KeyError:
            raise KeyError(f"the knowledge base has no entry {entry_id!r}") from None

    def text(self, entry_id: str, field: str, lang: str) -> str:
        """A text of an entry ("title", "steps.0") in `lang`, else English, else French."""
        texts = self.entry(entry_id).texts
        if field not in texts:
            plain = getattr(self.entry(entry_id), field, None)
            if isinstance(plain, str):
                return plain
            raise KeyError(f"{entry_id} has no text {field!r}; it has {', '.join(texts)}")
        return pick(texts[field], lang)


def pick(text: Mapping[str, str], lang: str) -> str:
    """The text in `lang`, else English, else French, else any; KeyError if there is none."""
    for choice in (lang, *FALLBACK, *text):
        if choice in text:
            return text[choice]
    raise KeyError("a text without any language")
