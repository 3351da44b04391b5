"""The example in docs/ is a real talk in the terminal; its own `> ` lines are the script."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.terminal import Terminal
from bot.mind import mind
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store.store import Store

PAGE = Path("docs/example-conversation.md")
FENCE = "```text\n"
FIRST_DAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


async def told(folder: Path, typed: list[str], day: datetime) -> str:
    """One sitting in the terminal; the database in `folder` stays from one to the next."""
    shown: list[str] = []
    waiting = iter(typed)

    async def read() -> str | None:
        line = next(waiting, None)
        if line is not None:
            shown.extend(("", f"> {line}"))
        return line

    store = Store(folder / "a.db")
    await store.open()
    try:
        ready = mind()
        voice, insight = ready.voice(Addresses()), ready.insight()
        service = Service(
            store, ready.step, voice, clock=lambda: day, secret=b"k" * 32, insight=insight
        )
        terminal = Terminal(service, store, lambda: day, folder, read, shown.append, language="fr")
        await terminal.talk()
    finally:
        await store.close()
    return "\n".join(line.rstrip() for line in shown).strip() + "\n"


async def retold(page: str, folder: Path) -> str:
    """The page with every sitting in it played anew."""
    head, *sittings = page.split(FENCE)
    for number, sitting in enumerate(sittings):
        block, _, after = sitting.partition("```\n")
        typed = [line[2:] for line in block.splitlines() if line.startswith("> ")]
        day = FIRST_DAY + timedelta(days=16 * number)
        head += f"{FENCE}{await told(folder, typed, day)}```\n{after}"
    return head


def test_the_example_is_what_the_terminal_says_today(tmp_path: Path, update: bool) -> None:
    written = PAGE.read_text(encoding="utf-8")
    page = asyncio.run(retold(written, tmp_path))
    if update:
        PAGE.write_text(page, encoding="utf-8")
    else:
        assert page == written, "the example differs; ./dev update rewrites it, git diff shows how"
