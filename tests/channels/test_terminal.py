"""The terminal: the same pipeline, typed at a prompt."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.app import now
from bot.channels.terminal import Terminal
from bot.mind import mind
from bot.service.service import Service
from bot.service.voice import Addresses
from bot.store.store import Store


async def talk(folder: Path, lines: Iterable[str], files: Path | None = None) -> str:
    """What the terminal shows when `lines` are typed; the database lies in `folder`."""
    shown: list[str] = []
    waiting = iter(lines)

    async def read() -> str | None:
        return next(waiting, None)

    store = Store(folder / "a.db")
    await store.open()
    try:
        ready = mind()
        voice, insight = ready.voice(Addresses()), ready.insight()
        service = Service(store, ready.step, voice, clock=now, secret=b"k" * 32, insight=insight)
        terminal = Terminal(
            service, store, now, files or folder / "exports", read, shown.append, language="fr"
        )
        await terminal.talk()
    finally:
        await store.close()
    return "\n".join(shown)


async def test_a_talk_goes_on_at_the_same_question_after_a_restart(tmp_path: Path) -> None:
    await talk(tmp_path, ["1", "1", "Les puits sont pollués."])
    shown = await talk(tmp_path, [])
    assert "Pourquoi agir maintenant" in shown
    assert "On commence" not in shown


async def test_buttons_are_numbered_and_a_number_taps(tmp_path: Path) -> None:
    shown = await talk(tmp_path, ["1"])
    assert "   1  Oui, commençons" in shown
    assert "Qu'est-ce qui vous aiderait" in shown


@pytest.mark.parametrize("typed", ["9" * 5000, "/", "//", "\x00", "0", "-1"])
async def test_whatever_is_typed_the_talk_goes_on(tmp_path: Path, typed: str) -> None:
    shown = await talk(tmp_path, [typed, "/menu"])
    assert "Que voulez-vous faire" in shown


async def test_an_export_is_written_to_a_file_that_is_named(tmp_path: Path) -> None:
    shown = await talk(tmp_path, ["1", "1", "Les puits sont pollués.", "/export"])
    [file] = (tmp_path / "exports").iterdir()
    assert str(file.name) in shown
    assert "Les puits sont pollués." in file.read_text(encoding="utf-8")


async def test_an_export_that_cannot_be_written_stops_no_later_talk(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    shown = await talk(tmp_path, ["1", "1", "Les puits.", "/export", "/menu"], files=taken)
    assert "could not be written" in shown
    assert "Que voulez-vous faire" in shown


def holding(folder: Path, words: bytes) -> list[str]:
    """The files of the database in which `words` can be found."""
    return [file.name for file in folder.glob("a.db*") if words in file.read_bytes()]


async def test_after_erasing_nothing_typed_is_left_in_the_file(tmp_path: Path) -> None:
    told = ["1", "1", "zqxmarqueur des puits", "1", "zqxmarqueur du but", "zqxmarqueur, ONG"]
    await talk(tmp_path, told)
    assert holding(tmp_path, b"zqxmarqueur")
    shown = await talk(tmp_path, ["/erase", "2"])
    assert "effacé" in shown
    assert not holding(tmp_path, b"zqxmarqueur")
