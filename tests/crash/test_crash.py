"""kill -9 at every instant of a conversation: nothing lost, nothing done twice."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.crash.driver import ECHO, POINTS, REAL, Child, converse
from tests.standin.founder import Founder
from tests.standin.server import StandIn

STEPS = int(os.environ.get("AMORCE_CRASH_STEPS", "6"))
KILLS = int(os.environ.get("AMORCE_CRASH_KILLS", "4"))
SEED = int(os.environ.get("AMORCE_CRASH_SEED", "20260301"))
CHATS, WORDS = 4, 8

# Bigger numbers by environment need more time than the usual net.
pytestmark = pytest.mark.timeout(60 + 8 * (STEPS + KILLS))


@pytest.mark.parametrize("command", [ECHO, REAL], ids=["echo", "amorce"])
async def test_a_conversation_killed_at_each_instant_reads_as_if_it_never_was(
    tmp_path: Path, command: Sequence[str]
) -> None:
    for name in ("calm", "killed"):
        (tmp_path / name).mkdir()
    calm = await converse(command, tmp_path / "calm", STEPS)
    killed = await converse(command, tmp_path / "killed", STEPS, POINTS)
    assert killed.kills == STEPS
    assert killed.events == calm.events
    assert killed.said == calm.said
    assert killed.set_aside == 0
    # At most one message twice for each kill.
    assert killed.extra <= calm.extra + killed.kills
    assert "Traceback" not in killed.log


async def test_random_kills_under_load_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311  (a plan to repeat)
    async with StandIn() as api:
        child = Child(ECHO, api, tmp_path)
        founders = [Founder(api, 100 + n) for n in range(CHATS)]
        updates = [founder.say("/yes") for founder in founders]
        try:
            await child.start()
            await child.settle(updates)
            for kill in range(KILLS):
                for n in range(WORDS):
                    updates += [f.say(f"word {kill} {n}") for f in founders]
                await asyncio.sleep(chance.uniform(0.0, 0.6))
                child.kill()
                assert child.process is not None
                await child.process.wait()
                await child.revive()
            await child.settle(updates)
            await child.stop()
        finally:
            child.kill()
        assert api.state.violations == [], f"seed {SEED}"
        _check(child, founders)


def _check(child: Child, founders: list[Founder]) -> None:
    wanted = [f"heard {n}" for n in range(1, KILLS * WORDS + 1)]
    extra = 0
    for founder in founders:
        heard = [t for t in founder.texts if t.startswith("heard")]
        once = list(dict.fromkeys(heard))
        assert once == wanted, f"seed {SEED}: lost or out of order"
        extra += len(heard) - len(once)
    events = child.rows("SELECT data FROM event WHERE kind = 'SlotFilled'")
    assert set(Counter(events).values()) == {CHATS}
    assert len(events) == CHATS * KILLS * WORDS
    # Several chats are sent to at once: each may have one message on its way.
    assert extra <= KILLS * CHATS


async def test_a_graceful_stop_under_load_doubles_nothing(tmp_path: Path) -> None:
    async with StandIn() as api:
        child = Child(ECHO, api, tmp_path)
        founder = Founder(api)
        updates = [founder.say("/yes")]
        try:
            await child.start()
            await child.settle(updates)
            for stop in range(3):
                updates += [founder.say(f"word {stop} {n}") for n in range(10)]
                await child.has_polled()
                assert await child.stop() == 0
                await child.start()
            await child.settle(updates)
            assert await child.stop() == 0
        finally:
            child.kill()
        heard = [t for t in founder.texts if t.startswith("heard")]
        assert heard == [f"heard {n}" for n in range(1, 31)]
