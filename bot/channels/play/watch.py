"""Keeps open pages up with their round: one look at the database a change, however many pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.play.state import Choice, Scene, scene
from bot.channels.web.hub import Hub
from bot.store.errors import StoreError
from bot.store.store import Store

log = logging.getLogger(__name__)

# At most four changes a second are shown; more would only flicker.
PACE = 0.25
TRY_AGAIN = 1.0
MOST_PAGES = 2000


@dataclass(slots=True)
class Watch:
    """One round somebody looks at. `scene` is None until it was read for the first time.

    `pages`: an event for each open page, and the player whose it is; 0 for the projector page.
    `kept`: answers that were stored while a look was under way, which may not have seen them.
    """

    id: str
    scene: Scene | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    is_looking: bool = False
    is_over: bool = False
    pages: dict[asyncio.Event, int] = field(default_factory=dict)
    kept: dict[int, tuple[int, Choice]] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None

    @property
    def known(self) -> Scene | None:
        """The round where it is surely as stored."""
        return None if self.news.is_set() or self.is_looking else self.scene

    def show(self, found: Scene | None) -> None:
        for player, (place, choice) in self.kept.items():
            if found and found.live.round.place == place:
                found = found.with_choice(player, choice)
        self.kept.clear()
        before, self.scene = self.scene, found
        self.is_over = found is None
        for page, player in self.pages.items():
            if before is None or found is None or concerns(before, found, player):
                page.set()

    def wake(self, player: int | None = None) -> None:
        """All pages, or those of one player."""
        for page, whose in self.pages.items():
            if player is None or whose == player:
                page.set()


def concerns(before: Scene, now: Scene, player: int) -> bool:
    """Whether what changed is seen on a page; two hundred phones do not watch each other tap."""
    if not player or now.live != before.live:
        return True
    if now.board and len(now.players) != len(before.players):
        return True
    own = now.players.get(player), now.choices.get(player)
    return own != (before.players.get(player), before.choices.get(player))


class Watches:
    """The rounds that are looked at now, by id."""

    def __init__(self, store: Store, hub: Hub, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._on: dict[str, Watch] = {}

    async def scene(self, id: str) -> Scene | None:
        """The round as it is now; from memory where pages are kept up with it anyway."""
        watch = self._on.get(id)
        if watch and (known := watch.known):
            return known
        return await self._store.read(lambda db: scene(db, id, self._clock()))

    def answered(self, id: str, player: int, place: int, choice: Choice) -> Scene | None:
        """Notes a stored answer, so that no page takes it back; the round with it, if known."""
        watch = self._on.get(id)
        if watch is None or watch.scene is None:
            return None
        watch.kept[player] = (place, choice)
        if watch.scene.live.round.place == place:
            watch.scene = watch.scene.with_choice(player, choice)
            watch.wake(player)
        return watch.scene

    def is_crowded(self, id: str, player: int, most: int) -> bool:
        """Whether a player (0: the room) has as many pages open as anybody needs."""
        pages = self._on[id].pages.values() if id in self._on else ()
        whole = sum(len(watch.pages) for watch in self._on.values())
        return whole >= MOST_PAGES or sum(1 for each in pages if each == player) >= most

    @contextmanager
    def open(self, id: str, player: int) -> Iterator[tuple[Watch, asyncio.Event]]:
        """A page on the round; its event is set whenever there is something new."""
        watch = self._on.setdefault(id, Watch(id))
        if watch.task is None:
            watch.task = asyncio.create_task(self._keep_up(watch))
        page = asyncio.Event()
        watch.pages[page] = player
        if watch.scene:
            page.set()
        try:
            yield watch, page
        finally:
            del watch.pages[page]
            if not watch.pages:
                watch.task.cancel()
                self._on.pop(id, None)

    async def _keep_up(self, watch: Watch) -> None:
        try:
            with self._hub.listening(watch.id) as watch.news:
                while not self._hub.closing and not watch.is_over:
                    watch.news.clear()
                    await self._look(watch)
                    await asyncio.sleep(PACE)
                    await watch.news.wait()
        finally:
            # The browsers of those who are still there ask again.
            watch.is_over = True
            watch.wake()

    async def _look(self, watch: Watch) -> None:
        watch.is_looking = True
        try:
            watch.show(await self._store.read(lambda db: scene(db, watch.id, self._clock())))
        except StoreError as error:
            log.error("the pages of a round wait for the database: %s", error)
            await asyncio.sleep(TRY_AGAIN)
            watch.news.set()
        finally:
            watch.is_looking = False
