"""What staff do on the desk or in the chat: each deed in one commit, rights read anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from uuid import uuid4

from bot.case.file import CaseFile
from bot.case.stuck import stuck
from bot.core.events import Event, HandoverBegan, HandoverEnded, SignalCleared
from bot.core.message import Message
from bot.core.turn import Command, Turn
from bot.service.service import Service
from bot.store import cases, handovers, lines, scope, staffing, summaries
from bot.store.batch import Batch
from bot.store.handovers import Reached
from bot.store.lines import Line
from bot.store.staffing import Staff
from bot.store.times import moment

LONGEST = 4000


class RefusedError(Exception):
    """The deed is not this person's to do, or not any more; nothing was changed.

    `why`: a key of `knowledge/dialogs/desk.yaml`, or empty where not even existence is told.
    """

    def __init__(self, why: str = "", name: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.name = name


Deed = Callable[["Scene"], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One deed about one team: who does it, and the conversation the team is reached in."""

    batch: Batch
    who: Staff
    case_id: str
    case: CaseFile
    reached: Reached | None

    def conversation(self) -> Reached:
        if self.reached is None:
            raise RefusedError("desk.no_conversation")
        return self.reached


class Desk:
    """Deeds about teams, for pages and chat alike."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def about(self, person: str, case_id: str, deed: Deed) -> None:
        """`deed` in one commit, if `person` may still see the team. Raises RefusedError."""

        def work(batch: Batch) -> None:
            who = staffing.staff(batch.db, person)
            found = cases.load(batch.db, case_id)
            if who is None or found is None or not scope.sees(batch.db, who, case_id):
                raise RefusedError
            reached = handovers.reached(batch.db, case_id)
            deed(Scene(batch, who, case_id, found[0], reached))

        await self._service.commit(work)

    async def take_over(self, person: str, case_id: str) -> None:
        """Staff writes from here on; the founder is told who it is."""
        await self.about(person, case_id, self._take_over)

    async def write(self, person: str, case_id: str, text: str) -> None:
        """A message to the founder, under the name of the staff member who wrote it."""
        await self.about(person, case_id, lambda scene: self._write(scene, text))

    async def give_back(self, person: str, case_id: str) -> None:
        """Amorce takes over again where it was, and says so."""
        await self.about(person, case_id, self._give_back)

    def _take_over(self, scene: Scene) -> None:
        _may_write(scene.who)
        there = scene.conversation()
        other = staffing.staff(scene.batch.db, there.owner)
        # Whoever lost the right to write no longer holds anything.
        if other is not None and other.sees_all and other.person != scene.who.person:
            raise RefusedError("desk.taken", other.name)
        handovers.own(scene.batch.db, there.conversation, scene.who.person)
        _record(scene, HandoverBegan(scene.who.person))
        staffing.note(scene.batch.db, scene.who.person, "take_over", scene.case_id, scene.batch.now)
        if there.owner != scene.who.person:
            self._tell(scene, "handover.began")

    def _write(self, scene: Scene, text: str) -> None:
        _may_write(scene.who)
        there, body = scene.conversation(), text.strip()
        if there.owner != scene.who.person:
            raise RefusedError("desk.not_yours")
        if not body or len(body) > LONGEST:
            raise RefusedError("desk.empty" if not body else "desk.too_long")
        head = self._service.rendered("handover.from", there.language, name=scene.who.name).html
        message = Message(f"{head}\n{escape(body, quote=False)}", by_staff=True)
        self._post(scene, message, "staff")
        staffing.note(scene.batch.db, scene.who.person, "write", scene.case_id, scene.batch.now)
        help_met(scene)

    def _give_back(self, scene: Scene) -> None:
        there = scene.conversation()
        if there.owner == "bot":
            return
        if there.owner != scene.who.person and scene.who.role != "admin":
            raise RefusedError("desk.not_yours")
        handovers.own(scene.batch.db, there.conversation, "bot")
        _record(scene, HandoverEnded("given_back"))
        staffing.note(scene.batch.db, scene.who.person, "give_back", scene.case_id, scene.batch.now)
        self._tell(scene, "handover.ended")
        self._service.ask_again(scene.batch, there)

    def _tell(self, scene: Scene, key: str) -> None:
        language = scene.conversation().language
        self._post(scene, self._service.rendered(key, language, name=scene.who.name), "bot")

    def _post(self, scene: Scene, message: Message, author: lines.Author) -> None:
        there, batch = scene.conversation(), scene.batch
        batch.post(there.address, f"desk:{uuid4().hex}", [message], there.conversation)
        line = Line(author, message, batch.now, scene.who.person, shown=True)
        lines.keep(batch.db, there.conversation, scene.case_id, [line])


def help_met(scene: Scene) -> bool:
    """A wish to talk to somebody is met by the first word of somebody; False where none waits."""
    if "help" not in scene.case.signals:
        return False
    left = {kind: s for kind, s in scene.case.signals.items() if kind != "help"}
    case = replace(scene.case, signals=left)
    cases.change(scene.batch, scene.case_id, case)
    _record(scene, SignalCleared("help"))
    last = summaries.last_at(scene.batch.db, scene.case_id)
    found = stuck(case, moment(last), summaries.members(scene.batch.db, scene.case_id))
    summaries.alive(scene.batch.db, scene.case_id, last, found)
    return True


def _may_write(who: Staff) -> None:
    """Taking over and writing is for staff and admins (the table of rights)."""
    if not who.sees_all:
        raise RefusedError


def _record(scene: Scene, event: Event) -> None:
    there, now = scene.conversation(), scene.batch.now
    channel, chat = there.address
    turn = Turn(f"desk-{uuid4().hex}", channel, chat, "", now, Command("desk"))
    scene.batch.record_in(there.conversation, turn, [event], scene.case_id)
