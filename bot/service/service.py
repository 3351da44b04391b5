"""Serves what came together in one transaction, each turn in a savepoint of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.events import Event, LanguageChosen
from bot.core.message import Message
from bot.core.outcome import Outcome
from bot.core.say import Say
from bot.core.session import World
from bot.core.turn import Tap, Turn
from bot.service.arrivals import Arrival, Served, Spoilt, kept_raw, place_of
from bot.service.reactions import REACTIONS, Export, Scene
from bot.store.batch import Address, Batch, language_of
from bot.store.errors import StoreError
from bot.store.store import Store

log = logging.getLogger(__name__)

# What a channel that can show a note over the chat (Telegram) can show there.
TOAST_LENGTH = 200
# What may be recorded before a person agreed: nothing that holds their words.
BEFORE_CONSENT = (LanguageChosen,)


@dataclass(frozen=True, slots=True)
class Voice:
    """How the service speaks; the app hands over the renderer's functions.

    `apology(language)` is said when a turn could not be served.
    """

    render: Callable[[Say, str, int], Message]
    apology: Callable[[str], Message]
    export: Export


class Service:
    """`posted` is told after each commit which chats have something new in the outbox."""

    def __init__(
        self,
        store: Store,
        step: Callable[[World, Turn], Outcome],
        voice: Voice,
        *,
        clock: Callable[[], datetime],
        secret: bytes,
        posted: Callable[[Collection[Address]], None] = lambda _chats: None,
        toasts: Collection[str] = ("telegram",),
    ) -> None:
        self._store = store
        self._step = step
        self._voice = voice
        self._clock = clock
        self._secret = secret
        self._toasts = frozenset(toasts)
        self.posted = posted

    async def run(self, arrivals: Sequence[Arrival]) -> list[Served]:
        """Serves a batch and commits it; only then may the channel confirm it.

        Raises StoreError when the database cannot be used: nothing was changed or sent.
        """

        def work(batch: Batch) -> list[Served]:
            batch.receive()
            return [self._serve(batch, arrival) for arrival in arrivals]

        served, batch = await self._store.batch(self._clock(), work)
        self.posted(batch.posted)
        if batch.erased:
            await self._wipe()
        return served

    async def language(self, conversation: str) -> str:
        """The language chosen in a conversation, read even while nothing can be written."""
        try:
            return await self._store.read(lambda db: language_of(db, conversation))
        except StoreError:
            return ""

    async def _wipe(self) -> None:
        try:
            await self._store.wipe_log()
        except StoreError:
            # The rows are gone and committed; the log is emptied at the next erasure or stop.
            log.exception("the write-ahead log could not be emptied after an erasure")

    def _serve(self, batch: Batch, arrival: Arrival) -> Served:
        if not batch.is_new(arrival.channel, arrival.key):
            return Served(arrival.key)
        if isinstance(arrival, Spoilt):
            self._put_aside(batch, arrival, arrival.error)
            return Served(arrival.key)
        try:
            with batch.savepoint():
                return self._turn(batch, arrival)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  (the edge where any bug in a turn ends)
            # A turn is pure, so it would fail again: it is set aside and the others go on.
            self._put_aside(batch, arrival, place_of(error))
            return Served(arrival.key)

    def _turn(self, batch: Batch, turn: Turn) -> Served:
        before, place = batch.world(turn)
        outcome = self._step(before, turn)
        session = outcome.world.session
        language = session.language or turn.language
        said = [self._voice.render(say, language, session.asked) for say in outcome.says]
        scene = Scene(batch, turn, outcome.world, place, self._voice.export, self._secret, [])
        self._react(scene, outcome.events)
        if not scene.erased:
            batch.save(turn, before, scene.world, scene.place)
        # What a reaction adds comes before the question, which stays the last thing seen.
        last = said[-1:] if said and said[-1].buttons else []
        return self._say(scene, [*said[: len(said) - len(last)], *scene.messages, *last])

    def _react(self, scene: Scene, events: Sequence[Event]) -> None:
        for event in events:
            reaction = REACTIONS.get(type(event))
            if reaction is not None:
                reaction(scene, event)
        if scene.erased:
            return
        agreed = scene.world.consent is not None and scene.place.case_id is not None
        kept = [e for e in events if agreed or isinstance(e, BEFORE_CONSENT)]
        if kept:
            scene.batch.record(scene.turn, kept, scene.place.case_id)

    def _say(self, scene: Scene, messages: list[Message]) -> Served:
        turn = scene.turn
        floats = isinstance(turn.cause, Tap) and turn.channel in self._toasts
        toasts = [m for m in messages if floats and m.toast and len(m.html) <= TOAST_LENGTH]
        scene.batch.post(
            (turn.channel, turn.chat),
            scene.batch.turn_key(turn.channel, turn.key),
            [m for m in messages if m not in toasts],
            "" if scene.erased else turn.conversation,
        )
        return Served(turn.key, tuple(toasts))

    def _put_aside(self, batch: Batch, arrival: Arrival, error: str) -> None:
        """Keeps the arrival for staff and tells the person; `seen` stops it from coming back."""
        log.error("set aside %s:%s: %s", arrival.channel, arrival.key, error)
        conversation = arrival.conversation
        agreed = batch.has_agreed(f"{arrival.channel}:{arrival.person}")
        where = (arrival.channel, arrival.chat)
        batch.set_aside(where, arrival.key, conversation, kept_raw(arrival, agreed), error)
        if arrival.chat:
            apology = self._voice.apology(language_of(batch.db, conversation) or arrival.language)
            key = batch.turn_key(arrival.channel, arrival.key)
            batch.post(where, f"{key}:apology", [apology], conversation)
