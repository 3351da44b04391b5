"""Checks of what the texts say: words we avoid, hedges that stay, languages that are written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.knowledge.base import Knowledge
from bot.knowledge.entry import Entry
from bot.knowledge.mistake import Mistake
from bot.knowledge.quizzes import FILE as QUIZ

# Where an entry makes its point; a hedge in a small side text would not be heard.
TELLING = frozenset({"title", "text", "what", "why", "intro", "aim"})
# A few words may well be the same in two languages: names, "Agenda 2030".
SAME_FROM = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_PLACEABLE = re.compile(r"\{[^{}]*\}|<[^<>]*>")


def mistakes(kb: Knowledge) -> Iterator[Mistake]:
    """Faults of wording in every text."""
    for entry in (*kb.entries(), *kb.quiz.written.values()):
        file = kb.file(entry.id)
        for path, text in entry.texts.items():
            yield from _faults(kb, file, f"{entry.id}.{path}", text)
        yield from _orders(kb, file, entry)
    for key, text in kb.patterns.items():
        yield from _faults(kb, kb.file(key), key, text)
    for key, text in kb.quiz.templates.texts.items() if kb.quiz.templates else ():
        yield from _faults(kb, QUIZ, key, text)


def _faults(kb: Knowledge, file: str, key: str, text: Mapping[str, str]) -> Iterator[Mistake]:
    for lang, words in text.items():
        for word in heard(words, kb.voice.avoid.get(lang, ())):
            what = f"{word!r} is a word we avoid"
            yield Mistake(file, f"{key}.{lang}", what, "Say it another way")
    for lang, other in _same(text):
        what = f"{lang} says the same as {other}, it is not translated"
        yield Mistake(file, f"{key}.{lang}", what, "Write it in its own language")


def _same(text: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Languages whose words are those of a language before them."""
    first: dict[str, str] = {}
    for lang, words in text.items():
        other = first.setdefault(words, lang)
        if other != lang and len(_WORD.findall(_PLACEABLE.sub(" ", words))) >= SAME_FROM:
            yield lang, other


def _orders(kb: Knowledge, file: str, entry: Entry) -> Iterator[Mistake]:
    """Languages in which a hedge of the source has been lost."""
    item = kb.source.get(entry.id)
    hedge = item.hedge if item else None
    if hedge is None:
        return
    kept = kb.hedges.get(hedge, {})
    for lang in kb.languages.missing(kept):
        what = f"no words keep the hedge {hedge!r} in {lang}"
        yield Mistake("hedges.yaml", f"hedges.{hedge}", what, "List words that do")
    for lang, words in kept.items():
        told = [
            text[lang] for path, text in entry.texts.items() if path in TELLING and lang in text
        ]
        if any(told) and not any(heard(" ".join(told), words)):
            what = f"the source hedges this ({hedge}), {lang} does not"
            remedy = f"Say one of: {', '.join(words)}"
            yield Mistake(file, f"{entry.id}.{lang}", what, remedy)


def heard(text: str, wanted: Iterable[str]) -> Iterator[str]:
    """What of `wanted` stands in a text, as it stands there; a star stands for any ending."""
    low = text.lower()
    for word in wanted:
        # Looking for the bare word first spares nearly every search by expression.
        if word.split("*")[0].rstrip() in low and (hit := _expression(word).search(low)):
            yield hit[0]


@lru_cache(maxsize=1024)
def _expression(word: str) -> re.Pattern[str]:
    """Whole words; a star ends a word anyhow or is one; a sign stands anywhere."""
    if not word[0].isalnum():
        return re.compile(re.escape(word))
    ending = "" if word.endswith("*") else r"(?!\w)"
    return re.compile(r"(?<!\w)" + re.escape(word).replace(r"\*", r"\w*") + ending)
