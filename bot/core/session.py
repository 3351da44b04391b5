"""The session of one conversation: a versioned snapshot of where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.case.file import CaseFile
from bot.case.learning import Learning
from bot.case.plain import made, plain

SESSION_VERSION = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """One open dialog: its state, the states it came through, and its own small data."""

    dialog: str
    state: str
    trail: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """`asked`: nonce of the last question; `choices`: its live actions; `taken`: the last tap.

    `long_text` names the slot whose text may go on in the next message.
    """

    language: str = ""
    frames: tuple[Frame, ...] = ()
    asked: int = 0
    choices: tuple[str, ...] = ()
    taken: str = ""
    repairs: int = 0
    last_at: datetime | None = None
    long_text: str = ""
    version: int = SESSION_VERSION

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = plain(self)
        return {**data, "version": self.version}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Session:
        """A session of another version keeps its language and its count; the talk begins anew."""
        if data.get("version") != SESSION_VERSION:
            return Session(data.get("language", ""), asked=data.get("asked", 0))
        session: Session = made(Session, data)
        return session


@dataclass(frozen=True, slots=True)
class Consent:
    """Agreement to store answers: which text was read, and when it was given."""

    text_version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class World:
    """All that one turn may read and change. Without `consent` nothing but the session is stored.

    `teams`: (case id, name) of each team, where the person belongs to more than one. `learning`:
    what the person practised, whatever the team.
    """

    session: Session = field(default_factory=Session)
    case: CaseFile = field(default_factory=CaseFile)
    consent: Consent | None = None
    teams: tuple[tuple[str, str], ...] = ()
    learning: Learning = field(default_factory=Learning)
