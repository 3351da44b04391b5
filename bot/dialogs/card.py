"""Card: one tip, hard moment, tool or word, unfolded piece by piece, with its source."""

from __future__ import annotations

from typing import cast

from bot.case.file import Mark, TipMark
from bot.core import grounds
from bot.core.dialog import Dialog, Row
from bot.core.events import TipMarked
from bot.core.say import Choice, Lines, Words
from bot.knowledge.entry import Entry
from bot.knowledge.model import Card as Moment
from bot.knowledge.model import Tip, Tool

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
        self._show(self._words(entry), Words(f"card.kind_{_kind(entry)}"))

    def _words(self, entry: Entry) -> Words:
        """The first message of a card, by its kind."""
        fields = [f for f in SHOWN[entry.kind] if getattr(entry, f, None) is not None]
        values = {f: Words(f"{entry.id}#{f}") for f in fields}
        if isinstance(entry, Tool):
            return Words("card.tool", {**values, "number": str(entry.number)})
        if entry.kind == "partnership":
            return Words(f"card.partnership_{getattr(entry, 'confidence', 'seen')}", values)
        return Words(f"card.{_kind(entry)}", values)

    def ask_steps(self) -> None:
        entry = cast("Tip | Moment", self.entry)
        steps = tuple(
            Words("card.step", {"n": str(n + 1), "text": Words(f"{entry.id}#steps.{n}")})
            for n in range(len(entry.steps))
        )
        self._show(Words("card.steps", {"steps": Lines(steps)}))

    def ask_watch(self) -> None:
        entry = self.entry
        key = f"card.watch_{entry.group}" if isinstance(entry, Moment) else "card.watch"
        fields = [f for f in ("watch_out", "done_when", "person") if getattr(entry, f, None)]
        self._show(Words(key, {f: Words(f"{entry.id}#{f}") for f in fields}))

    def ask_tools(self) -> None:
        self._show(Words("card.tools"))

    def pick_tool(self) -> None:
        self.data["tool"] = self.arg

    def ask_tool(self) -> None:
        self._show(self._words(self.talk.library.kb.entry(str(self.data["tool"]))))

    def ask_source(self) -> None:
        self._show(grounds.words(self.talk.library.kb, self.entry))

    def _show(self, words: Words, head: Words | None = None) -> None:
        self.talk.ask(words, [*self._parts(), Choice("done", Words("choice.back"))], head)

    def _parts(self) -> list[Choice]:
        """The other sides of the card, and for a team's tip what it may do with it."""
        entry = self.entry
        if self.state in ("tools", "tool"):
            return [*self._tools(entry), Choice("front", Words(self._label("front")))]
        there = [part for part in PARTS if part != self.state and self._has(part)]
        if self.state != "front":
            there.insert(0, "front")
        choices = [Choice(part, Words(self._label(part))) for part in there]
        if isinstance(entry, Tip) and self.talk.consent:
            choices.append(Choice("choose", Words("card.choose")))
            choices += [Choice(f"mark:{m}", Words(f"card.mark_{m}")) for m in MARKS]
        return choices

    def _has(self, part: str) -> bool:
        """Whether the entry has this side; each can say where it comes from."""
        entry = self.entry
        if part == "source" or not isinstance(entry, (Tip, Moment)):
            return part == "source"
        return part == "watch" or bool(getattr(entry, part))

    def _label(self, part: str) -> str:
        """A tip is a tip, and a bridge shows how it lies beside our steps."""
        entry = self.entry
        if part == "watch" and isinstance(entry, Moment) and entry.group == "bridge":
            return "card.to_beside"
        return f"card.to_{part}" if part != "front" or isinstance(entry, Tip) else "card.to_card"

    def _tools(self, entry: Entry) -> list[Choice]:
        shown = str(self.data.get("tool", "")) if self.state == "tool" else ""
        tools = [f"tool.{n}" for n in entry.tools]
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


def _kind(entry: Entry) -> str:
    """What the entry is called to founders: our own cards are hard moments or bridges."""
    return entry.group if isinstance(entry, Moment) else entry.kind


SHOWN = {
    "tip": ("title", "what", "why"),
    "tool": ("name", "aim", "when", "link", "index"),
    "term": ("title", "text"),
    "fact": ("title", "text"),
    "definition": ("title", "text"),
    "challenge": ("title", "text"),
    "card": ("title", "text"),
    "phase": ("title", "intro"),
    "partnership": ("title", "what", "groups", "origin", "fits_why", "link"),
    "question": ("text",),
    "point": ("text",),
    "topic": ("title",),
    "purpose": ("title",),
}
