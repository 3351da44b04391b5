"""Turns the raw word lists (intents, sectors, dialog patterns) into what the code looks up."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bot.errors import BotError
from bot.knowledge.fields import Languages
from bot.knowledge.lexicon import Intents, SectorFile, Sectors
from bot.knowledge.mistake import Mistake
from bot.knowledge.text import plain


class ListError(BotError):
    """Faults found in a word list; all of them."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(map(str, self.mistakes)))


def sectors_of(read: SectorFile) -> Sectors:
    """The sector labels and clues, without their names in the file."""
    return Sectors(labels=read.labels, clues=tuple(read.clues.values()))


def intents_of(document: Any, languages: Languages) -> Intents:
    """Every command word of every language in one look-up; ListError if two intents share one."""
    words: dict[str, str] = {}
    signs: dict[str, str] = {}
    faults: list[Mistake] = []
    if not isinstance(document, dict):
        fault = Mistake("intents.yaml", "", "this is no mapping", "Write intents with their words")
        raise ListError([fault])
    for intent, lang, word in _intent_words(document, languages, faults):
        known, key = (words, plain(word)) if plain(word) else (signs, word.strip())
        other = known.setdefault(key, intent)
        if other != intent:
            what = f"{word!r} already means {other}"
            faults.append(Mistake("intents.yaml", f"{intent}.{lang}", what, "Keep it in one"))
    if faults:
        raise ListError(faults)
    names = tuple(document)
    return Intents(MappingProxyType(words), MappingProxyType(signs), names)


def _intent_words(
    document: dict[str, Any], languages: Languages, faults: list[Mistake]
) -> Iterator[tuple[str, str, str]]:
    for intent, by_lang in document.items():
        found = by_lang if isinstance(by_lang, dict) else {}
        for lang in languages.missing(found):
            what = f"{lang} is missing"
            faults.append(Mistake("intents.yaml", str(intent), what, "Add words for it"))
        for lang, words in found.items():
            if isinstance(words, list) and all(isinstance(word, str) for word in words):
                yield from ((intent, lang, word) for word in words)
            else:
                what = "this is no list of words"
                key = f"{intent}.{lang}"
                faults.append(Mistake("intents.yaml", key, what, "Write words in quotation marks"))


def patterns_of(documents: Mapping[str, Any], languages: Languages) -> dict[str, Mapping[str, str]]:
    """Fluent patterns by dotted key; the file's name comes first, unless it is there already."""
    found: dict[str, Mapping[str, str]] = {}
    faults: list[Mistake] = []
    for stem, document in documents.items():
        for key, leaf in _leaves(document, languages):
            full = key if key == stem or key.startswith(f"{stem}.") else f"{stem}.{key}"
            fault = _fault(leaf, languages)
            if full in found:
                fault = "the key is there twice"
            if fault:
                place = f"dialogs/{stem}.yaml"
                faults.append(Mistake(place, key, fault, "Write one text a language"))
            else:
                found[full] = MappingProxyType(leaf)
    if faults:
        raise ListError(faults)
    return found


def _leaves(node: Any, languages: Languages, path: str = "") -> Iterator[tuple[str, Any]]:
    if not isinstance(node, dict) or any(lang in node for lang in languages.declared):
        if node is not None:
            yield path, node
        return
    for key, inside in node.items():
        yield from _leaves(inside, languages, f"{path}.{key}".strip("."))


def _fault(leaf: Any, languages: Languages) -> str:
    if not isinstance(leaf, dict):
        return "the text has no languages"
    faults = [f"{lang} is missing" for lang in languages.missing(leaf)]
    faults += [f"{lang} is no declared language" for lang in leaf if lang not in languages.declared]
    faults += [
        f"{lang} is no text"
        for lang, words in leaf.items()
        if not isinstance(words, str) or not words.strip()
    ]
    return "; ".join(faults)
