"""What a page shows when it is opened: the talk so far, with the present question's buttons."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.channels.page import piece
from bot.core.message import Message
from bot.store import faces, lines, standing
from bot.store.db import Db
from bot.store.lines import Letter, Line
from bot.store.times import stamp
from bot.web.site import Visitor

MOST = 60
# Sorts after every time.
LATEST = "~"


@dataclass(frozen=True, slots=True)
class Said:
    """One message on the page: `who` is founder, bot or staff; `at` ISO 8601, may be empty;
    `file` its name and address, where one came with it."""

    who: str
    html: Markup
    at: str = ""
    file: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """`last`: the newest letter among them; `older`: where to go on reading back, 0 = no more."""

    said: tuple[Said, ...]
    last: int
    language: str
    agreed: bool
    older: int = 0


def talk(db: Db, who: Visitor, before: int) -> Talk:
    """The talk of a visitor; before consent only our own letters are there to be shown."""
    here = standing.standing(db, who.conversation, faces.person_of(db, f"web:{who.id}"))
    last = lines.last_letter(db, who.id)
    kept = lines.history(db, who.conversation, MOST, before)
    if kept:
        older = kept[0].id if len(kept) == MOST else 0
        since = stamp(kept[0].at) if older else ""
        letters = lines.letters(db, who.id, since, stamp(kept[-1].at) if before else LATEST)
        said = tuple(_said(line, here.asked) for line in _whole(kept, letters))
        return Talk(said, last, here.language, here.agreed, older)
    letters = lines.letters(db, who.id, "", LATEST)[-MOST:]
    said = tuple(_said(letter, here.asked) for letter in letters)
    return Talk(said, last, here.language, here.agreed)


def _whole(kept: list[Line], letters: list[Letter]) -> list[Line | Letter]:
    """Lines, and in their places the letters that are kept as none: links, files, exports."""
    whole: list[Line | Letter] = list(kept)
    at = 0
    for letter in letters:
        place = next((n for n in range(at, len(whole)) if _same(whole[n], letter)), None)
        if place is not None:
            at = place + 1
            continue
        while at < len(whole) and _is_founder(whole[at]) and whole[at].at <= letter.at:
            at += 1
        whole.insert(at, letter)
        at += 1
    return whole


def _is_founder(line: Line | Letter) -> bool:
    return isinstance(line, Line) and line.author == "founder"


def _same(line: Line | Letter, letter: Letter) -> bool:
    return not _is_founder(line) and line.message.html == letter.message.html


def _said(line: Line | Letter, asked: int) -> Said:
    at = line.at.isoformat(timespec="seconds")
    if isinstance(line, Letter):
        file = line.message.file
        link = (file.name, f"/file/{line.id}") if file else None
        return Said("bot", _ours(line.message, asked), at, link)
    if line.author == "founder":
        return Said("founder", _theirs(line.message.html), at)
    return Said(line.author, _ours(line.message, asked), at)


def _ours(message: Message, asked: int) -> Markup:
    # The renderer and the desk have escaped whatever people typed into it.
    return Markup(piece(message, live=message.nonce == asked))  # noqa: S704


def _theirs(text: str) -> Markup:
    rows = escape(text).replace("\n", Markup("<br>"))
    return Markup("<article><p>{}</p></article>").format(rows)
