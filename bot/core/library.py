"""What the bot knows, in one hand: the knowledge base, its search and the reading rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.case.advice import Mark
from bot.case.answers import case_json
from bot.case.facts import shareable
from bot.case.file import CaseFile
from bot.case.model import Reading
from bot.case.reading import read
from bot.core.say import Words
from bot.knowledge import Knowledge
from bot.knowledge.sectors import guess
from bot.knowledge.text import match, plain
from bot.knowledge.topics import similar, suggest
from bot.knowledge.wording import heard

FEW_WORDS, SENTENCE = 6, 10
NOUNS_ARE_CAPITAL = frozenset({"de"})
TITLES = {"tool": "name", "question": "text"}


class Found(Protocol):
    """One hit of a search."""

    @property
    def id(self) -> str: ...


class Searcher(Protocol):
    """Answers a free question with hits of the knowledge base, best first; none = unknown."""

    def ask(self, lang: str, question: str, limit: int = 3) -> Sequence[Found]: ...

    def near(self, lang: str, question: str, limit: int) -> Sequence[Found]: ...


@dataclass(frozen=True, slots=True)
class Library:
    """`fallback` is the language spoken to those whose own is not complete yet."""

    kb: Knowledge
    search: Searcher
    fallback: str = "en"

    def spoken(self, hint: str) -> str:
        """The complete language nearest to a channel's hint such as "fr-CA"."""
        language = hint.lower().replace("_", "-").partition("-")[0]
        return language if language in self.kb.languages.complete else self.fallback

    def intent(self, text: str) -> str | None:
        return match(self.kb.intents, text)

    def language_named(self, text: str, loosely: bool = False) -> str | None:
        """The complete language whose own name is the whole of `text`, or one of a few words."""
        words = self.folded(text).split()
        names = {self.folded(self.kb.languages.names[c]): c for c in self.kb.languages.complete}
        if loosely and len(words) <= FEW_WORDS:
            return next((names[word] for word in words if word in names), None)
        return names.get(" ".join(words))

    def leading(self, text: str, language: str) -> str | None:
        """Which of "yes" and "no" a short sentence begins with; a name ("No Waste") does not."""
        words = text.split()
        if not 1 < len(words) <= SENTENCE or _names(words, language):
            return None
        first = self.intent(words[0])
        return first if "-" not in words[0] and first in ("yes", "no") else None

    def threatened(self, text: str) -> bool:
        """Whether the words say that somebody is threatened, in whatever language."""
        heed = self.kb.voice.heed.values()
        return any(any(heard(text, phrases)) for phrases in heed)

    def denies(self, text: str, language: str) -> bool:
        """Whether a short sentence says no ("we know of none"); a name ("No Waste") does not."""
        words = text.split()
        heard = self.folded(text).split()
        says_no = any(self.intent(word) == "no" for word in heard)
        return says_no and len(words) <= SENTENCE and not _names(words, language)

    def ask(self, language: str, question: str) -> tuple[str, ...]:
        """Up to three ids of cards that answer `question`."""
        return tuple(hit.id for hit in self.search.ask(language, question, 3))

    def nearest(self, language: str, question: str, most: int) -> tuple[str, ...]:
        """Ids of entries that come near `question`, also where none of them answers it."""
        return tuple(hit.id for hit in self.search.near(language, question, most))

    def folded(self, text: str) -> str:
        """Lower case, no accents, no punctuation: what two typed texts are compared by."""
        return plain(text)

    def label(self, label: Words | str, language: str) -> str:
        """The plain words on a button, its plain values filled in."""
        if isinstance(label, str):
            return label
        entry, _, field = label.key.partition("#")
        if field:
            return self.kb.text(entry, field, language)
        text = self.kb.patterns.get(label.key, {}).get(language, "")
        for name, value in label.values.items():
            text = text.replace(f"{{ ${name} }}", str(value))
        return text

    def title(self, entry: str) -> Words:
        """What an entry is called on a button: a tool by its name, a question by its text."""
        kind = self.kb.entry(entry).kind
        return Words(f"{entry}#{TITLES.get(kind, 'title')}")

    def topic(self, text: str) -> str | None:
        return suggest(self.kb, text)

    def sector(self, name: str) -> str | None:
        """The likely sector of an organisation; None where it is better to ask."""
        guessed = guess(self.kb, name)
        return None if guessed.ask else guessed.sector

    def sector_said(self, text: str) -> str | None:
        """The sector whose name stands in a typed text, in any complete language."""
        said = f" {self.folded(text)} "
        for sector, names in self.kb.sectors.labels.items():
            if any(f" {self.folded(name)} " in said for name in names.values()):
                return sector
        return None

    def sector_meant(self, text: str) -> str | None:
        """The sector a few words mean: its name, or what organisations of it are called."""
        return self.sector_said(text) or guess(self.kb, text).sector

    def similar(self, text: str, topic: str | None) -> tuple[str, ...]:
        """At most three partnerships of the catalogue on the team's topic."""
        return similar(self.kb, text, topic)

    def reading(self, case: CaseFile, now: datetime, shared: bool = False) -> Reading:
        """Where the team stands by its answers, with the reasons and three tips.

        `shared`: for staff; made without what one person told in private.
        """
        marks = {tip: Mark(mark.kind, (now - mark.at).days) for tip, mark in case.tips.items()}
        told = case_json(case)
        return read(
            shareable(told, self.kb.rules) if shared else told,
            self.kb.rules,
            phase=case.overruled_phase,
            form=case.overruled_form,
            marks=marks,
        )


def _names(words: list[str], language: str) -> bool:
    """Whether a capital inside a sentence tells of a name; the English "I" does not.

    German writes every noun with one: there only a name of nothing but such words counts.
    """
    if language in NOUNS_ARE_CAPITAL:
        return len(words) > 1 and all(w[0].isupper() for w in words) and words[0].isalpha()
    return any(w[0].isupper() and w.partition("'")[0].strip(",.") != "I" for w in words[1:])
