"""Codes a person brings along in a link or types: to go on elsewhere, to come back, to be staff."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.core.events import CodeConfirmed, Event
from bot.core.say import Say, Words
from bot.core.turn import Command, Turn
from bot.service.scene import Scene
from bot.store import faces, staffing, tickets
from bot.store.batch import Batch, person_id

JOINS: tuple[tickets.Kind, ...] = ("link", "return")
KINDS: tuple[tickets.Kind, ...] = (*JOINS, "invite")


def arrive(batch: Batch, turn: Turn) -> Turn:
    """The turn, or where it brought a code, what became of it: the command `arrived`."""
    cause = turn.cause
    if not (isinstance(cause, Command) and cause.name == "start" and _is_code(cause.argument)):
        return turn
    ticket = tickets.find(batch.db, cause.argument, KINDS, batch.now)
    if ticket and _asks_first(batch, turn, ticket):
        return replace(turn, cause=Command("arrived", f"ask:{tickets.hashed(cause.argument)}"))
    ticket = tickets.spend(batch.db, cause.argument, KINDS, batch.now)
    how = _welcome(batch, turn, ticket) if ticket else "expired"
    return replace(turn, cause=Command("arrived", how))


def _asks_first(batch: Batch, turn: Turn, ticket: tickets.Ticket) -> bool:
    """Whether one tap on a stranger's link would give a team away: then it is asked about."""
    me = faces.person_of(batch.db, person_id(turn))
    known = ticket.kind == "invite" or me == ticket.person or staffing.staff(batch.db, me)
    return not known and faces.has_team(batch.db, me)


def confirmed(scene: Scene, event: Event) -> None:
    """Makes one person of two, once somebody with a team has said that both are theirs."""
    if not isinstance(event, CodeConfirmed):
        return
    batch, me = scene.batch, scene.place.person
    ticket = tickets.take(batch.db, event.mark, JOINS, batch.now)
    # Rights may have come meanwhile.
    if ticket is None or ticket.person == me or staffing.staff(batch.db, me):
        words = Words("elsewhere.expired")
        scene.messages.append(scene.voice.render(Say(words), scene.language, 0))
        return
    faces.unite(batch, ticket.person, me)
    scene.place = replace(scene.place, person=ticket.person)
    scene.again = Command("arrived", "choose")


def _welcome(batch: Batch, turn: Turn, ticket: tickets.Ticket) -> str:
    me = faces.person_of(batch.db, person_id(turn))
    held = staffing.staff(batch.db, me)
    if ticket.kind == "invite":
        invited = json.loads(ticket.detail)
        # An invitation opened by whoever may do more already takes nothing from them.
        if held is None or _rank(held.role) < _rank(invited["role"]):
            name, role = invited["name"], invited["role"]
            staffing.grant(batch.db, me, name, role, ticket.person, batch.now)
        return "invited"
    if me == ticket.person:
        return "same"
    if held is not None:
        # Anybody could send a link of theirs to staff; it must not carry the right away.
        return "staff"
    faces.unite(batch, ticket.person, me)
    return "linked"


def _rank(role: staffing.Role) -> int:
    return staffing.ROLES.index(role)


def _is_code(text: str) -> bool:
    """Other arguments come from links people put on posters; they only say hello."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    return len(plain) == tickets.LENGTH and set(plain) <= set(tickets.LETTERS)
