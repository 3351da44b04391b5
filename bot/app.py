"""The app: puts the parts together; alone knows them all."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.mind import Mind, mind
from bot.profile import profile
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store import faces, staffing
from bot.store.batch import Address, Batch
from bot.store.errors import StoreError
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.channels.telegram.run import Telegram

log = logging.getLogger(__name__)

# How often what comes due by itself is looked for; the clock of a question is felt by the second.
TICK = 1.0
# So many ticks are an hour.
TIDY = 3600


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(
    settings: Settings, mind: Mind, stop: asyncio.Event | None = None
) -> AsyncIterator[tuple[Store, Service]]:
    """The store and the service over it, closed at the end whatever happens.

    With `stop` a full disk is waited out until it is set; without, it raises StoreError.
    """
    store = Store(settings.database_path)
    await (store.open_when_possible(stop) if stop else store.open())
    key = settings.secret.get_secret_value().encode()
    voice = mind.voice(Addresses(web=settings.public_url or ""))
    try:
        yield (
            store,
            Service(store, mind.step, voice, clock=now, secret=key, insight=mind.insight()),
        )
    finally:
        await store.close()


async def chat(settings: Settings, language: str = "") -> None:
    """The conversation in the terminal, on the same pipeline as everywhere."""
    from bot.channels.terminal import Terminal, prompt

    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a sign shows another one; the talk goes on.
        sys.stdout.reconfigure(errors="replace")
    amorce = mind()
    here = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    spoken = language or amorce.library.spoken(here)
    hints = [amorce.notice(f"engine.{key}", spoken).html for key in ("terminal", "terminal_bye")]
    async with opened(settings, amorce) as (store, service):
        await store.tidy(now())
        terminal = Terminal(
            service,
            store,
            now,
            settings.data_dir / "exports",
            prompt(),
            print,
            language=spoken,
            styled=sys.stdout.isatty(),
        )
        sys.stdout.write(f"{hints[0]}\n")
        await terminal.talk()
        sys.stdout.write(f"\n{hints[1]}\n")


async def run(settings: Settings) -> None:
    """The service until the first SIGTERM or SIGINT: web pages, and Telegram with a token.

    Raises TokenRefusedError, PortError and what else cannot be waited out.
    """
    from bot.channels.redact import log_to
    from bot.web.server import listen

    token = _token(settings)
    key = settings.secret.get_secret_value()
    sys.setswitchinterval(0.0005)  # Else each statement of a turn waits long beside a large page.
    log_to(logging.StreamHandler(), settings.log_level, tuple(s for s in (token, key) if s))
    # Taken before the knowledge is loaded: a port in use is told at once.
    sock = listen(settings.host, settings.port)
    amorce, stop = mind(), stopped()
    try:
        async with opened(settings, amorce, stop) as (store, service):
            if not stop.is_set():
                await _serve(settings, amorce, store, service, sock, stop)
    finally:
        sock.close()


async def _serve(
    settings: Settings,
    amorce: Mind,
    store: Store,
    service: Service,
    sock: socket.socket,
    stop: asyncio.Event,
) -> None:
    """All that runs side by side, until `stop` or until one part fails."""
    from bot.pages import pages
    from bot.web.server import serve

    await service.commit(lambda batch: _admins(batch, settings.admin_ids))
    port, key = sock.getsockname()[1], settings.secret.get_secret_value().encode()
    url = settings.public_url or f"http://{_shown(settings.host)}:{port}"
    service.addresses.web = url
    web, hub = await pages(amorce, store, service, url, key, now)
    service.posted = hub.wake
    _say_hello(url, settings)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(serve(web, sock, stop))
        tasks.create_task(_tick(service, stop))
        tasks.create_task(amorce.warm(stop))
        tasks.create_task(_closing(hub.close, stop))
        if settings.telegram_token is not None:
            tasks.create_task(_telegram(settings, amorce, store, service, hub.wake, stop))


async def _telegram(
    settings: Settings,
    amorce: Mind,
    store: Store,
    service: Service,
    wake: Callable[[Collection[Address]], None],
    stop: asyncio.Event,
) -> None:
    """Polls and sends; whatever ends it ends everything."""
    from bot.channels.courier import Courier
    from bot.channels.telegram.run import serve

    telegram = _bot(settings, amorce)
    courier = Courier(store, {"telegram": telegram.send}, now)

    def posted(chats: Collection[Address]) -> None:
        courier.wake(chats)
        wake(chats)

    service.posted = posted
    telegram.met = lambda name: setattr(service.addresses, "telegram", name)
    try:
        await serve(telegram, service, courier, stop)
    finally:
        stop.set()


def _bot(settings: Settings, amorce: Mind) -> Telegram:
    from bot.channels.telegram.run import Telegram

    key = settings.secret.get_secret_value().encode()
    url, said = settings.telegram_api_url, amorce.cannot_save
    return Telegram(_token(settings), url, key, said, now, profile(amorce))


def _token(settings: Settings) -> str:
    """The bot's token; empty where there is none."""
    return settings.telegram_token.get_secret_value() if settings.telegram_token else ""


async def _tick(service: Service, stop: asyncio.Event) -> None:
    """Serves what comes due by itself, and tidies up: without Telegram no courier does."""
    ticks = 0
    while not stop.is_set():
        try:
            await service.come_due()
            if ticks % TIDY == 0:
                await service.store.tidy(now())
            ticks += 1
        except StoreError as error:
            log.error("what is due waits for the database: %s", error)
        try:
            async with asyncio.timeout(TICK):
                await stop.wait()
        except TimeoutError:
            continue


async def _closing(close: Callable[[], None], stop: asyncio.Event) -> None:
    await stop.wait()
    close()


def _admins(batch: Batch, ids: tuple[int, ...]) -> None:
    """Whoever the settings name is an admin, also after having been something else."""
    for number in ids:
        person = faces.person_of(batch.db, f"telegram:{number}")
        held = staffing.staff(batch.db, person)
        if held is None or held.role != "admin":
            name = held.name if held else staffing.UNNAMED
            staffing.grant(batch.db, person, name, "admin", "settings", batch.now)


def _shown(host: str) -> str:
    """A host as it is typed into a browser on this machine."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _say_hello(url: str, settings: Settings) -> None:
    """Where to look, in the terminal; the sign-in link is for whoever sits at the machine."""
    from bot.desk.entrance import machine_link
    from bot.web.site import Site

    link = machine_link(Site(url, settings.secret.get_secret_value().encode()), token_urlsafe(9))
    where = " and on Telegram" if settings.telegram_token else ""
    sys.stdout.write(
        f"Amorce is at {url}/{where}; Ctrl-C stops it. Nothing stored is lost.\n"
        f"The desk, for an hour and one sign-in: {link}\n"
    )
    sys.stdout.flush()


def stopped() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; the second one ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask_to_stop() -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ask_to_stop)
    return stop
