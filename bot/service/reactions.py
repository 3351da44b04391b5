"""Which events lead to more than a record: the one table."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from bot.core.events import (
    ConsentGiven,
    ErasureConfirmed,
    Event,
    ExportRequested,
    LanguageChosen,
    TeamNamed,
)
from bot.core.message import File, Message
from bot.core.session import Consent, World
from bot.core.turn import Turn
from bot.store import people
from bot.store.batch import Batch, Place, person_id

Export = Callable[[World, str], tuple[Message, ...]]
"""(world, language) -> the readable part of an export; the JSON file is added to its last."""


@dataclass(slots=True)
class Scene:
    """One turn under way: reactions change `world`, `place` and `messages` before it is saved."""

    batch: Batch
    turn: Turn
    world: World
    place: Place
    export: Export
    secret: bytes
    messages: list[Message]
    erased: bool = False

    @property
    def language(self) -> str:
        return self.world.session.language or self.turn.language


def give_consent(scene: Scene, event: Event) -> None:
    """Makes the person, their team and its case; from here on answers are stored."""
    if not isinstance(event, ConsentGiven):
        return
    consent = scene.world.consent or Consent(event.text_version, scene.turn.at)
    scene.place = people.agree(scene.batch, scene.turn, consent, uuid4().hex, scene.place)
    # Chosen before there was anybody to note it of; a channel's hint may say otherwise.
    people.choose_language(scene.batch, person_id(scene.turn), scene.language)
    case = replace(scene.world.case, id=scene.place.case_id or "")
    scene.world = replace(scene.world, case=case, consent=consent)


def send_export(scene: Scene, _event: Event) -> None:
    """All that is stored, to read and as JSON, in the same commit as the request."""
    person = person_id(scene.turn)
    data = people.exported(scene.batch.db, person)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    readable = scene.export(scene.world, scene.language) or (Message(html=""),)
    last = replace(readable[-1], file=File("amorce.json", text))
    scene.messages.extend((*readable[:-1], last))


def erase(scene: Scene, _event: Event) -> None:
    """Deletes the person; only a keyed hash stays, for backups to be cleaned with."""
    person = person_id(scene.turn)
    subject = hmac.new(scene.secret, person.encode(), hashlib.sha256).hexdigest()
    people.erase(scene.batch, person, subject)
    scene.world, scene.place, scene.erased = World(), Place(), True


def name_team(scene: Scene, event: Event) -> None:
    if isinstance(event, TeamNamed) and scene.place.case_id:
        people.name_team(scene.batch, scene.place.case_id, event.name)


def choose_language(scene: Scene, event: Event) -> None:
    if isinstance(event, LanguageChosen):
        people.choose_language(scene.batch, person_id(scene.turn), event.language)


Reaction = Callable[[Scene, Any], None]

REACTIONS: Mapping[type, Reaction] = {
    ConsentGiven: give_consent,
    LanguageChosen: choose_language,
    TeamNamed: name_team,
    ExportRequested: send_export,
    ErasureConfirmed: erase,
}
