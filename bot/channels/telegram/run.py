"""Telegram as the app uses it: opened, polled, sent through, closed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats
from telegram.error import InvalidToken, TelegramError

from bot.channels.courier import Courier
from bot.channels.delivery import Delivery
from bot.channels.pace import backoff
from bot.channels.stopping import unless, wait
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.parse import ALLOWED, Parser
from bot.channels.telegram.poller import LONG_POLL, MOST, Poller, TokenRefusedError
from bot.channels.telegram.request import Request
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.taps import Taps
from bot.service.service import Service
from bot.store.outbox import Letter

log = logging.getLogger(__name__)

CONNECTIONS = 64
# Taps of a whole room come within a second, and each waits for its answer.
TAPS_AT_ONCE = 128
LAST_TAPS = 2.0


Commands = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Profile:
    """What people see of the bot before they write; each by language code, "" for all others."""

    commands: Commands
    description: Mapping[str, str]
    about: Mapping[str, str]
    in_groups: Commands = field(default_factory=dict)


class Telegram:
    """One bot account. `cannot_save(language)` is said when the disk is full.

    Opening it makes no call; `send` may be given to the courier before it is opened.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        secret: bytes,
        cannot_save: Callable[[str], str],
        clock: Callable[[], datetime],
        profile: Profile | None = None,
    ) -> None:
        self._request = Request(CONNECTIONS)
        # A poll occupies its connection for nearly a minute; it has its own.
        self._polling = Request(1)
        self._tapping = Request(TAPS_AT_ONCE)
        self._bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
        )
        self._buttons = Buttons(secret)
        self._cannot_save = cannot_save
        self._clock = clock
        self._profile = profile
        self._taps = Taps(self._bot, self._tapping)
        # Told the bot's own name, once Telegram has said it.
        self.met: Callable[[str], None] = lambda _name: None
        self._sender = Sender(self._bot, self._request, self._buttons)

    async def __aenter__(self) -> Self:
        await self._request.initialize()
        await self._polling.initialize()
        await self._tapping.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._taps.finish(LAST_TAPS)
        await self._tapping.shutdown()
        await self._polling.shutdown()
        await self._request.shutdown()

    async def send(self, letter: Letter) -> Delivery:
        """The courier's sender for the channel "telegram"."""
        return await self._sender(letter)

    async def poll(self, service: Service, stop: asyncio.Event) -> None:
        """Serves what comes until `stop`. Raises TokenRefusedError."""
        # Unreachable, Telegram may keep a call waiting longer than a stop may take.
        username = await unless(stop, self._hello(stop))
        if username is None or stop.is_set():
            return
        self.met(username)
        introducing = asyncio.create_task(self._introduce())
        try:
            await self._poll(username, service, stop)
        finally:
            introducing.cancel()
            await asyncio.gather(introducing, return_exceptions=True)

    async def _poll(self, username: str, service: Service, stop: asyncio.Event) -> None:
        parser = Parser(self._buttons, username, self._clock)
        poller = Poller(self._ask, service, parser, self._taps, self._tell, self._clock)
        await poller.run(stop)

    async def _hello(self, stop: asyncio.Event) -> str:
        """The bot's username, however long Telegram cannot be reached."""
        failures = 0
        while not stop.is_set():
            try:
                me = await self._bot.get_me()
            except InvalidToken:
                raise TokenRefusedError(
                    "Telegram does not accept the token; put a valid one from @BotFather into"
                    " AMORCE_TELEGRAM_TOKEN."
                ) from None
            except (TelegramError, TypeError, KeyError) as error:
                # The latter two: an answer that is not Telegram's, say of a network's login page.
                log.warning("Telegram cannot be reached: %s", type(error).__name__)
                await wait(stop, max(1.0, backoff(failures)))
                failures += 1
            else:
                return me.username or ""
        return ""

    async def _introduce(self) -> None:
        """As best we can: Telegram limits these calls by the hour, and talks must not wait."""
        try:
            if self._profile is not None:
                await self._set(self._profile)
        except TelegramError as error:
            log.warning("the bot's profile could not be set: %s", type(error).__name__)

    async def _set(self, profile: Profile) -> None:
        groups = BotCommandScopeAllGroupChats()
        for each, scope in ((profile.commands, None), (profile.in_groups, groups)):
            for language, commands in each.items():
                listed = [BotCommand(name, said) for name, said in commands]
                await self._bot.set_my_commands(listed, scope, language_code=language or None)
        for language, text in profile.description.items():
            await self._bot.set_my_description(text, language_code=language or None)
        for language, text in profile.about.items():
            await self._bot.set_my_short_description(text, language_code=language or None)

    async def _ask(self, offset: int | None) -> Any:
        asked: dict[str, Any] = {"timeout": LONG_POLL, "limit": MOST, "allowed_updates": ALLOWED}
        if offset is not None:
            asked["offset"] = offset
        url = f"{self._bot.base_url}/getUpdates"
        return await self._polling.raw(url, LONG_POLL + 10.0, **asked)

    async def _tell(self, chat: str, language: str) -> None:
        try:
            await self._bot.send_message(chat, self._cannot_save(language))
        except TelegramError as error:
            log.warning("a chat could not be told: %s", type(error).__name__)


async def serve(
    telegram: Telegram, service: Service, courier: Courier, stop: asyncio.Event
) -> None:
    """Polls and sends until `stop`: the turn in hand ends, then sends get five seconds.

    Raises TokenRefusedError, and whatever ends the courier.
    """
    sent_all = asyncio.Event()
    sending = asyncio.create_task(courier.run(sent_all))
    async with telegram:
        polling = asyncio.create_task(telegram.poll(service, stop))
        try:
            await asyncio.wait({polling, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            try:
                await polling
            finally:
                sent_all.set()
                await sending
