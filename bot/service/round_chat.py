"""Rounds in chats: taps of players, the host's remote, joining; everything else goes by."""

from __future__ import annotations

from bot.core.say import Say, Value, Words
from bot.core.turn import Due, Tap, Turn
from bot.quiz.item import LETTERS
from bot.service import rounds
from bot.service.round_letters import PREFIX
from bot.service.rounds import RoundError
from bot.service.told import Told
from bot.service.voice import Insight, Voice
from bot.store import faces, players
from bot.store.batch import Batch, person_id


def hear(batch: Batch, turn: Turn, voice: Voice, insight: Insight) -> Told | None:
    """What a turn of a round is answered; None for every other turn."""
    if turn.channel == "round":
        return _came_due(batch, turn, voice)
    if isinstance(turn.cause, Tap) and turn.cause.action.startswith(f"{PREFIX}a:"):
        return _tapped(batch, turn, turn.cause.action, voice)
    return None


def _came_due(batch: Batch, turn: Turn, voice: Voice) -> Told:
    if isinstance(turn.cause, Due):
        rounds.come_due(batch, voice, turn.chat, turn.cause.kind)
    return Told()


def _tapped(batch: Batch, turn: Turn, action: str, voice: Voice) -> Told:
    _, code, place, letter = action.split(":")
    person = faces.person_of(batch.db, person_id(turn))
    try:
        live = rounds.of_code(batch, code)
        player = players.of_person(batch.db, live.id, person)
        if player is None:
            raise RoundError("round.no_code")
        kept = rounds.answer(batch, live, player, int(place), LETTERS.index(letter))
    except RoundError as error:
        return _toast(voice, turn, error.why)
    key = "kept_before" if kept.again else "kept" if kept.said else "kept_none"
    return _toast(voice, turn, f"round.{key}", letters=kept.said)


def _toast(voice: Voice, turn: Turn, key: str, **values: Value) -> Told:
    language = voice.spoken(turn.language)
    return Told(toasts=(voice.render(Say(Words(key, values), toast=True), language, 0),))
