"""What can be wrong in a knowledge file, told so that an editor can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BotError


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One fault: the file (relative to the folder), the key inside it, what and how to mend."""

    file: str
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """One line for a terminal."""
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.what}. {self.remedy}."


class KnowledgeError(BotError):
    """The knowledge files cannot be used; `mistakes` holds every fault found, sorted."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        count = len(self.mistakes)
        head = f"{count} mistake{'s' if count != 1 else ''} in the knowledge files"
        super().__init__("\n".join([head, *(f"- {mistake}" for mistake in self.mistakes)]))
