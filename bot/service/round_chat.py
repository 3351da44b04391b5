"""Rounds in chats: joining, one's name, and where each turn of a round goes; the rest goes by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.core.message import Message
from bot.core.say import Say, Value, Words
from bot.core.turn import Command, Due, Tap, Text, Turn
from bot.service import round_host, round_letters, round_rooms, round_setup, round_taps, rounds
from bot.service.round_caller import Caller
from bot.service.round_letters import PREFIX
from bot.service.rounds import RoundError
from bot.service.told import Told
from bot.service.voice import Insight, Voice
from bot.store import players
from bot.store import rounds as kept_rounds
from bot.store.batch import Batch
from bot.store.players import Player, Who
from bot.store.rounds import Live

LONGEST_CODE = 12

CODE, NUMBER = "([A-Z2-9]{6})", "([0-9]{1,9})"
STANDING = "([a-z]+-?:-?[0-9]{1,3})"
# What a button of a round carries, and whose business it is.
TAPS: Mapping[re.Pattern[str], Callable[..., Told]] = {
    re.compile(f"q\\.a:{CODE}:([0-9]{{1,3}}):([A-F])"): round_taps.answer,
    re.compile(f"q\\.n:{NUMBER}:([01])"): round_taps.consent,
    re.compile("q\\.m:([0-9a-f]{32})"): round_taps.own_result,
    re.compile(f"q\\.d:{CODE}:([a-z]+):{STANDING}"): round_host.led,
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
    """Letters as an answer, or the code of a round; other words are for the dialogs."""
    if wanted := round_taps.letters_in(body):
        return round_taps.typed(caller, wanted)
    db = caller.batch.db
    if len(body) > LONGEST_CODE or not kept_rounds.is_code(body):
        return None
    known = kept_rounds.of_code(db, body) or kept_rounds.was_code(db, body)
    return _join(caller, body) if known else None


def _start(caller: Caller, argument: str) -> Told | None:
    """A link from a poster or the projector; other links are for others."""
    code = round_letters.linked(argument)
    return _join(caller, code) if code else None


def _join(caller: Caller, argument: str) -> Told:
    """`/join CODE`, or `/join CODE SEAT` with the seat of a phone that was lost."""
    word = kept_rounds.tidied(argument)
    if not word:
        return caller.told("round.join_how")
    code, seat = word[: kept_rounds.CODE], word[kept_rounds.CODE :]
    batch, turn = caller.batch, caller.turn
    live = rounds.of_code(batch, code)
    before = players.of_seat(batch.db, live.id, seat) if seat else None
    # A table is named by those who sit at it, not after whose phone it is.
    name = "" if live.round.settings.teams else turn.name
    who = Who(caller.person, turn.channel, turn.chat, caller.language, name)
    player, known = rounds.join(batch, live, who, seat)
    if before is not None and before.person != player.person:
        _tell_the_lost_phone(caller, live, before)
    greeting = _welcome_back(caller, live, player) if known else _welcome(caller, live, player)
    return Told((greeting, *round_letters.ask_again(batch, caller.voice, live, player)))


def _tell_the_lost_phone(caller: Caller, live: Live, before: Player) -> None:
    """Else it would go on waiting for questions, or somebody could take a seat unseen."""
    if before.chat:
        message = caller.message(Say(Words("round.seat_moved")), before.language)
        key = f"round:{live.id}:moved:{caller.turn.key}"
        caller.batch.post((before.channel, before.chat), key, [message])


def _welcome(caller: Caller, live: Live, player: Player) -> Message:
    values: dict[str, Value] = {
        "who": _who(live, player),
        "code": live.code,
        "seat": player.seat,
        "next": _next(live, player),
    }
    return caller.message(Say(Words("round.joined", values)), player.language)


def _who(live: Live, player: Player) -> Words:
    settings, values = live.round.settings, {"name": player.name}
    if not settings.names:
        return Words("round.joined_number", values)
    return Words("round.joined_table" if settings.teams else "round.joined_name", values)


def _next(live: Live, player: Player) -> Words | str:
    """What comes now; where a question is open, it stands below by itself."""
    if live.round.stage == "lobby":
        return Words("round.wait_begin")
    late = Words("round.late") if player.since else ""
    return late if live.round.stage == "open" else Words("round.wait_next", {"late": late})


def _welcome_back(caller: Caller, live: Live, player: Player) -> Message:
    figures = round_letters.score(caller.batch, live, player)
    asked = figures["there"]
    so_far = Words("round.so_far", {"right": figures["right"], "there": asked}) if asked else ""
    values: dict[str, Value] = {"name": player.name, "so_far": so_far}
    return caller.message(Say(Words("round.welcome_back", values)), player.language)


def _quiz(caller: Caller, argument: str) -> Told | None:
    """With a code it joins; alone it opens practice, which is a dialog."""
    return _join(caller, argument) if argument else None


def _name(caller: Caller, argument: str) -> Told | None:
    """Another name on the leaderboard; outside a round the command is nobody's."""
    batch = caller.batch
    player = players.latest(batch.db, caller.person, batch.now)
    live = kept_rounds.load(batch.db, player.round) if player else None
    if player is None or live is None:
        return None
    if not argument or not live.round.settings.names:
        return caller.told("round.name_how" if live.round.settings.names else "round.no_names")
    return caller.told("round.renamed", name=rounds.rename(batch, live, player, argument))


COMMANDS: Mapping[str, Callable[[Caller, str], Told | None]] = {
    "start": _start,
    "join": _join,
    "quiz": _quiz,
    "name": _name,
    "round": round_setup.offer,
    "remote": round_host.shown,
    "paper": round_host.paper,
    "warmup": round_rooms.only_in_a_group,
}
