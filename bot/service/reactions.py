"""Which events lead to more than a record: the one table."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from bot.core.events import (
    CodeConfirmed,
    ConsentGiven,
    ElsewhereAsked,
    ErasureConfirmed,
    Event,
    ExportRequested,
    LanguageChosen,
    QuestionUnanswered,
    ReadersAsked,
    RefresherCame,
    RefresherChosen,
    SharingChosen,
    SignalGiven,
    TeamNamed,
    TeamPicked,
)
from bot.core.message import File, Message
from bot.core.session import Consent, World
from bot.service import handover
from bot.service.arriving import confirmed
from bot.service.links import offer_elsewhere, pick_team, tell_readers
from bot.service.refreshers import set_next
from bot.service.scene import Scene
from bot.service.workdays import after
from bot.store import people, players, questions, timers
from bot.store.batch import Place

WORKDAYS_TO_ANSWER = 2


def give_consent(scene: Scene, event: Event) -> None:
    """Makes the person, their team and its case; from here on answers are stored."""
    if not isinstance(event, ConsentGiven):
        return
    consent = scene.world.consent or Consent(event.text_version, scene.turn.at)
    scene.place = people.agree(scene.batch, scene.turn, consent, uuid4().hex, scene.place)
    # Chosen before there was anybody to note it of; a channel's hint may say otherwise.
    people.choose_language(scene.batch, scene.place.person, scene.language)
    case = replace(scene.world.case, id=scene.place.case_id or "")
    scene.world = replace(scene.world, case=case, consent=consent)


def send_export(scene: Scene, _event: Event) -> None:
    """All that is stored, to read and as JSON, in the same commit as the request."""
    person = scene.place.person
    data = people.exported(scene.batch.db, person)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    readable = scene.voice.export(scene.world, scene.language) or (Message(html=""),)
    last = replace(readable[-1], file=File("amorce.json", text))
    scene.messages.extend((*readable[:-1], last))


def subject_of(secret: bytes, person: str) -> str:
    """The keyed hash by which a restored backup knows whom to erase again."""
    return hmac.new(secret, person.encode(), hashlib.sha256).hexdigest()


def erase(scene: Scene, _event: Event) -> None:
    """Deletes the person; only a keyed hash stays, for backups to be cleaned with."""
    person = scene.place.person
    people.erase(scene.batch, person, subject_of(scene.secret, person))
    scene.world, scene.place, scene.erased = World(), Place(person=person), True


def name_team(scene: Scene, event: Event) -> None:
    if isinstance(event, TeamNamed) and scene.place.case_id:
        people.name_team(scene.batch, scene.place.case_id, event.name)


def choose_language(scene: Scene, event: Event) -> None:
    if isinstance(event, LanguageChosen):
        batch, person = scene.batch, scene.place.person
        people.choose_language(batch, person, event.language)
        for player in players.on(batch.db, person):
            players.speak(batch.db, player.id, event.language)


def on_sharing(scene: Scene, event: Event) -> None:
    """Whoever no longer shares has the conversation to themselves at once."""
    if isinstance(event, SharingChosen) and not event.shared and scene.place.case_id:
        handover.end_all(scene.batch, scene.turn, scene.place.case_id)
        scene.place = replace(scene.place, owner="bot")


def on_signal(scene: Scene, event: Event) -> None:
    """A wish to talk to somebody comes back when nobody has answered in time."""
    if isinstance(event, SignalGiven) and event.kind == "help":
        due = after(WORKDAYS_TO_ANSWER, scene.turn.at)
        case_id = scene.place.case_id or ""
        timers.start(scene.batch.db, scene.turn.conversation, "help_waits", case_id, due)


def keep_question(scene: Scene, event: Event) -> None:
    if isinstance(event, QuestionUnanswered) and scene.agreed:
        case_id, at = scene.place.case_id or "", scene.turn.at
        questions.ask(scene.batch.db, case_id, scene.language, event.text, at)


Reaction = Callable[[Scene, Any], None]

REACTIONS: Mapping[type, Reaction] = {
    ConsentGiven: give_consent,
    LanguageChosen: choose_language,
    TeamNamed: name_team,
    ExportRequested: send_export,
    ErasureConfirmed: erase,
    SharingChosen: on_sharing,
    SignalGiven: on_signal,
    QuestionUnanswered: keep_question,
    CodeConfirmed: confirmed,
    TeamPicked: pick_team,
    ElsewhereAsked: offer_elsewhere,
    ReadersAsked: tell_readers,
    RefresherChosen: set_next,
    RefresherCame: set_next,
}
