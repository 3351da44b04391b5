"""A room full of phones: a whole service over a database, spoken to turn by turn."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.case.plain import made
from bot.core.message import Message
from bot.core.turn import Cause, Command, Tap, Text, Turn
from bot.mind import Mind, mind
from bot.quiz.bank import Bank
from bot.service.arrivals import due_turn
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store import rounds as kept_rounds
from bot.store import staffing, timers
from bot.store.batch import Batch
from bot.store.rounds import Live
from bot.store.staffing import Role
from bot.store.store import Store
from tests.rounds.items import BANK

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
GROUP = "-1001"
KNOWN = Addresses("https://amorce.test", "amorce_bot")


@cache
def the_mind() -> Mind:
    return mind()


@dataclass(frozen=True)
class Heard:
    """One message that came of a turn; `chat` is where, "" for what floats before who tapped."""

    chat: str
    message: Message


@dataclass
class Phone:
    """Somebody on Telegram, known by a first name and in one language."""

    hall: Hall
    name: str
    language: str
    number: str

    @property
    def person(self) -> str:
        return f"telegram:{self.number}"

    async def says(self, text: str, chat: str = "", reply: str = "") -> list[Heard]:
        """Types; in a group where `chat` is one."""
        name, _, argument = text.removeprefix("/").partition(" ")
        cause = Command(name, argument) if text.startswith("/") else Text(text)
        return await self.does(cause, chat, reply)

    async def taps(self, label: str, chat: str = "") -> list[Heard]:
        """Presses the newest button with this label."""
        return await self.does(self.hall.button(chat or self.number, label), chat)

    async def does(self, cause: Cause, chat: str = "", reply: str = "") -> list[Heard]:
        hall = self.hall
        hall.turns += 1
        where, key = chat or self.number, str(hall.turns)
        told = (self.language, key, reply, self.name)
        turn = Turn(key, "telegram", where, self.number, hall.now, cause, *told)
        [served] = await hall.service.run([turn])
        return [*(Heard("", toast) for toast in served.toasts), *await hall.letters()]


@dataclass
class Hall:
    """Open it before use. What is sent is never carried away, only read."""

    path: Path
    bank: Bank = BANK
    known: Addresses = field(default_factory=lambda: KNOWN)
    now: datetime = START
    turns: int = 0
    read: int = 0
    phones: dict[str, Phone] = field(default_factory=dict)
    shown: dict[str, list[Message]] = field(default_factory=dict)

    async def open(self) -> None:
        """Also after `close`: then the process has started again."""
        self.store = Store(self.path)
        await self.store.open()
        brain = the_mind()
        seen = brain.insight()
        self.service = Service(
            self.store,
            brain.step,
            brain.voice(self.known),
            clock=lambda: self.now,
            secret=b"s" * 32,
            insight=replace(seen, bank=lambda: self.bank),
        )

    async def close(self) -> None:
        await self.store.close()

    def phone(self, name: str, language: str = "en") -> Phone:
        number = str(100 + len(self.phones))
        return self.phones.setdefault(name, Phone(self, name, language, number))

    async def right(self, phone: Phone, role: Role = "trainer") -> None:
        def work(batch: Batch) -> None:
            staffing.grant(batch.db, phone.person, phone.name, role, "test", batch.now)

        await self.service.commit(work)

    async def wait(self, **span: float) -> list[Heard]:
        """Time passes, and what comes due is served."""
        self.now += timedelta(**span)
        due = await self.store.read(lambda db: timers.due(db, self.now))
        await self.service.run([due_turn(timer, self.now) for timer in due])
        return await self.letters()

    async def letters(self) -> list[Heard]:
        """What was posted since the last look."""
        sql = "SELECT id, chat, message FROM outbox WHERE id > ? ORDER BY id"
        last = self.read
        rows = await self.store.read(lambda db: db.execute(sql, (last,)).fetchall())
        found = [Heard(chat, made(Message, json.loads(text))) for _, chat, text in rows]
        self.read = rows[-1][0] if rows else last
        for heard in found:
            self.shown.setdefault(heard.chat, []).append(heard.message)
        return found

    def button(self, chat: str, label: str) -> Tap:
        """A tap on the newest button with this label."""
        for message in reversed(self.shown.get(chat, [])):
            for button in message.buttons:
                if button.label.replace("\u00a0", " ") == label:
                    return Tap(button.action, message.nonce)
        buttons = [b.label for m in self.shown.get(chat, [])[-1:] for b in m.buttons]
        raise AssertionError(f"no button [{label}] is shown; the last were {buttons}")

    async def rounds(self) -> list[Live]:
        """All rounds, oldest first."""
        return (await self.store.read(lambda db: kept_rounds.hosted(db, "")))[::-1]

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return await self.store.read(lambda db: db.execute(sql).fetchall())
