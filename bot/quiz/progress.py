"""How far a sitting of practice has come: its questions, where it stands, what was given."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.quiz.item import Item

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """`how` they were chosen, `at` which it stands, places `given` so far, topics `missed`."""

    items: tuple[str, ...] = ()
    how: str = "mixed"
    at: int = 0
    given: Places = ()
    answered: int = 0
    missed: tuple[str, ...] = ()

    @property
    def item(self) -> str:
        """The id of the present question, "" after the last one."""
        return self.items[self.at] if self.at < len(self.items) else ""

    @property
    def is_last(self) -> bool:
        return self.at + 1 >= len(self.items)

    def gives(self, item: Item, tapped: Places) -> Progress:
        """Several toggle, an order grows, else what was tapped is the answer."""
        given = tapped
        if item.kind == "order":
            given = tuple(dict.fromkeys([*self.given, *tapped]))
        elif item.kind == "several" and len(tapped) == 1:
            given = tuple(sorted(frozenset(self.given) ^ frozenset(tapped)))
        return replace(self, given=given)

    def is_whole(self, item: Item, tapped: Places) -> bool:
        """Whether nothing is left to say: one option, a full order, several typed at once."""
        if item.kind == "order":
            return len(self.given) == len(item.options)
        return item.has_one_answer or len(tapped) > 1

    def judged(self, item: Item) -> Progress:
        """With this answer counted."""
        missed = () if item.is_right(self.given) else (item.topic,)
        told = tuple(dict.fromkeys([*self.missed, *missed]))
        return replace(self, answered=self.answered + 1, missed=told)

    def anew(self) -> Progress:
        """With nothing given to the present question."""
        return replace(self, given=())

    def next(self) -> Progress:
        return replace(self, at=self.at + 1, given=())
