"""Questions taken into an own set from a file or from pasted text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.desk.house import House, Visit
from bot.documents import quiz_book
from bot.quiz.found import LARGEST, OWN, Mistake, Read
from bot.quiz.item import Item, said
from bot.web.forms import Sent, with_file
from bot.web.guard import TooLargeError

TOO_LARGE = Mistake(0, "quiz_file.too_large", {"most": LARGEST // 1_000_000})


@dataclass(frozen=True, slots=True)
class Brought:
    """A set with what came in. `again`: were in it before; `over`: more than a set holds."""

    items: list[Item]
    taken: int = 0
    again: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of an import: figures, and what was left out and why, in words."""

    brought: Brought | None = None
    left_out: list[str] = field(default_factory=list)
    text: str = ""


async def sent(visit: Visit) -> Sent | None:
    """The posted form; None where it was larger than a file may be."""
    try:
        return await with_file(visit.request)
    except TooLargeError:
        return None


def has_questions(form: Sent) -> bool:
    """Whether a file was chosen or something pasted."""
    return bool(form.name or form.data or form.fields.get("text", "").strip())


async def read(house: House, form: Sent, language: str) -> Read:
    """The questions of the file, else of the pasted text; read beside the talks."""
    if form.name or form.data:
        name, data = form.name, form.data
    else:
        name, data = "", form.fields.get("text", "").encode("utf-8", "replace")
    return await house.aside(lambda: quiz_book.read(name, data, language))


def brought(there: Sequence[Item], new: Sequence[Item], language: str) -> Brought:
    """`there` with the new ones after them; what is there already is not taken twice.

    So a mended file can be given again as a whole.
    """
    known = {_words(item, language) for item in there}
    fresh = [item for item in new if _words(item, language) not in known]
    room = max(0, OWN.items - len(there))
    taken = list(_renamed(fresh[:room], {item.id for item in there}))
    return Brought([*there, *taken], len(taken), len(new) - len(fresh), len(fresh) - len(taken))


def _words(item: Item, language: str) -> tuple[object, ...]:
    """What players see of a question, and what is right."""
    options = tuple(said(option, language) for option in item.options)
    return item.kind, said(item.text, language), options, item.right


def _renamed(items: Iterable[Item], taken: Collection[str]) -> Iterator[Item]:
    used = set(taken)
    for item in items:
        name = item.id if item.id and item.id not in used else free(used)
        used.add(name)
        yield replace(item, id=name)


def free(used: Collection[str]) -> str:
    """A name for a question that no other of the set has."""
    n = len(used) + 1
    while f"q{n}" in used:
        n += 1
    return f"q{n}"


def in_words(house: House, language: str, mistakes: Iterable[Mistake]) -> list[str]:
    """Every mistake as a sentence, with its line where it has one."""
    say, found = house.templates.say, []
    for each in mistakes:
        words = say(language, each.key, **each.values)
        at = each.line
        found.append(say(language, "quiz_file.at", line=at, mistake=words) if at else words)
    return found
