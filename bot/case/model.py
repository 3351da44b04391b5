"""What a reading is made of: frozen, without words; the words are patterns under its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things to be said in a row. `keyed`: they are pattern keys, else said as they are."""

    items: tuple[str, ...]
    keyed: bool = False


Value = str | int | Listing


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the reading says something.

    about: rule or item id; key: its pattern, with the values to fill in; answers: keys of the
    case the rule looks at, of which `unknown` were not told; sources: ids it rests on;
    moves_on: pattern that says what would change it; private: rests on what one person told alone.
    """

    about: str
    key: str
    values: Mapping[str, Value]
    answers: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[str, ...]
    basis: str
    moves_on: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What would change the step (`about` phase) or the form: a pattern, and keys of the case."""

    about: str
    key: str | None
    answers: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """An item of an earlier step worth going back to, and the tip that settles it, if any."""

    item: str
    phase: str
    tip: str | None


@dataclass(frozen=True, slots=True)
class Confidence:
    """How much the reading rests on. `answers`: how many keys of the case were told."""

    first_glimpse: bool
    one_voice: bool
    answers: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a team stands, by its answers.

    form None: none to name yet. form_status: open, to_confirm, for_now, clear, or chosen (by the
    team). overruled_phase / overruled_form: what the rules had said where the team chose
    otherwise ("none_yet" for no form). items: item id -> skipped, met, part, gap, unknown.
    """

    phase: str
    profile: Mapping[str, str]
    items: Mapping[str, str]
    route: str
    form: str | None
    form_status: str
    form_rule: str
    form_otherwise: str | None
    could_become: tuple[str, ...]
    missing_sectors: tuple[str, ...]
    missing_shown: bool
    missing_perhaps: bool
    contradictions: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    owed: tuple[Owed, ...]
    to_ask: tuple[str, ...]
    confidence: Confidence
    outlook: tuple[str, ...]
    next_tips: tuple[str, ...]
    situation: Reason
    moves: tuple[Move, ...]
    overruled_phase: str | None = None
    overruled_form: str | None = None
