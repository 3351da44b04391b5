"""The pure step over every golden founder story, beside the way tutorials use `transitions`."""

from __future__ import annotations

import gc
import statistics
import time
from pathlib import Path

from transitions import Machine

from bot.core.dialog import Dialog, Row
from bot.core.engine import step
from bot.core.message import Message
from bot.core.turn import Cause
from bot.dialogs import register
from tests.conversation import Conversation, library
from tests.test_transcripts import FOLDER, SPOKEN, act

TRIES = 5


class Timed(Conversation):
    """Measures each turn a few times and keeps the least: a busy machine only ever adds."""

    micros: list[float]

    def hear(self, cause: Cause, message: str = "") -> list[Message]:
        turn, world = self.turn(cause, message), self.world
        self.turns -= 1
        self.micros.append(least(lambda: step(world, turn, register(), library())))
        return super().hear(cause, message)


def least(work: object) -> float:
    """Microseconds of CPU, the least of a few tries."""
    assert callable(work)
    found = []
    for _ in range(TRIES):
        began = time.process_time_ns()
        work()
        found.append((time.process_time_ns() - began) / 1000)
    return min(found)


def tell(story: Path) -> list[float]:
    talk = Timed()
    talk.micros = []
    for line in story.read_text(encoding="utf-8").splitlines():
        if line.startswith("language:"):
            talk.language = line.split()[1]
        elif line.startswith(SPOKEN) and not line.startswith("#"):
            act(talk, line)
    return talk.micros


def bare() -> float:
    """One bare trigger, the yardstick: 11 to 15 µs on the machine the promises were made on."""
    machine = Machine(
        None, ["a", "b"], transitions=[["go", "a", "b"]], initial=None, auto_transitions=False
    )

    class Model:
        state = "a"

    def turn() -> None:
        for _ in range(20):
            machine.events["go"].trigger(Model())

    return least(turn) / 20


def peer() -> float:
    """A machine with a model added for each turn, as most examples do it."""
    kind: type[Dialog] = register()["intake"]
    rows: tuple[Row, ...] = kind.rows
    moves = [{"trigger": r.trigger, "source": r.source, "dest": r.dest} for r in rows]
    machine = Machine(None, list(kind.states), transitions=moves, auto_transitions=False)

    class Model:
        pass

    def turn() -> None:
        model = Model()
        machine.add_model(model, initial="problem")
        model.to_goal()  # type: ignore[attr-defined]
        machine.remove_model(model)

    return least(turn)


async def main() -> None:
    gc.disable()
    micros = sorted(each for story in sorted(FOLDER.glob("founders/*.txt")) for each in tell(story))
    gc.enable()
    median, p95 = statistics.median(micros), micros[int(len(micros) * 0.95)]
    other, yard = peer(), bare()
    print(
        f"step: {len(micros)} turns of the golden founder stories, the least of {TRIES} tries each"
    )
    print(f"  median {median:.0f} µs CPU, p95 {p95:.0f} µs, most {micros[-1]:.0f} µs")
    print(
        f"  a bare trigger on this machine now: {yard:.0f} µs; our median is {median / yard:.0f} ×"
    )
    print(f"  adding a model each turn, alone: {other:.0f} µs = {other / median:.1f} × our median")
