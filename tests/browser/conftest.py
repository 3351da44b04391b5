"""The whole product as people meet it: a server of its own, and a real Chromium before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# The page stands on loopback; the browser itself must not call anybody.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS = 60


@dataclass
class Running:
    """A started Amorce: its address, and a link that signs in to the desk once."""

    url: str
    link: str
    folder: Path
    process: subprocess.Popen[str]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def started(folder: Path, port: int = 0) -> Iterator[Running]:
    """`amorce run` over the data in `folder`."""
    settings = {
        "AMORCE_DATA_DIR": str(folder),
        "AMORCE_PORT": str(port),
        "AMORCE_LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        hello, desk = process.stdout.readline(), process.stdout.readline()
        url = re.search(r"(http://\S+?)/[;\s]", hello)
        link = re.search(r"http://\S+", desk)
        assert url, hello
        assert link, desk
        yield Running(url[1], link[0], folder, process)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def sow(folder: Path, teams: int) -> None:
    subprocess.run(
        [sys.executable, "-m", "bot", "seed", "--teams", str(teams)],
        cwd=ROOT,
        env={**os.environ, "AMORCE_DATA_DIR": str(folder)},
        check=True,
        capture_output=True,
    )


# Not for the whole session: its loop would be in the way of the tests that bring their own.
@pytest.fixture(scope="module")
def chromium(need: Callable[[str, str], NoReturn]) -> Iterator[Browser]:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        need("browser", "no Chromium is installed here")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def amorce(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One Amorce for all tests that do not stop it: each browser context is another person."""
    with started(tmp_path_factory.mktemp("amorce")) as running:
        yield running


Opens = Callable[..., Page]


@pytest.fixture
def opens(chromium: Browser) -> Iterator[Opens]:
    """`opens(url, language="fr", phone=True, dark=False)`: a page of a browser of its own.

    Whatever the page complains of in its console fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opens(
        url: str, language: str = "en", phone: bool = False, dark: bool = False, **more: object
    ) -> Page:
        size = {"width": 390, "height": 780} if phone else {"width": 1280, "height": 900}
        context = chromium.new_context(
            locale=language,
            viewport=size,  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_bad(said) else None)
        page.goto(url)
        return page

    yield opens
    for context in contexts:
        context.close()
    assert complaints == []


def _is_bad(said: object) -> bool:
    """Blocked by our own policy, or an error of a script; a lost connection is meant to happen."""
    text = str(getattr(said, "text", ""))
    return getattr(said, "type", "") == "error" and "ERR_" not in text and "status of" not in text
