"""Staff in the chat: the way to the desk, teams at a glance, notes; the right read each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.message import Message
from bot.core.say import Choice, Say, Words
from bot.core.turn import Command, Tap, Text, Turn
from bot.knowledge.text import plain
from bot.service import staff_words
from bot.service.staff_words import PREFIX
from bot.service.voice import Voice
from bot.store import chatted, faces, listing, scope, staffing, tickets
from bot.store.batch import Batch, language_of, person_id
from bot.store.listing import Row, Wanted
from bot.store.staffing import Staff

MOST_TEAMS = 10
MOST_STUCK = 5
LOOKED_THROUGH = 200
LONGEST_NOTE = 4000
LONGEST_NUMBERS = 30
# Later than this, a note without a team might be meant for another one.
FRESH = timedelta(hours=1)
COMMANDS = frozenset({"desk", "teams", "stuck", "team", "note"})
TAPS: Mapping[str, str] = {"team": "open", "undo": "undo", "own": "own"}
NOTE = re.compile(r"(?:note|notiz|nota)\s*:(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a turn asks of the desk; `about`: the team of the message that was replied to."""

    deed: str
    argument: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One turn of somebody who holds a right now; `web`: the address of the pages."""

    batch: Batch
    who: Staff
    wish: Wish
    web: str

    @property
    def now(self) -> datetime:
        return self.batch.now


def hear(batch: Batch, turn: Turn, voice: Voice) -> Turn | list[Message]:
    """What staff is told; or the turn itself, to be served as anybody's."""
    wish = _wish(turn)
    # Not among others: what is told here is for one person.
    if wish is None or turn.chat != turn.person:
        return turn
    who = staffing.staff(batch.db, faces.person_of(batch.db, person_id(turn)))
    if who is None:
        return turn
    if wish.deed == "own":
        return replace(turn, cause=Command("teams"))
    language = who.language or language_of(batch.db, turn.conversation)
    say = DEEDS[wish.deed](Visit(batch, who, wish, voice.addresses.web))
    return [voice.render(say, language or voice.spoken(turn.language), 0)]


def _wish(turn: Turn) -> Wish | None:
    cause, about = turn.cause, _about(turn.reply)
    if isinstance(cause, Command) and cause.name in COMMANDS:
        return Wish(cause.name, cause.argument.strip(), about)
    if isinstance(cause, Tap) and cause.action.startswith(PREFIX):
        name, _, argument = cause.action.removeprefix(PREFIX).partition(":")
        return Wish(TAPS[name], argument) if name in TAPS else None
    if not isinstance(cause, Text):
        return None
    note = NOTE.fullmatch(cause.body.strip())
    if note or about:
        return Wish("note", (note[1] if note else cause.body).strip(), about)
    return None


def _about(reply: str) -> str:
    """The team whose summary a message replies to."""
    head, _, case_id = reply.partition(":")
    return case_id if head == f"{PREFIX}team" else ""


def _desk(visit: Visit) -> Say:
    """A link that signs in once; whoever opens it is the person of this chat."""
    if not visit.web:
        return Say(Words("staff_chat.nowhere"))
    code = tickets.make(visit.batch.db, "enter", visit.who.person, visit.now)
    minutes = int(tickets.LIFE["enter"].total_seconds()) // 60
    values = {"link": f"{visit.web}/desk/enter/{code}", "minutes": str(minutes)}
    return Say(Words("staff_chat.desk", values))


def _teams(visit: Visit) -> Say:
    """Teams as buttons: those a word is found in, or those heard from last."""
    wanted = Wanted(text=visit.wish.argument)
    rows = listing.teams(visit.batch.db, visit.who, wanted, visit.now, MOST_TEAMS)
    return _listed(visit, wanted, rows)


def _listed(visit: Visit, wanted: Wanted, rows: list[Row]) -> Say:
    n = listing.count(visit.batch.db, visit.who, wanted, visit.now)
    own = not wanted.text and chatted.founds(visit.batch.db, visit.who.person)
    return staff_words.listed(rows, n, wanted.text, own)


def _stuck(visit: Visit) -> Say:
    """Teams that need somebody, most urgent first, with the reasons in words."""
    db, wanted = visit.batch.db, Wanted(stuck=True, sort="urgent")
    rows = listing.teams(db, visit.who, wanted, visit.now, MOST_STUCK)
    return staff_words.stuck(rows, listing.count(db, visit.who, wanted, visit.now))


def _team(visit: Visit) -> Say:
    """The team of this name; several to choose from where the word fits several."""
    word = visit.wish.argument
    if not word:
        return _teams(visit)
    wanted = Wanted(text=word, sort="name")
    rows = listing.teams(visit.batch.db, visit.who, wanted, visit.now, LOOKED_THROUGH)
    named = [row for row in rows if plain(row.name) == plain(word)]
    only = named if len(named) == 1 else rows
    if len(only) == 1:
        return _shown(visit, only[0])
    return _listed(visit, wanted, rows[:MOST_TEAMS])


def _open(visit: Visit) -> Say:
    """The team of a button."""
    row = listing.team(visit.batch.db, visit.who, visit.wish.argument, visit.now)
    return _shown(visit, row) if row else Say(Words("staff_chat.missing"))


def _shown(visit: Visit, row: Row) -> Say:
    chatted.look(visit.batch.db, visit.who.person, row.case_id, visit.now)
    return staff_words.summary(row, visit.web)


def _note(visit: Visit) -> Say:
    """Keeps a note about the team replied to, else about the one just looked at."""
    db, who, text = visit.batch.db, visit.who, visit.wish.argument
    case_id = visit.wish.about or chatted.looked_at(db, who.person, visit.now - FRESH)
    row = listing.team(db, who, case_id, visit.now) if case_id else None
    if row is None:
        return Say(Words("staff_chat.missing" if case_id else "staff_chat.note_which"))
    if not text or len(text) > LONGEST_NOTE:
        return Say(Words("staff_chat.note_long" if text else "staff_chat.note_empty"))
    number = chatted.keep(db, case_id, who.person, text, visit.now)
    action = f"{PREFIX}undo:{number}:{int(visit.now.timestamp())}"
    undo = Choice(action, Words("staff_chat.note_undo"))
    return Say(Words("staff_chat.note_kept", {"name": staff_words.name_of(row)}), (undo,))


def _undo(visit: Visit) -> Say:
    """Takes back a note of one's own, about a team one may still see."""
    db, who, gone = visit.batch.db, visit.who, Say(Words("staff_chat.note_gone"))
    number, _, at = visit.wish.argument.partition(":")
    digits = f"{number}{at}"
    if not (number and at and digits.isdecimal() and len(digits) < LONGEST_NUMBERS):
        return gone
    author, case_id = chatted.author_of(db, int(number), int(at))
    if author != who.person or not scope.sees(db, who, case_id):
        return gone
    chatted.take_back(db, int(number), author, case_id, visit.now)
    return Say(Words("staff_chat.note_undone"))


DEEDS: Mapping[str, Callable[[Visit], Say]] = {
    "desk": _desk,
    "teams": _teams,
    "stuck": _stuck,
    "team": _team,
    "open": _open,
    "note": _note,
    "undo": _undo,
}
