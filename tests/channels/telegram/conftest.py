"""The whole way from a founder's phone to the database and back, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.courier import Courier
from bot.channels.telegram.run import Profile, Telegram, serve
from bot.service.service import Service
from bot.store.store import Store
from tests.service.talk import INSIGHT, VOICE, step
from tests.standin.founder import Founder
from tests.standin.server import StandIn

SECRET = b"s" * 32


def now() -> datetime:
    return datetime.now(UTC)


class Running:
    """A bot at work, and what it is made of."""

    def __init__(self, api: StandIn, store: Store, profile: Profile | None) -> None:
        self.store = store
        self.telegram = Telegram(
            api.token, api.url, SECRET, lambda lang: f"full {lang}", now, profile
        )
        self.service = Service(store, step, VOICE, clock=now, secret=SECRET, insight=INSIGHT)
        self.courier = Courier(store, {"telegram": self.telegram.send}, now)
        self.service.posted = self.courier.wake
        self.stop = asyncio.Event()

    async def run(self) -> None:
        await serve(self.telegram, self.service, self.courier, self.stop)


@asynccontextmanager
async def running(
    api: StandIn, path: Path, profile: Profile | None = None
) -> AsyncIterator[Running]:
    """A bot over the database at `path` until the block ends; then a graceful stop."""
    store = Store(path)
    await store.open()
    try:
        bot = Running(api, store, profile)
        task = asyncio.create_task(bot.run())
        try:
            yield bot
        finally:
            bot.stop.set()
            await task
    finally:
        await store.close()


@pytest.fixture
async def api() -> AsyncIterator[StandIn]:
    async with StandIn() as api:
        yield api
        assert api.state.violations == []


@pytest.fixture
def awa(api: StandIn) -> Founder:
    return Founder(api)


@pytest.fixture
async def bot(api: StandIn, tmp_path: Path) -> AsyncIterator[Running]:
    async with running(api, tmp_path / "amorce.db") as bot:
        yield bot
