"""What many bots do with a tap: python-telegram-bot's Application, an answer and an edit each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

Ask = Callable[..., Awaitable[dict[str, Any]]]
Context = ContextTypes.DEFAULT_TYPE


async def run(ask: Ask, url: str, token: str, within: float, concurrent: bool) -> list[float]:
    """The waits of one question; `concurrent` as PTB offers it, without order in a chat."""
    answers: dict[int, str] = {}

    async def tapped(update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None
        answers.setdefault(query.from_user.id, query.data or "")
        await query.answer("Kept")
        await query.edit_message_text(f"{len(answers)} have answered")

    builder = Application.builder().token(token).base_url(f"{url}/bot")
    application = builder.concurrent_updates(256 if concurrent else False).build()
    application.add_handler(CallbackQueryHandler(tapped))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(poll_interval=0.0)
        found = await ask("tap", within=within)
        await application.updater.stop()
        await application.stop()
    return list(found["waits"])
