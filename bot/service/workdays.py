"""Working days: Monday to Friday; holidays differ too much from place to place."""

from __future__ import annotations

from datetime import datetime, timedelta

SATURDAY = 5


def after(days: int, since: datetime) -> datetime:
    """The same time of day, `days` working days later."""
    at = since
    while days:
        at += timedelta(days=1)
        if at.weekday() < SATURDAY:
            days -= 1
    return at
