"""Reads YAML without surprises, and finds the line on which a key stands."""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.mistake import Mistake

KEY = re.compile(r"^[\s-]*([\w.]+)\s*:")
BETWEEN = re.compile(r"[.:/]\s*")


class _Refused(yaml.constructor.ConstructorError):
    """Well-formed YAML that we do not take; carries what to do about it."""

    def __init__(self, what: str, remedy: str, node: yaml.Node) -> None:
        super().__init__(None, None, what, node.start_mark)
        self.remedy = remedy


class StrictLoader(yaml.CSafeLoader):
    """True and false only, plain numbers, no dates, no duplicate keys, no bare yes or no."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (as PyYAML declares it)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping as always, but a key given twice is refused with its line."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise _Refused(f"the key {key.value!r} is there twice", "Keep one of them", key)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def refuse_bare(self, node: yaml.ScalarNode) -> None:
        """Some programs read a bare yes or no as true or false, and others as a word."""
        what = f"{node.value} without quotation marks may be read as true or false"
        raise _Refused(what, f'Write "{node.value}"', node)


_BARE = r"^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE)$"
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("!bare", _BARE, "yYnNoOTF"),
):
    StrictLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
StrictLoader.add_constructor("!bare", StrictLoader.refuse_bare)


def parse(text: str) -> Any:
    """What a YAML text holds; yaml.YAMLError where it is not well-formed or not unmistakable."""
    return yaml.load(text, StrictLoader)  # noqa: S506 (a safe loader with fewer guesses)


def unreadable(file: str, text: str, error: yaml.YAMLError) -> Mistake:
    """Why a text cannot be read, with the line and the key nearest above it."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    keys = [found[1] for row in text.split("\n")[:line] if (found := KEY.match(row))]
    what = str(getattr(error, "problem", None) or error)
    remedy = getattr(error, "remedy", "Correct the indent, quotation marks or signs of this line")
    return Mistake(file, keys[-1] if keys else "", what, remedy, line)


def located(folder: Path, mistakes: Iterable[Mistake]) -> list[Mistake]:
    """The same mistakes, each with the line of its key where the file has such a key."""
    trees: dict[str, yaml.Node | None] = {}
    return [
        mistake if mistake.line else replace(mistake, **_place(folder, mistake, trees))
        for mistake in mistakes
    ]


def _place(folder: Path, mistake: Mistake, trees: dict[str, Any]) -> dict[str, Any]:
    """File and line of a mistake; one told of a folder is looked for in each of its files."""
    named = folder / mistake.file
    files = sorted(named.glob("*.yaml")) if mistake.file.endswith("/") else [named]
    best: dict[str, Any] = {}
    deepest = 0
    for path in files:
        file = path.relative_to(folder).as_posix()
        if file not in trees:
            trees[file] = _tree(path)
        for depth, line in _steps(trees[file], mistake.key):
            # The last one counts: of an id given twice, the second is to be changed.
            if depth >= deepest:
                deepest, best = depth, {"file": file, "line": line}
    return best


def _tree(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _steps(node: yaml.Node | None, key: str, depth: int = 0) -> Iterator[tuple[int, int]]:
    """How much of a dotted key is found here, and on which line; ids hold dots themselves."""
    rows: list[tuple[str, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        rows = [(str(name.value), name, inside) for name, inside in node.value]
    elif isinstance(node, yaml.SequenceNode):
        rows = [(_own(each) or str(n), each, each) for n, each in enumerate(node.value)]
    for name, place, inside in rows:
        rest = key.removeprefix(name)
        if name and rest != key and (not rest or BETWEEN.match(rest)):
            found = depth + len(name)
            yield found, place.start_mark.line + 1
            yield from _steps(inside, BETWEEN.sub("", rest, count=1), found)


def _own(node: yaml.Node) -> str:
    """The id a list item gives itself."""
    for name, inside in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == "id":
            return str(inside.value)
    return ""
