"""Takes the rule files apart and keeps every fault with its file, key and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.knowledge.fields import Languages
from bot.knowledge.mistake import Mistake
from bot.knowledge.rule_conditions import condition
from bot.knowledge.rule_model import BASES, NEVER, Condition, Fact

SOURCE_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
PLACEABLE = re.compile(r"\{\s*\$([a-z_]+)[^{}]*?(?:->|\})")
PLACEABLES = frozenset({"existing", "missing", "n", "phase", "form", "first", "last"})
BARE_BRACE = re.compile(r"\{(?!\s*\$)")
LONGEST = 200


class Source:
    """All rule documents under their top-level keys, and the faults found so far."""

    def __init__(self, documents: Mapping[str, Any], languages: Languages) -> None:
        self.languages = languages
        self.mistakes: list[Mistake] = []
        self.words: dict[str, dict[str, str]] = {}
        self.facts: dict[str, Fact] = {}
        self._files: dict[str, str] = {}
        self._parts: dict[str, Any] = {}
        for name, document in documents.items():
            self._take(_file(name), document)

    def _take(self, file: str, document: Any) -> None:
        if not isinstance(document, dict):
            self.mistakes.append(Mistake(file, "", "this is no mapping", "Write keys with values"))
            return
        for key, body in document.items():
            if key in self._parts:
                self.note(key, f"it stands in {file} too", "Keep one of them")
            self._files.setdefault(key, file)
            self._parts[key] = body

    def note(self, key: str, what: str, remedy: str) -> None:
        """Write a fault down; `key` begins with the top-level key it lies under."""
        file = self._files.get(key.split("/")[0], "rules")
        self.mistakes.append(Mistake(file, key.replace("/", ": "), what, remedy))

    def unknown_parts(self, known: frozenset[str]) -> None:
        """A top-level key nobody reads is a slip of the pen."""
        for key in set(self._parts) - known:
            self.note(key, "nothing reads this key", "Correct its spelling or remove it")

    def part(self, key: str) -> dict[str, Any]:
        """The mapping under a top-level key; empty, with a fault, where there is none."""
        body = self._parts.get(key)
        if not isinstance(body, dict):
            self.note(key, "this part is missing or no mapping", "Add it")
            return {}
        return body

    def plain(self, key: str, kind: type) -> Any:
        """A top-level value of this kind, or the empty one with a fault."""
        value = self._parts.get(key)
        if type(value) is not kind:
            self.note(key, f"this must be a {kind.__name__}", "Correct the value")
            return kind()
        return value

    def entries(self, key: str, allowed: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries of a part by id, each with allowed keys only."""
        for name, body in self.part(key).items():
            if self.allowed(f"{key}/{name}", body, allowed):
                yield str(name), body

    def allowed(self, path: str, body: Any, allowed: frozenset[str]) -> bool:
        """Whether `body` is a mapping; keys out of place are faults."""
        if not isinstance(body, dict):
            self.note(path, "this is no mapping", "Write keys with values")
            return False
        for key in set(body) - allowed:
            remedy = f"Use one of: {', '.join(sorted(allowed))}"
            self.note(f"{path}/{key}", "nothing reads this key", remedy)
        return True

    def when(self, path: str, body: Mapping[str, Any], key: str = "when") -> Condition:
        """The condition under `key`; never holding where there is none."""
        if key not in body:
            return NEVER

        def note(fact: str, what: str, remedy: str) -> None:
            self.note(f"{path}/{key}/{fact}".rstrip("/"), what, remedy)

        return condition(body[key], self.facts, note)

    def sources(self, path: str, body: Mapping[str, Any]) -> tuple[str, ...]:
        """The ids a rule rests on, checked for their shape."""
        found = self.names(path, body, "sources")
        for name in found:
            if not SOURCE_ID.fullmatch(name):
                remedy = "Write it as in the inventory, such as p1.goal_early"
                self.note(f"{path}/sources", f"{name!r} is no source id", remedy)
        return found

    def basis(self, path: str, body: Mapping[str, Any]) -> str:
        """How far the rule goes beyond the source."""
        return self.word(path, body, "basis", BASES)

    def word(self, path: str, body: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words."""
        value = body.get(key)
        if value in allowed:
            return str(value)
        self.note(f"{path}/{key}", f"{value!r} is not known", f"Use one of: {', '.join(allowed)}")
        return allowed[0]

    def names(self, path: str, body: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A list of words, empty where the key is missing."""
        value = body.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self.note(f"{path}/{key}", "this is no list of words", "Write [one, two]")
        return ()

    def flag(self, path: str, body: Mapping[str, Any], key: str) -> bool:
        """true or false; false where the key is missing."""
        value = body.get(key, False)
        if not isinstance(value, bool):
            self.note(f"{path}/{key}", f"{value!r} is no yes or no", "Write true or false")
        return value is True

    def text(self, path: str, body: Mapping[str, Any], key: str, pattern: str) -> None:
        """Keep the words under `body[key]` as the pattern of that name, if they are sound."""
        where, words = f"{path}/{key}", body.get(key)
        if not isinstance(words, dict):
            self.note(where, "the words are missing", "Add {fr: .., en: ..}")
            return
        for lang in self.languages.missing(words):
            self.note(where, f"{lang} is missing", f"Write it in {lang}")
        for lang, said in words.items():
            if not isinstance(said, str) or not said.strip():
                self.note(f"{where}/{lang}", "there are no words", "Write them")
            else:
                self._check(f"{where}/{lang}", said)
        self.words[pattern] = {str(lang): str(said).strip() for lang, said in words.items()}

    def _check(self, where: str, said: str) -> None:
        if BARE_BRACE.search(said):
            self.note(where, "a brace opens no value", "Write { $name }")
        for name in set(PLACEABLE.findall(said)) - PLACEABLES:
            remedy = f"Use one of: {', '.join(sorted(PLACEABLES))}"
            self.note(where, f"{name!r} is no value we can fill in", remedy)
        if "->" not in said and len(said) > LONGEST:
            self.note(where, f"{len(said)} characters", f"Keep to {LONGEST}")


def _file(name: str) -> str:
    return f"rules/{name.removeprefix('rules/').removesuffix('.yaml')}.yaml"
