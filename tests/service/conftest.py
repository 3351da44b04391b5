"""A service over a real database file, with a tiny talk instead of the dialogs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.service.service import Service
from bot.store.store import Store
from tests.rounds.hall import Hall
from tests.service.talk import INSIGHT, START, VOICE, step


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **spans: float) -> None:
        self.now += timedelta(**spans)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path / "amorce.db")
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
def service(store: Store, clock: Clock) -> Service:
    return Service(store, step, VOICE, clock=clock, secret=b"k" * 32, insight=INSIGHT)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """A service with real words and dialogs, and phones of people who play."""
    hall = Hall(tmp_path / "hall.db")
    await hall.open()
    yield hall
    await hall.close()
