"""Card: one tip, tool, term, fact or partnership, unfolded piece by piece, with its source."""

from __future__ import annotations

from typing import cast

from bot.case.file import Mark, TipMark
from bot.core.dialog import Dialog, Row
from bot.core.events import TipMarked
from bot.core.say import Choice, Lines, Listing, Value, Words
from bot.knowledge.model import Entry, Tip, Tool

MARKS = ("done", "not_now", "not_for_us")
PARTS = ("steps", "watch", "tools", "source")


class Card(Dialog):
    """`data["entry"]` is the id shown, `data["tool"]` the tool opened from a tip."""

    name = "card"
    states = ("front", "steps", "watch", "tools", "tool", "source")
    rows = (
        *(Row(part, "*", part) for part in ("front", *PARTS)),
        Row("tool", "*", "tool", do="pick_tool"),
        Row("mark", "*", None, do="mark"),
        Row("choose", "*", None, do="choose"),
        Row("done", "*", None, do="leave"),
    )

    def ask(self) -> None:
        """A card that a newer knowledge base no longer has closes itself."""
        kb = self.talk.library.kb
        if all(str(self.data.get(each) or "p1") in kb for each in ("entry", "tool")):
            super().ask()
        else:
            self.talk.close()

    @property
    def entry(self) -> Entry:
        return self.talk.library.kb.entry(str(self.data["entry"]))

    def ask_front(self) -> None:
        entry = self.entry
        self._show(self._words(entry), Words(f"card.kind_{entry.kind}"))

    def _words(self, entry: Entry) -> Words:
        """The first message of a card, by its kind."""
        fields = [f for f in SHOWN[entry.kind] if getattr(entry, f, None) is not None]
        values = {f: Words(f"{entry.id}#{f}") for f in fields}
        if isinstance(entry, Tool):
            return Words("card.tool", {**values, "number": str(entry.number)})
        if entry.kind == "partnership":
            return Words(f"card.partnership_{getattr(entry, 'confidence', 'seen')}", values)
        return Words(f"card.{entry.kind}", values)

    def ask_steps(self) -> None:
        tip = cast("Tip", self.entry)
        steps = tuple(
            Words("card.step", {"n": str(n + 1), "text": Words(f"{tip.id}#steps.{n}")})
            for n in range(len(tip.steps))
        )
        self._show(Words("card.steps", {"steps": Lines(steps)}))

    def ask_watch(self) -> None:
        tip = self.entry.id
        words = {"watch_out": Words(f"{tip}#watch_out"), "done_when": Words(f"{tip}#done_when")}
        self._show(Words("card.watch", words))

    def ask_tools(self) -> None:
        self._show(Words("card.tools"))

    def pick_tool(self) -> None:
        self.data["tool"] = self.arg

    def ask_tool(self) -> None:
        self._show(self._words(self.talk.library.kb.entry(str(self.data["tool"]))))

    def ask_source(self) -> None:
        entry = self.entry
        own = entry.editorial == "all" or not entry.sources
        key = "card.source_ours" if own else "card.source_part"
        if entry.kind in ("tool", "partnership"):
            key = f"card.source_{entry.kind}"
        elif not own and not entry.editorial:
            key = "card.source_whole"
        places = dict.fromkeys(_place(source) for source in entry.sources)
        values: dict[str, Value] = {
            "places": Listing(tuple(Words(f"card.place_{p}") for p in places)),
            "note": "",
        }
        if isinstance(entry, Tool) and entry.note:
            values["note"] = Words("card.note", {"note": Words(f"{entry.id}#note")})
        self._show(Words(key, values))

    def _show(self, words: Words, head: Words | None = None) -> None:
        self.talk.ask(words, [*self._parts(), Choice("done", Words("choice.back"))], head)

    def _parts(self) -> list[Choice]:
        """The other sides of the card, and for a team's tip what it may do with it."""
        entry = self.entry
        if not isinstance(entry, Tip):
            return [] if self.state == "source" else [Choice("source", Words("card.to_source"))]
        if self.state in ("tools", "tool"):
            return [*self._tools(entry), Choice("front", Words("card.to_front"))]
        parts = [p for p in PARTS if p != self.state and (p != "tools" or entry.tools)]
        if self.state != "front":
            parts.insert(0, "front")
        choices = [Choice(p, Words(f"card.to_{p}")) for p in parts]
        if self.talk.consent:
            choices.append(Choice("choose", Words("card.choose")))
            choices += [Choice(f"mark:{m}", Words(f"card.mark_{m}")) for m in MARKS]
        return choices

    def _tools(self, tip: Tip) -> list[Choice]:
        shown = str(self.data.get("tool", "")) if self.state == "tool" else ""
        tools = [f"tool.{n}" for n in tip.tools]
        return [
            Choice(f"tool:{t}", Words("card.tool_label", {"n": t[5:], "name": Words(f"{t}#name")}))
            for t in tools
            if t != shown
        ]

    def mark(self) -> None:
        if self.arg in MARKS:
            mark = cast("Mark", self.arg)
            tips = {**self.talk.case.tips, self.entry.id: TipMark(mark, self.talk.now)}
            self.talk.update(tips=tips)
            self.talk.record(TipMarked(self.entry.id, mark))
            self.talk.say(f"card.marked_{mark}")
        self.talk.close()

    def choose(self) -> None:
        self.talk.replace("nextstep", tip=self.entry.id)

    def leave(self) -> None:
        self.talk.close()


def _place(source: str) -> str:
    """Where in the two documents a source item stands, for people: a step, a box, a list."""
    first = source.partition(".")[0]
    return first if first in PLACES else "definition"


PLACES = ("p1", "p2", "p3", "p4", "x", "brief", "ex", "intro", "topic", "ref")
SHOWN = {
    "tip": ("title", "what", "why"),
    "tool": ("name", "aim", "when", "link", "index"),
    "term": ("title", "text"),
    "fact": ("title", "text"),
    "definition": ("title", "text"),
    "challenge": ("title", "text"),
    "phase": ("title", "intro"),
    "partnership": ("title", "what", "groups", "origin", "fits_why", "link"),
    "question": ("text",),
    "topic": ("title",),
    "purpose": ("title",),
}
