"""Finds the keys that code says and the dialogs it opens, by reading its syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import product

# A dotted name; what is built at run time stands as ANY in it. Entry texts (`id#field`) and
# actions (`trigger:argument`) are none.
ANY = "\0"
KEY = re.compile(r"(?=.*[a-z])[a-z0-9_\0]+(?:\.[a-z0-9_\0]+)+")
FILE = ".json"
OPENS = frozenset({"open", "replace", "enter"})
OPENERS = frozenset({"talk", "floor"})


@dataclass(frozen=True, slots=True)
class Use:
    """A name in the code, at its line; `ANY` in it stands for what only a turn can tell."""

    line: int
    name: str

    @property
    def shown(self) -> str:
        return self.name.replace(ANY, "…")

    def among(self, known: Set[str]) -> bool:
        """Whether one of `known` may be what is meant."""
        if ANY not in self.name:
            return self.name in known
        pattern = re.compile(".+".join(map(re.escape, self.name.split(ANY))))
        return any(map(pattern.fullmatch, known))


def keys_said(source: str, names: Mapping[str, object]) -> list[Use]:
    """Every key in a module's `source`; `names` are what its global names stand for.

    A loop over words known beforehand (`for a in ("yes", "no")`) gives a key for each.
    """
    tree = ast.parse(source)
    reader = _Keys(names, tree)
    reader.visit(tree)
    return [u for u in reader.found if KEY.fullmatch(u.name) and not u.name.endswith(FILE)]


def dialogs_opened(source: str) -> list[Use]:
    """Every dialog that is opened by its name: `talk.open("team")`, `floor.enter("menu")`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _opens(node.func):
            found += [Use(node.lineno, name) for name in _words(node.args[0])]
    return found


def _opens(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in OPENS:
        return False
    owner = called.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in OPENERS


def _words(node: ast.expr) -> Iterator[str]:
    """The texts an expression may be, as far as they are written there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


class _Keys(ast.NodeVisitor):
    """Collects texts that may be keys; knows what the loops around them run over."""

    def __init__(self, names: Mapping[str, object], tree: ast.Module) -> None:
        self.names = names
        self.functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        self.set_here: dict[str, list[ast.expr]] = {}
        self.loops: dict[str, tuple[str, ...]] = {}
        self.found: list[Use] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.found.append(Use(node.lineno, node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [tuple(self._part(value)) for value in node.values]
        self.found += [Use(node.lineno, "".join(pieces)) for pieces in product(*parts)]

    def _part(self, value: ast.expr) -> Iterable[str]:
        if isinstance(value, ast.Constant):
            return (str(value.value),)
        inside = value.value if isinstance(value, ast.FormattedValue) else value
        known = self.loops.get(inside.id) if isinstance(inside, ast.Name) else None
        return known or (ANY,)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.set_here = _set_in(node)
        self.generic_visit(node)
        self.set_here = {}

    def _given_by(self, called: ast.FunctionDef) -> tuple[str, ...]:
        """The words a function returns; what it sets inside is its own."""
        outside, self.set_here = self.set_here, _set_in(called)
        ends = [n.value for n in ast.walk(called) if isinstance(n, ast.Return) and n.value]
        words = self._all(ends)
        self.set_here = outside
        self.functions[called.name] = called
        return words

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._loop(node, [(each.target, each.iter) for each in node.generators])

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._loop(node, [(each.target, each.iter) for each in node.generators])

    def visit_For(self, node: ast.For) -> None:
        self._loop(node, [(node.target, node.iter)])

    def _loop(self, node: ast.AST, over: list[tuple[ast.expr, ast.expr]]) -> None:
        before = dict(self.loops)
        for target, values in over:
            words = self._run_over(values)
            if isinstance(target, ast.Name):
                self.loops.pop(target.id, None)
                if words:
                    self.loops[target.id] = words
        self.generic_visit(node)
        self.loops = before

    def _run_over(self, node: ast.expr) -> tuple[str, ...]:
        """The words an expression gives one after the other; none where only a turn can tell."""
        match node:
            case ast.Constant(value=str(word)):
                return (word,)
            case ast.Name(id=name) if name in self.set_here:
                # Taken away meanwhile: `ways = (*ways, "more")` would else run in circles.
                nodes = self.set_here.pop(name)
                words = self._all(nodes)
                self.set_here[name] = nodes
                return words
            case ast.Name(id=name) if isinstance(self.names.get(name), (tuple, list, dict)):
                found: Iterable[object] = self.names[name]  # type: ignore[assignment]
                return tuple(word for word in found if isinstance(word, str))
            case ast.Call(func=ast.Attribute(attr=name)) if name in self.functions:
                return self._given_by(self.functions.pop(name))
            case ast.Starred(value=inside):
                return self._run_over(inside)
            case ast.IfExp(body=one, orelse=other):
                return self._all((one, other))
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return self._all(parts)
            case _:
                return ()

    def _all(self, nodes: Iterable[ast.expr]) -> tuple[str, ...]:
        return tuple(word for node in nodes for word in self._run_over(node))


def _set_in(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """What a function's own names are set to."""
    found: dict[str, list[ast.expr]] = {}
    for inside in ast.walk(function):
        if isinstance(inside, ast.Assign) and isinstance(inside.targets[0], ast.Name):
            found.setdefault(inside.targets[0].id, []).append(inside.value)
    return found
