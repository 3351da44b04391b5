"""Browse: read tips, hard moments, other guides and words, without answering anything."""

from __future__ import annotations

from bot.core.dialog import Dialog, Row
from bot.core.say import Choice, Words
from bot.knowledge.model import PHASES

SHELVES = (*PHASES, "moments", "bridges", "words")


class Browse(Dialog):
    """`data["phase"]` is the shelf that is open, `data["page"]` how far one has leafed."""

    name = "browse"
    states = ("phase", "tips")
    rows = (
        Row("phase", "phase", "tips", do="take"),
        Row("tip", "tips", None, do="show"),
        Row("more", "tips", "tips", do="turn_page"),
    )
    page = 6

    def start(self) -> None:
        """Opened at a shelf, it shows that one at once."""
        self.state = "tips" if self.data.get("phase") in SHELVES else "phase"
        self.ask()

    def ask_phase(self) -> None:
        choices = [Choice(f"phase:{s}", Words(_label(s))) for s in SHELVES]
        self.talk.ask(Words("browse.phase"), [*choices, Choice("back", Words("choice.back"))])

    def take(self) -> None:
        self.data.update(phase=self.arg if self.arg in SHELVES else "p1", page=0)

    def turn_page(self) -> None:
        self.data["page"] = int(self.data.get("page", 0)) + 1

    def ask_tips(self) -> None:
        shelf = str(self.data["phase"])
        cards = self._cards(shelf)
        pages = -(-len(cards) // self.page)
        first = int(self.data.get("page", 0)) % pages * self.page
        shown = cards[first : first + self.page]
        choices = [Choice(f"tip:{card}", Words(f"{card}#title")) for card in shown]
        last = first + self.page >= len(cards)
        if pages > 1:
            choices.append(Choice("more", Words("browse.first" if last else "browse.more")))
        words = _intro(shelf) if not first else Words("browse.more_cards")
        self.talk.ask(words, [*choices, Choice("back", Words("choice.back"))])

    def _cards(self, shelf: str) -> list[str]:
        """Ids on a shelf, in the order of the files; a heading of the source is no tip to do."""
        kb = self.talk.library.kb
        if shelf in PHASES:
            tips = (tip for tip in kb.tips.values() if tip.phase == shelf)
            return [tip.id for tip in tips if tip.stance != "heading"]
        if shelf == "words":
            return list(kb.terms)
        return [card.id for card in kb.cards.values() if f"{card.group}s" == shelf]

    def show(self) -> None:
        self.talk.open("card", entry=self.arg)


def _label(shelf: str) -> str:
    return f"{shelf}#title" if shelf in PHASES else f"browse.{shelf}"


def _intro(shelf: str) -> Words:
    if shelf in PHASES:
        return Words("browse.tips", {"intro": Words(f"{shelf}#intro")})
    return Words(f"browse.intro_{shelf}")
