"""On board: with whom the team already talks in earnest, ticked on the list of actors."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.case.file import Actor, Given
from bot.case.names import names
from bot.core.dialog import SAME, Dialog, Row
from bot.core.quote import short
from bot.core.say import Choice, Words

SLOT = "on_board"


class OnBoard(Dialog):
    name = "on_board"
    states = ("ticks",)
    rows = (
        Row("tick", "ticks", SAME, do="tick"),
        Row("numbers", "ticks", SAME, do="tick_numbers"),
        Row("text", "ticks", None, do="finish", when="nobody_else"),
        Row("text", "ticks", SAME, do="tick_named"),
        Row("done", "ticks", None, do="finish"),
        Row("skip", "ticks", None, do="skip"),
        Row("unknown", "ticks", None, do="not_known"),
    )

    def ask_ticks(self) -> None:
        choices = [_box(n, actor) for n, actor in enumerate(self.talk.case.actors)]
        passing = [Choice(way, Words(f"choice.{way}")) for way in ("unknown", "skip", "back")]
        number, chapter = str(self.data.get("n", "4")), Words("intake.chapter_actors")
        self.talk.ask(
            Words("on_board.more" if self.data.get("ticked") else "on_board.ticks"),
            [*choices, Choice("done", Words("on_board.done")), *passing],
            Words("intake.progress", {"n": number, "chapter": chapter}),
        )

    def tick(self) -> None:
        self._tick([int(self.arg or 0)])

    def tick_numbers(self) -> None:
        """Several numbers in one message: "1, 3, 4"."""
        self._tick([int(number) - 1 for number in re.findall(r"\d{1,2}", self.arg)], on=True)

    def nobody_else(self) -> bool:
        """Whether a plain no answers "who else?"."""
        return self.talk.library.intent(self.arg) == "no"

    def tick_named(self) -> None:
        """Names of the list, typed; other words are kept as a remark."""
        folded = self.talk.library.folded
        said = {folded(name): name for name in names(self.arg)}
        found = [n for n, a in enumerate(self.talk.case.actors) if folded(a.name) in said]
        if found:
            self._tick(found, on=True)
            known = {folded(actor.name) for actor in self.talk.case.actors}
            if others := [name for name in said if name not in known]:
                self.talk.keep(", ".join(said[name] for name in others), SLOT)
        else:
            self.talk.keep(self.arg, SLOT)
            self.talk.say("engine.remark_kept")

    def _tick(self, numbers: list[int], on: bool = False) -> None:
        """A tap turns a mark over; whoever types a list means all of it."""
        self.data["ticked"] = True
        actors = list(self.talk.case.actors)
        for n in (n for n in numbers if 0 <= n < len(actors)):
            marked = actors[n].status == "in_talks" and not on
            status = "idea" if marked else "in_talks"
            actors[n] = replace(actors[n], status=status)
        self.talk.update(actors=tuple(actors))

    def finish(self) -> None:
        """Whoever is not ticked is an idea so far."""
        actors = tuple(replace(a, status=a.status or "idea") for a in self.talk.case.actors)
        self.talk.update(actors=actors)
        self.talk.fill(SLOT, tuple(a.name for a in actors if a.status == "in_talks"))
        self.talk.close()

    def skip(self) -> None:
        self._pass("skipped")

    def not_known(self) -> None:
        self._pass("unknown")

    def _pass(self, given: Given) -> None:
        self.talk.fill(SLOT, None, given)
        self.talk.close()


def _box(number: int, actor: Actor) -> Choice:
    mark = "on" if actor.status == "in_talks" else "off"
    name = f"{number + 1}. {short(actor.name, 40)}"
    return Choice(f"tick:{number}", Words(f"actors.tick_{mark}", {"name": name}))
