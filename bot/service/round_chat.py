"""Rounds in chats: where each turn of a round goes; the rest goes by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.core.turn import Command, Due, Tap, Text, Turn
from bot.service import (
    round_host,
    round_joining,
    round_letters,
    round_rooms,
    round_setup,
    round_taps,
    round_words,
    rounds,
)
from bot.service.round_caller import Caller
from bot.service.round_letters import PREFIX
from bot.service.rounds import RoundError
from bot.service.told import Told
from bot.service.voice import Insight, Voice
from bot.store.batch import Batch

CODE, NUMBER = "([A-Z2-9]{6})", "([0-9]{1,9})"
STANDING = "([a-z]+-?:-?[0-9]{1,3}(?:\\+[0-9]{1,3})?)"
# What a button of a round carries, and whose business it is.
TAPS: Mapping[re.Pattern[str], Callable[..., Told]] = {
    re.compile(f"q\\.a:{CODE}:([0-9]{{1,3}}):([A-F])"): round_taps.answer,
    re.compile(f"q\\.n:{NUMBER}:([01])"): round_taps.consent,
    re.compile("q\\.m:([0-9a-f]{32})"): round_taps.own_result,
    re.compile(f"q\\.d:{CODE}:([a-z_]+):{STANDING}"): round_host.led,
    re.compile("q\\.s:([a-z0-9]+):([0-9]+):([0-9]+):([pt]):([a-z]+)"): round_setup.changed,
}


def hear(batch: Batch, turn: Turn, voice: Voice, insight: Insight) -> Told | None:
    """What a turn of a round is answered; None for every other turn."""
    if turn.channel == "round":
        return _came_due(batch, turn, voice)
    caller = Caller(batch, turn, voice, insight)
    try:
        # What is refused half-way leaves nothing behind.
        with batch.savepoint():
            return _heard(caller)
    except RoundError as error:
        return caller.refused(error.why)


def _came_due(batch: Batch, turn: Turn, voice: Voice) -> Told:
    cause = turn.cause
    if isinstance(cause, Due) and rounds.come_due(batch, voice, turn.chat, cause.kind):
        round_host.tell_host(batch, voice, turn.chat, turn.key)
    return Told()


def _heard(caller: Caller) -> Told | None:
    cause = caller.turn.cause
    if isinstance(cause, Tap):
        return _tapped(caller, cause.action)
    if caller.is_among_others:
        return round_rooms.hear(caller)
    if isinstance(cause, Command):
        act = COMMANDS.get(cause.name)
        return act(caller, cause.argument.strip()) if act else None
    return _typed(caller, cause.body.strip()) if isinstance(cause, Text) else None


def _tapped(caller: Caller, action: str) -> Told | None:
    if not action.startswith(PREFIX):
        # Nobody's own question is shown to a group: an old button there says only that it is old.
        return caller.toast("round.old_button") if caller.is_among_others else None
    for pattern, act in TAPS.items():
        if found := pattern.fullmatch(action):
            return act(caller, *found.groups())
    return caller.toast("round.old_button")


def _typed(caller: Caller, body: str) -> Told | None:
    """The code of a round, or what somebody says who plays in one."""
    code = round_words.code_in(caller, body)
    return round_joining.join(caller, code) if code else round_words.heard(caller, body)


def _start(caller: Caller, argument: str) -> Told | None:
    """A link from a poster or the projector; other links are for others."""
    code = round_letters.linked(argument)
    return round_joining.join(caller, code) if code else None


def _quiz(caller: Caller, argument: str) -> Told | None:
    """With a code it joins; alone it opens practice, which is a dialog."""
    return round_joining.join(caller, argument) if argument else None


COMMANDS: Mapping[str, Callable[[Caller, str], Told | None]] = {
    "start": _start,
    "join": round_joining.join,
    "quiz": _quiz,
    "name": round_words.rename,
    "leave": round_words.leave,
    "cancel": round_words.stop,
    "stop": round_words.stop,
    "help": round_words.help,
    "round": round_setup.offer,
    "remote": round_host.shown,
    "paper": round_host.paper,
    "warmup": round_rooms.only_in_a_group,
}
