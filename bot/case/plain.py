"""Frozen dataclasses to plain JSON types and back, by their annotations alone."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

SCALARS = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """`value` as JSON types; fields at their default are left out."""
    kind = type(value)
    return value if kind in SCALARS else _plainer(kind)(value)  # type: ignore[arg-type]


@cache
def _plainer(kind: type) -> Callable[[Any], Any]:
    """How values of one type become JSON types; found once a type."""
    if is_dataclass(kind):
        return _dataclass_plainer(_defaults(kind))
    if issubclass(kind, datetime | date):
        return lambda value: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value: {key: plain(item) for key, item in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [plain(item) for item in value]
    return lambda value: value


def _dataclass_plainer(defaults: tuple[tuple[str, Any], ...]) -> Callable[[Any], Any]:
    def make(value: Any) -> dict[str, Any]:
        found = {}
        for name, default in defaults:
            now = getattr(value, name)
            if now is not default and now != default:
                found[name] = now if type(now) in SCALARS else plain(now)
        return found

    return make


def made(kind: Any, data: Any) -> Any:
    """The inverse of `plain`: an instance of `kind`; unknown keys are dropped."""
    return _maker(kind)(data)


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    def default(f: Any) -> Any:
        return f.default_factory() if f.default_factory is not MISSING else f.default

    return tuple((f.name, default(f)) for f in fields(kind))


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    origin = get_origin(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_maker(kind)
    if origin in (Union, types.UnionType):
        return _union_maker(kind)
    if origin is tuple:
        item = _maker(get_args(kind)[0])
        return lambda data: tuple(item(x) for x in data)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        item = _maker(get_args(kind)[1])
        return lambda data: {key: item(x) for key, x in data.items()}
    if kind in (datetime, date):
        read: Callable[[Any], Any] = kind.fromisoformat
        return read
    return lambda data: data


def _dataclass_maker(kind: type) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    makers = {f.name: _maker(hints[f.name]) for f in fields(kind)}

    def make(data: Any) -> Any:
        return kind(**{name: makers[name](x) for name, x in data.items() if name in makers})

    return make


def _union_maker(kind: Any) -> Callable[[Any], Any]:
    """A union of None, one scalar and one tuple is told apart by the JSON type."""
    options = [a for a in get_args(kind) if a is not type(None)]
    several = [_maker(a) for a in options if get_origin(a) is tuple]
    single = [_maker(a) for a in options if get_origin(a) is not tuple]

    def make(data: Any) -> Any:
        if data is None:
            return None
        if isinstance(data, list) and several:
            return several[0](data)
        return single[0](data)

    return make
