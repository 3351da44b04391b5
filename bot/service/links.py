"""What a founder is told that only the store knows: links to go on, who read the file, teams."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.events import Event, TeamPicked
from bot.core.say import Lines, Say, Words
from bot.core.turn import Command
from bot.service.scene import Scene
from bot.store import cases, faces, readers, tickets

MOST_READERS = 8


def pick_team(scene: Scene, event: Event) -> None:
    """Goes on with another team of the same person."""
    if not isinstance(event, TeamPicked) or event.case not in dict(scene.world.teams):
        return
    batch = scene.batch
    found = cases.load(batch.db, event.case)
    if found is None:
        return
    case, version = found
    faces.pick(batch, scene.turn.conversation, event.case)
    scene.world = replace(scene.world, case=case)
    scene.place = replace(scene.place, case_id=event.case, case_version=version)
    scene.again = Command("again")


def offer_elsewhere(scene: Scene, _event: Event) -> None:
    """A link to go on in another place: on the web page, or from there on Telegram."""
    known = scene.voice.addresses
    on_web = scene.turn.channel == "web"
    if not scene.agreed or not (known.telegram if on_web else known.web):
        _say(scene, Words("elsewhere.nowhere"))
        return
    code = tickets.make(scene.batch.db, "link", scene.place.person, scene.turn.at)
    link = (
        f"https://t.me/{known.telegram}?start={code}" if on_web else f"{known.web}/continue/{code}"
    )
    _say(scene, Words("elsewhere.link", {"link": link}))


def tell_readers(scene: Scene, _event: Event) -> None:
    """Who of the programme read the team's file, and when."""
    case_id = scene.place.case_id
    found = readers.of(scene.batch.db, case_id, MOST_READERS) if case_id else []
    if not found:
        _say(scene, Words("readers.nobody"))
        return
    rows = tuple(
        Words("readers.reader", {"name": r.name or Words("readers.somebody"), "day": _day(r.at)})
        for r in found
    )
    _say(scene, Words("readers.read", {"lines": Lines(rows)}))


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])


def _say(scene: Scene, words: Words) -> None:
    scene.messages.append(scene.voice.render(Say(words), scene.language, 0))
