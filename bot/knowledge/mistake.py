"""What can be wrong in a knowledge file, told so that an editor can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BotError


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One fault: file (relative to the folder), key inside it, what and how to mend.

    `line` counts from 1; 0 where the fault has no place of its own."""

    file: str
    key: str
    what: str
    remedy: str
    line: int = 0

    def __str__(self) -> str:
        """One line for a terminal."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, f"{self.what}. {self.remedy}.") if part)


class KnowledgeError(BotError):
    """The knowledge files cannot be used; `mistakes` holds every fault found, sorted."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        count = len(self.mistakes)
        head = f"{count} mistake{'s' if count != 1 else ''} in the knowledge files"
        super().__init__("\n".join([head, *(f"- {mistake}" for mistake in self.mistakes)]))
