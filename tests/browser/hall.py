"""A served Amorce in which a test leads rounds itself, question by question as it likes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.quiz.item import Item
from bot.quiz.round import Settings
from bot.web.server import listen, serve
from tests.desk.world import World, world
from tests.web.playing import Host, hosted, phone

T = TypeVar("T")


@dataclass
class Hall:
    """A running server on another thread; `url` is where."""

    url: str
    here: World
    loop: asyncio.AbstractEventLoop

    def does(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def hosts(self, settings: Settings, items: Sequence[Item]) -> Host:
        return self.does(hosted(self.here, settings, items))

    def joins(self, host: Host, *names: str) -> None:
        for name in names:
            self.does(phone(self.here, host, name))

    def leads(self, host: Host, *deeds: str) -> None:
        self.does(host.leads(*deeds))

    def screen(self, host: Host) -> str:
        return f"{self.url}/screen/{self.does(host.live()).screen}"

    def play(self, host: Host) -> str:
        return f"{self.url}/play/{self.does(host.live()).code}"


@contextmanager
def hall(folder: Path) -> Iterator[Hall]:
    ready, found = threading.Event(), list[tuple[Hall, asyncio.Event]]()

    async def run() -> None:
        stop, sock = asyncio.Event(), listen("127.0.0.1", 0)
        url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        async with world(folder, url) as here:
            here.service.addresses.telegram = "amorce_bot"
            found.append((Hall(url, here, asyncio.get_running_loop()), stop))
            serving = asyncio.create_task(serve(here.app, sock, stop))
            ready.set()
            await serving

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    assert ready.wait(30)
    made, stop = found[0]
    try:
        yield made
    finally:
        made.loop.call_soon_threadsafe(made.here.hub.close)
        made.loop.call_soon_threadsafe(stop.set)
        thread.join()
