"""Serves what came together in one transaction, each turn in a savepoint of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from bot.case.file import CaseFile
from bot.case.stuck import stuck
from bot.core.events import Event, LanguageChosen
from bot.core.message import Message
from bot.core.outcome import Outcome
from bot.core.say import Say, Value, Words
from bot.core.session import World
from bot.core.turn import Command, Due, Tap, Turn
from bot.service import doorway, handover
from bot.service.arrivals import Arrival, Served, Spoilt, due_turn, kept_raw, place_of
from bot.service.reactions import REACTIONS, subject_of
from bot.service.scene import Scene
from bot.service.told import Told
from bot.service.transcript import Heard
from bot.service.voice import Insight, Voice
from bot.store import people, summaries, timers
from bot.store.batch import Address, Batch, Place, language_of
from bot.store.errors import StoreError
from bot.store.handovers import Reached
from bot.store.store import Store
from bot.store.times import stamp

T = TypeVar("T")
log = logging.getLogger(__name__)

# What a channel that can show a note over the chat (Telegram) can show there.
TOAST_LENGTH = 200
# What may be recorded before a person agreed: nothing that holds their words.
BEFORE_CONSENT = (LanguageChosen,)


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
        insight: Insight,
        posted: Callable[[Collection[Address]], None] = lambda _chats: None,
        toasts: Collection[str] = ("telegram",),
    ) -> None:
        self.store = store
        self._step = step
        self.voice = voice
        self._clock = clock
        self._secret = secret
        self._insight = insight
        self._toasts = frozenset(toasts)
        self.posted = posted
        self.addresses = voice.addresses

    async def run(self, arrivals: Sequence[Arrival]) -> list[Served]:
        """Serves a batch and commits it; only then may the channel confirm it.

        Raises StoreError when the database cannot be used: nothing was changed or sent.
        """

        def work(batch: Batch) -> list[Served]:
            batch.receive()
            return [self._serve(batch, arrival) for arrival in arrivals]

        served, batch = await self.store.batch(self._clock(), work)
        # First those who said something: an answer does not wait behind what goes to a whole room.
        asked = batch.posted & {(each.channel, each.chat) for each in arrivals}
        self.posted(asked)
        self.posted(batch.posted - asked)
        if batch.erased:
            await self._wipe()
        return served

    async def commit(self, work: Callable[[Batch], T]) -> T:
        """`work(batch)` in one commit, for deeds that are no founder's turn."""
        result, batch = await self.store.batch(self._clock(), work)
        self.posted(batch.posted)
        return result

    async def erase(self, person: str) -> None:
        """Erases a person as they could themselves; for an admin who was asked to."""
        subject = subject_of(self._secret, person)
        await self.commit(lambda batch: people.erase(batch, person, subject))
        await self._wipe()

    async def come_due(self) -> None:
        """Serves, each as a turn, the timers whose time has come."""
        now = self._clock()
        found = await self.store.read(lambda db: timers.due(db, now))
        if found:
            await self.run([due_turn(timer, now) for timer in found])

    def rendered(self, key: str, language: str, /, **values: Value) -> Message:
        """A message outside any turn."""
        return self.voice.render(Say(Words(key, values)), language, 0)

    def ask_again(self, batch: Batch, there: Reached) -> None:
        """Shows the present question of a conversation once more, with live buttons."""
        channel, chat, person = there.conversation.split(":", 2)
        turn = Turn(f"again-{uuid4().hex}", channel, chat, person, batch.now, Command("again"))
        with batch.savepoint():
            self._turn(batch, turn)

    async def language(self, conversation: str) -> str:
        """The language chosen in a conversation, read even while nothing can be written."""
        try:
            return await self.store.read(lambda db: language_of(db, conversation))
        except StoreError:
            return ""

    async def _wipe(self) -> None:
        try:
            await self.store.wipe_log()
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
        if isinstance(turn.cause, Due):
            timers.fire(batch.db, turn.message, batch.now)
        heard = doorway.hear(batch, turn, self.voice, self._insight)
        if isinstance(heard, Told):
            return self._tell(batch, turn, heard)
        turn = heard
        before, place = batch.world(turn)
        if handover.taken_back(batch, turn, place):
            before, place = batch.world(turn)
        if handover.is_silent(turn, before, place):
            return self._recorded(batch, turn, before, place)
        return self._answered(batch, turn, before, place)

    def _tell(self, batch: Batch, turn: Turn, told: Told) -> Served:
        """Without a conversation, so that it gets into no founder's file."""
        floats = turn.channel in self._toasts and isinstance(turn.cause, Tap)
        messages = told.messages if floats else (*told.toasts, *told.messages)
        key = batch.turn_key(turn.channel, turn.key)
        batch.post((turn.channel, turn.chat), key, messages)
        return Served(turn.key, told.toasts if floats else ())

    def _answered(self, batch: Batch, turn: Turn, before: World, place: Place) -> Served:
        outcome = self._step(before, turn)
        session = outcome.world.session
        language = session.language or turn.language
        said = [self.voice.render(say, language, session.asked) for say in outcome.says]
        scene = Scene(batch, turn, outcome.world, place, self.voice, self._secret, [])
        self._react(scene, outcome.events)
        if not scene.erased:
            batch.save(turn, before, scene.world, scene.place)
            if scene.agreed:
                self._note(scene, before, outcome, said)
        # What a reaction adds comes before the question, which stays the last thing seen.
        last = said[-1:] if said and said[-1].buttons else []
        served = self._say(scene, [*said[: len(said) - len(last)], *scene.messages, *last])
        if scene.again:
            # Read anew: who belongs to what has changed.
            batch.forget()
            self._turn(batch, replace(turn, key=f"{turn.key}-again", cause=scene.again))
        return served

    def _recorded(self, batch: Batch, turn: Turn, world: World, place: Place) -> Served:
        """A turn while staff has the conversation: kept, and not answered."""
        handover.record(batch, turn, place)
        Heard(turn, place, world, world, (), self._insight.private).keep(batch, ())
        if place.case_id:
            self._alive(batch, turn, place.case_id, world.case)
        return Served(turn.key)

    def _note(self, scene: Scene, before: World, outcome: Outcome, said: Sequence[Message]) -> None:
        """Keeps the words of the turn, and the team's row in the lists of the desk."""
        batch, turn, case_id = scene.batch, scene.turn, scene.place.case_id or ""
        happened, private = outcome.events, self._insight.private
        Heard(turn, scene.place, before, scene.world, happened, private).keep(batch, said)
        case = scene.world.case
        if case == before.case and summaries.last_at(batch.db, case_id):
            self._alive(batch, turn, case_id, case)
            return
        members = summaries.members(batch.db, case_id)
        seen = self._insight.overview(case, turn.at, members)
        language = scene.world.session.language
        summaries.write(batch.db, case_id, seen, language, stamp(turn.at), batch.now)

    def _alive(self, batch: Batch, turn: Turn, case_id: str, case: CaseFile) -> None:
        """A sign of life; what comes due by itself is none."""
        if not isinstance(turn.cause, Due):
            found = stuck(case, turn.at, summaries.members(batch.db, case_id))
            summaries.alive(batch.db, case_id, stamp(turn.at), found)

    def _react(self, scene: Scene, events: Sequence[Event]) -> None:
        for event in events:
            reaction = REACTIONS.get(type(event))
            if reaction is not None:
                reaction(scene, event)
        if scene.erased:
            return
        kept = [e for e in events if scene.agreed or isinstance(e, BEFORE_CONSENT)]
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
            apology = self.voice.apology(language_of(batch.db, conversation) or arrival.language)
            key = batch.turn_key(arrival.channel, arrival.key)
            batch.post(where, f"{key}:apology", [apology], conversation)
