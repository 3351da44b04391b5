"""The smallest bot on the real pipeline: a process to be killed. Settings as for the real one."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.courier import Courier
from bot.channels.redact import log_to
from bot.channels.telegram.run import Telegram, serve
from bot.errors import BotError
from bot.service.service import Service
from bot.store.store import Store
from tests.service.talk import INSIGHT, VOICE, step

SECRET = b"a secret that outlives the process"


def now() -> datetime:
    return datetime.now(UTC)


async def main() -> None:
    token = os.environ["AMORCE_TELEGRAM_TOKEN"]
    log_to(logging.StreamHandler(), os.environ.get("AMORCE_LOG_LEVEL", "INFO"), [token])
    telegram = Telegram(token, os.environ["AMORCE_TELEGRAM_API_URL"], SECRET, str, now)
    store = Store(Path(os.environ["AMORCE_DATA_DIR"]) / "amorce.db")
    await store.open()
    try:
        service = Service(store, step, VOICE, clock=now, secret=SECRET, insight=INSIGHT)
        courier = Courier(store, {"telegram": telegram.send}, now)
        service.posted = courier.wake
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await serve(telegram, service, courier, stop)
    finally:
        await store.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except BotError as error:
        sys.exit(str(error))
