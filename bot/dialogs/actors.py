"""Actors: who should be at the table, sorted into sectors."""

from __future__ import annotations

from dataclasses import replace

from bot.case.file import Actor, Given
from bot.case.names import names
from bot.core.dialog import Dialog, Row, ways
from bot.core.events import ActorSorted
from bot.core.quote import SECTORS, short
from bot.core.say import Choice, Listing, Words
from bot.core.summary import sector_lines

MOST, SHOWN = 40, 6
# So short a message that names a sector means the sector, not an organisation.
LABEL_WORDS = 4


class Actors(Dialog):
    """`data`: `at` the number of the actor being sorted, `unsure` those still to be asked about."""

    name = "actors"
    states = ("names", "sorted", "which", "sector", "left_out")
    rows = (
        Row("text", "names", None, do="nobody_yet", when="denied"),
        Row("text", "names", "sorted", do="take_names"),
        Row("text", "sorted", None, do="add_names"),
        Row("right", "sorted", None, do="confirm"),
        Row("correct", "sorted", "which"),
        Row("again", "sorted", "names"),
        Row("aside", "sorted", "left_out"),
        Row("actor", "which", "sector", do="take_actor"),
        Row("sector", "sector", None, do="take_sector"),
        Row("drop", "sector", "sorted", do="drop"),
        Row("text", "sector", "sector", do="rename"),
        Row("aside", "left_out", "sorted", do="leave_out"),
        *ways("names", "which", "sector", "sorted"),
        Row("keep", "names", "sorted"),
        Row("skip", ("names", "sorted"), None, do="skip"),
        Row("unknown", ("names", "sorted"), None, do="not_known"),
    )

    def start(self) -> None:
        if self.talk.case.actors:
            self.state = "sorted"
        self.ask()

    def _ask(self, words: Words, choices: list[Choice], passing: bool = True) -> None:
        ways = ("unknown", "skip", "back") if passing else ("back",)
        ways_out = [Choice(way, Words(f"choice.{way}")) for way in ways]
        number, chapter = str(self.data.get("n", "4")), Words("intake.chapter_actors")
        head = Words("intake.progress", {"n": number, "chapter": chapter})
        self.talk.ask(words, [*choices, *ways_out], head)

    def ask_names(self) -> None:
        keep = [Choice("keep", Words("choice.keep"))] if self.talk.case.actors else []
        self._ask(Words("actors.names"), keep)

    def denied(self) -> bool:
        """Whether the words say that there is nobody to name."""
        return self.talk.library.denies(self.arg, self.talk.language)

    def nobody_yet(self) -> None:
        self.talk.keep(self.arg, "actors")
        self._pass("unknown")

    def take_names(self) -> None:
        """A list typed anew takes the place of the old one, once it holds a name."""
        new = names(self.arg)
        self._add(new, () if new else self.talk.case.actors)

    def add_names(self) -> None:
        """Words typed under the list: corrections ("Océanium is an NGO"), else more names."""
        pieces = names(self.arg)
        here = {self.talk.library.folded(actor.name) for actor in self.talk.case.actors}
        about = [p for p in pieces if self.talk.library.folded(p) not in here and self._named_in(p)]
        fresh = [p for p in pieces if not self._named_in(p)]
        wanting = [piece for piece in about if not self._corrected(piece)]
        alone = self.talk.library.sector_said(self.arg) and len(self.arg.split()) < LABEL_WORDS
        if wanting or (alone and not about):
            self.go("which")
            return
        if fresh or not pieces:
            self._add(fresh, self.talk.case.actors)
        self.go("sorted")

    def _named_in(self, text: str) -> list[int]:
        """The numbers of the actors whose name stands in `text`."""
        folded = self.talk.library.folded
        said = f" {folded(text)} "
        return [n for n, a in enumerate(self.talk.case.actors) if f" {folded(a.name)} " in said]

    def _corrected(self, text: str) -> bool:
        """Sorts the actors named in `text` as it says; False when it names no sector."""
        folded = self.talk.library.folded
        rest = folded(text)
        for n in self._named_in(text):
            rest = rest.replace(folded(self.talk.case.actors[n].name), " ")
        sector = self.talk.library.sector_meant(rest)
        for n in self._named_in(text):
            if sector:
                self._change(n, sector=sector)
        return sector is not None

    def _add(self, new: list[str], known: tuple[Actor, ...]) -> None:
        guess = self.talk.library.sector
        have = {actor.name for actor in known}
        fresh = [name for name in new if name not in have]
        room = max(MOST - len(known), 0)
        added = tuple(Actor(name, guess(name)) for name in fresh[:room])
        self.talk.update(actors=(*known, *added))
        if fresh[room:]:
            # Each name becomes a button, and no chat shows hundreds of them.
            self.talk.keep("\n".join(fresh[room:]), "actors")
            self.talk.say("actors.many", most=MOST)
        elif not new:
            self.talk.keep(self.arg, "actors")

    def ask_sorted(self) -> None:
        """All actors in one message, by sector, with what is not sure said as such."""
        if not self.talk.case.actors:
            self.go("names")
            # Back from here must not lead to the empty list, which leads here again.
            self.trail.clear()
            return
        some = self._sectors_to_leave() or self._left_out()
        acts = ["right", "correct", *(["aside"] if some else []), "again"]
        out = [Words(f"sector.{sector}") for sector in self._left_out()]
        aside = Words("actors.aside_noted", {"sectors": Listing(tuple(out))}) if out else ""
        self._ask(
            Words("actors.sorted", {"lines": sector_lines(self.talk.case, SHOWN), "aside": aside}),
            [Choice(act, Words(f"actors.{act}")) for act in acts],
            passing=False,
        )

    def _left_out(self) -> tuple[str, ...]:
        told = self.talk.case.told("left_out")
        return told if isinstance(told, tuple) else ()

    def _sectors_to_leave(self) -> list[str]:
        here = {actor.sector for actor in self.talk.case.actors}
        return [s for s in SECTORS if s not in here and s not in self._left_out()]

    def ask_which(self) -> None:
        if not self.talk.case.actors:
            self.go("sorted")
            return
        choices = [
            Choice(f"actor:{n}", f"{n + 1}. {short(actor.name, 40)}")
            for n, actor in enumerate(self.talk.case.actors)
        ]
        self._ask(Words("actors.which"), choices, passing=False)

    def take_actor(self) -> None:
        self.data["at"] = min(int(self.arg or 0), len(self.talk.case.actors) - 1)

    def _gone(self) -> bool:
        """Whether the actor in hand has left the list: another member may shorten it."""
        return not 0 <= int(self.data["at"]) < len(self.talk.case.actors)

    def ask_sector(self) -> None:
        if self._gone():
            self.go("sorted")
            return
        name = self.talk.case.actors[int(self.data["at"])].name
        choices = [Choice(f"sector:{s}", Words(f"sector.{s}")) for s in (*SECTORS, "own_group")]
        choices.append(Choice("sector:none", Words("actors.not_sure")))
        choices.append(Choice("drop", Words("actors.drop")))
        self._ask(Words("actors.sector", {"name": short(name, 60)}), choices, passing=False)

    def take_sector(self) -> None:
        if self._gone():
            self.go("sorted")
            return
        known = self.arg in (*SECTORS, "own_group")
        at = int(self.data["at"])
        self._change(at, sector=self.arg if known else None)
        actor = self.talk.case.actors[at]
        self.talk.record(ActorSorted(actor.name, actor.sector))
        self._next_unsure()

    def rename(self) -> None:
        """Words typed here mean a sector where they name one; else how the name should read."""
        sector = self.talk.library.sector_said(self.arg)
        if not self._gone():
            change = {"sector": sector} if sector else {"name": self.arg}
            self._change(int(self.data["at"]), **change)

    def _next_unsure(self) -> None:
        """On to the next name whose sector nobody could guess; then back to the list."""
        waiting = list(self.data.get("unsure", ()))
        if waiting:
            self.data.update(at=waiting[0], unsure=waiting[1:])
        self.go("sector" if waiting else "sorted")

    def drop(self) -> None:
        at = int(self.data["at"])
        self.talk.update(actors=self.talk.case.actors[:at] + self.talk.case.actors[at + 1 :])
        self.data["unsure"] = []

    def ask_left_out(self) -> None:
        """A sector noted before is offered too: once more takes it back."""
        choices = [
            Choice(f"aside:{s}", Words("actors.tick_on", {"name": Words(f"sector.{s}")}))
            for s in self._left_out()
        ]
        choices += [Choice(f"aside:{s}", Words(f"sector.{s}")) for s in self._sectors_to_leave()]
        self._ask(Words("actors.left_out"), choices, passing=False)

    def leave_out(self) -> None:
        """A sector left out on purpose is not asked about again; no reason is asked."""
        out = self._left_out()
        others = tuple(s for s in out if s != self.arg)
        self.talk.fill("left_out", others if self.arg in out else (*out, self.arg))

    def confirm(self) -> None:
        """Names of no sure sector are asked about once, one by one."""
        unsure = [n for n, actor in enumerate(self.talk.case.actors) if actor.sector is None]
        if unsure and not self.data.get("asked"):
            self.data.update(asked=True, unsure=unsure)
            self._next_unsure()
        else:
            self.finish()

    def finish(self) -> None:
        """A sector somebody now stands for is no longer left out."""
        actors = self.talk.case.actors
        here = {actor.sector for actor in actors}
        if any(sector in here for sector in self._left_out()):
            self.talk.fill("left_out", tuple(s for s in self._left_out() if s not in here))
        self.talk.fill("actors", tuple(actor.name for actor in actors))
        self.talk.close()

    def _change(self, at: int, **changes: str | None) -> None:
        actors = list(self.talk.case.actors)
        actors[at] = replace(actors[at], **changes)  # type: ignore[arg-type]
        self.talk.update(actors=tuple(actors))

    def skip(self) -> None:
        self._pass("skipped")

    def not_known(self) -> None:
        self._pass("unknown")

    def _pass(self, given: Given) -> None:
        """What was named stays named, even when the rest is passed over."""
        named = tuple(actor.name for actor in self.talk.case.actors)
        self.talk.fill("actors", named or None, "told" if named else given)
        self.talk.close()
