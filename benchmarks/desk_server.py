"""Amorce with many teams in a process of its own, and people signed in to its desk."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.app import now
from bot.store import staffing
from bot.store.batch import Batch
from bot.store.store import Store

TEAMS = 10_000
# A person of the desk for each page, so that none meets the limit of what one may ask for.
PEOPLE = 60
READY, RESTING_MS = 120.0, 100.0


@dataclass(frozen=True, slots=True)
class Server:
    """Amorce in a process of its own, with the cookies of people signed in to its desk."""

    url: str
    pid: int
    cookies: Sequence[str]

    def browser(self, cookie: str = "") -> httpx.AsyncClient:
        headers = {"sec-fetch-site": "same-origin", "accept-language": "en"}
        if cookie:
            headers["cookie"] = f"amorce-desk={cookie}"
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=600)

    def memory(self, what: str = "VmRSS") -> float:
        """MiB now, or at the highest (VmHWM)."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(rf"{what}:\s+(\d+) kB", text)
        return int(found[1]) / 1024 if found else 0.0

    def cpu(self) -> float:
        """Milliseconds of all its processors so far; others on the machine do not count."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") * 1000

    def forget_highest(self) -> None:
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


def sow(folder: Path) -> None:
    if not (folder / "amorce.db").exists():
        began = time.perf_counter()
        _amorce(folder, "seed", "--teams", str(TEAMS))
        print(f"desk: {TEAMS} teams sown in {time.perf_counter() - began:.0f} s")


def _environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AMORCE_")}
    return {**kept, "AMORCE_DATA_DIR": str(folder), "AMORCE_PORT": "0", "AMORCE_LOG_LEVEL": "ERROR"}


def _amorce(folder: Path, *words: str) -> None:
    """Runs a command where no settings of the developer's own are found."""
    command = [sys.executable, "-m", "bot", *words]
    subprocess.run(
        command, check=True, cwd=folder, env=_environment(folder), stdout=subprocess.PIPE
    )


async def signed_in(folder: Path) -> list[str]:
    store = Store(folder / "amorce.db")
    await store.open()

    def work(batch: Batch) -> list[str]:
        db, at = batch.db, batch.now
        people = [f"bench:{n}" for n in range(PEOPLE)]
        for person in people:
            staffing.grant(db, person, "Bench", "admin", "bench", at)
        found = [staffing.sign_in(db, person, "bench", at) for person in people]
        teams, shared, events = db.execute(
            "SELECT (SELECT count(*) FROM summary), (SELECT sum(shared) FROM summary),"
            " (SELECT count(*) FROM event)"
        ).fetchone()
        print(f"desk: {teams} teams, {shared} of them shared, {events} events")
        return found

    try:
        cookies, _ = await store.batch(now(), work)
    finally:
        await store.close()
    return cookies


@contextlib.contextmanager
def running(folder: Path, cookies: Sequence[str]) -> Iterator[Server]:
    command = [sys.executable, "-u", "-m", "bot", "run"]
    process = subprocess.Popen(
        command, cwd=folder, env=_environment(folder), stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        url = re.search(r"http://[\w.:]+", process.stdout.readline())
        assert url is not None
        yield Server(url[0], process.pid, cookies)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


async def ready(server: Server) -> None:
    """Until it answers and rests: then the search of every language is ready too."""
    ends, before = time.monotonic() + READY, -1.0
    async with server.browser() as browser:
        while time.monotonic() < ends:
            with contextlib.suppress(httpx.TransportError):
                await browser.get("/desk")
            await asyncio.sleep(2.0)
            if before >= 0 and server.cpu() - before < RESTING_MS:
                return
            before = server.cpu()
