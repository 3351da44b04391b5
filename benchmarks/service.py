"""The real program as a process: first reply, CPU a turn, memory, against the stand-in."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.standin.founder import Founder
from tests.standin.server import StandIn

ROUNDS = 15
WORDS = ("menu", "aide", "Trois communes et une coopérative", "Où trouver de l'argent ?", "retour")


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with StandIn() as api:
            for start in ("first start, an empty data folder", "second start"):
                await _run(api, folder, start)


async def _run(api: StandIn, folder: str, start: str) -> None:
    began = time.perf_counter()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        env={
            **os.environ,
            "AMORCE_TELEGRAM_TOKEN": api.token,
            "AMORCE_TELEGRAM_API_URL": api.url,
            "AMORCE_DATA_DIR": folder,
        },
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        waiting = Founder(api, 1)
        await _said(waiting, "/start")
        first = time.perf_counter() - began
        await asyncio.sleep(2)
        rest = _memory(child.pid)
        cpu = await _turns(api, child.pid)
        print(f"service: {start}: first reply after {first:.1f} s, {rest:.0f} MiB at rest")
        print(f"  {cpu:.2f} ms CPU a turn one at a time; {_memory(child.pid):.0f} MiB afterwards")
    finally:
        child.terminate()
        await child.wait()


async def _turns(api: StandIn, pid: int) -> float:
    """Milliseconds of the child's CPU a turn, the whole way from poll to sent and marked."""
    founder = Founder(api, 2)
    for word in ("/start", *WORDS):
        await _said(founder, word)
    began, done = _cpu(pid), 0
    for _ in range(ROUNDS):
        for word in WORDS:
            await _said(founder, word)
            done += 1
    return (_cpu(pid) - began) / done


async def _said(founder: Founder, text: str) -> None:
    """Says it, waits for the first reply, and leaves time for the rest of it."""
    heard = len(founder.messages)
    founder.say(text)
    async with asyncio.timeout(30):
        while len(founder.messages) == heard:  # noqa: ASYNC110  (the reply comes over HTTP)
            await asyncio.sleep(0.002)
    await asyncio.sleep(0.02)


def _cpu(pid: int) -> float:
    """CPU milliseconds used so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Resident memory in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
