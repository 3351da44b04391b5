"""Times as the tables hold them: ISO 8601 in UTC with microseconds, so that text sorts."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """`at` (aware) as text of one fixed width."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
