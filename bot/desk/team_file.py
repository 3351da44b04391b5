"""All that one team's page is made from, read in one go by somebody who may see the team."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.case.file import CaseFile
from bot.desk.house import MissingError, Visit
from bot.store import cases, exchange, handovers, listing, notebook, staffing, summaries, visits
from bot.store.db import Db
from bot.store.exchange import Written
from bot.store.handovers import Reached
from bot.store.listing import Row
from bot.store.notebook import Note
from bot.store.staffing import Staff
from bot.store.visits import Happened


@dataclass(frozen=True, slots=True)
class Holding:
    """Who has the conversation: `holder` None is Amorce, or somebody who lost the right since
    (then `orphaned`). `written`: both sides' words, as far as the reader may know them."""

    reached: Reached | None
    holder: Staff | None
    orphaned: bool
    mine: bool
    written: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class TeamFile:
    """`case` is without what stays with the team; `voices`: how many people gave its answers."""

    row: Row
    case: CaseFile
    members: int
    voices: int
    visit: visits.Visit
    joined: int
    happened: tuple[Happened, ...]
    stays: tuple[tuple[str, datetime], ...]
    notes: tuple[Note, ...]
    labels: tuple[str, ...]
    known_labels: tuple[str, ...]
    assigned: tuple[Staff, ...]
    crew: tuple[Staff, ...]
    holding: Holding


def load(db: Db, visit: Visit, case_id: str, private: frozenset[str]) -> TeamFile:
    """The file of a team; MissingError where there is none, or none for this person."""
    row, case = _seen(db, visit, case_id)
    who, members = visit.who, summaries.members(db, case_id)
    case = opened(case, private)
    here = visits.visit(db, who.person, case_id, visit.now)
    return TeamFile(
        row=row,
        case=case,
        members=members,
        voices=min(members, len({answer.by for answer in case.answers.values()})),
        visit=here,
        joined=visits.joined(db, case_id, here.since) if here.since else 0,
        happened=tuple(visits.happened(db, case_id)),
        stays=tuple(visits.stays(db, case_id)),
        notes=tuple(notebook.notes(db, case_id)),
        labels=row.labels,
        known_labels=tuple(listing.labels(db, who)),
        assigned=tuple(notebook.assigned(db, case_id)),
        crew=tuple(staffing.everybody(db)),
        holding=holding(db, visit, case_id),
    )


def _seen(db: Db, visit: Visit, case_id: str) -> tuple[Row, CaseFile]:
    row = listing.team(db, visit.who, case_id, visit.now)
    found = cases.load(db, case_id)
    if row is None or found is None:
        raise MissingError
    return row, found[0]


def opened(case: CaseFile, private: frozenset[str]) -> CaseFile:
    """The case without what one person told in private: not even that it was answered.

    Words that answered no question may speak of anything, so they stay with the team as well.
    """
    return replace(case.without(*private), need=None, remarks=(), unanswered=(), settled=())


def holding(db: Db, visit: Visit, case_id: str) -> Holding:
    """Who has the conversation now; raises MissingError where the team may not be seen."""
    if listing.team(db, visit.who, case_id, visit.now) is None:
        raise MissingError
    reached = handovers.reached(db, case_id)
    owner = reached.owner if reached else "bot"
    held = staffing.staff(db, owner)
    holder = held if held and held.sees_all else None
    mine = holder is not None and owner == visit.who.person
    who = visit.who
    written = tuple(exchange.written(db, case_id, who.person)) if who.sees_all else ()
    return Holding(reached, holder, owner != "bot" and holder is None, mine, written)
