"""Rounds in groups: a host brings one along; members tap or reply, and nothing else is heard."""

from __future__ import annotations

from bot.core.say import Say, Value, Words
from bot.core.turn import Command, Text
from bot.service import round_host, round_letters, round_taps, round_warmup, rounds
from bot.service.round_caller import Caller
from bot.service.round_letters import PREFIX as PREFIX
from bot.service.round_letters import linked
from bot.service.rounds import RoundError
from bot.service.told import Told
from bot.store import players
from bot.store import rounds as kept_rounds
from bot.store.players import Room
from bot.store.rounds import Live

COMMANDS = frozenset({"quiz", "warmup"})


def takes(command: Command) -> bool:
    """Whether a command in a group is about rounds; the link that adds us to one may be."""
    brings = command.name == "start" and bool(linked(command.argument))
    return brings or command.name in COMMANDS


def hear(caller: Caller) -> Told | None:
    """What a group is answered; None for what is no command of a round."""
    cause = caller.turn.cause
    if isinstance(cause, Text):
        return _replied(caller, cause.body)
    if not isinstance(cause, Command) or not takes(cause):
        return None
    if cause.name == "warmup":
        return round_warmup.warm_up(caller, cause.argument)
    argument = cause.argument.strip()
    return _bring(caller, linked(argument) or argument)


def only_in_a_group(caller: Caller, _argument: str) -> Told:
    return caller.told("round.only_in_a_group")


def _replied(caller: Caller, body: str) -> Told:
    """Letters under a question; all other words of a group are not for us."""
    wanted = round_taps.letters_in(body)
    kind, code, place = (*caller.turn.reply.split(":"), "", "", "")[:3]
    if not wanted or kind != f"{PREFIX}a":
        return Told()
    return round_taps.replied(caller, wanted, code, place)


def _bring(caller: Caller, code: str) -> Told:
    """From now on the questions come to this group as well. Only the host can say so."""
    live = rounds.of_code(caller.batch, code) if code else _only_one(caller)
    if not rounds.leads(caller.batch, live, caller.person):
        raise RoundError("round.host_brings")
    db, turn = caller.batch.db, caller.turn
    if players.round_in(db, turn.channel, turn.chat) not in ("", live.id):
        raise RoundError("round.room_taken")
    language = caller.language
    players.open_room(db, live.id, Room(turn.channel, turn.chat, language))
    values: dict[str, Value] = {"code": live.code, "who": _who(live)}
    messages = [caller.message(Say(Words("round.room_open", values)))]
    if live.round.stage == "open":
        item = kept_rounds.item(db, live.id, live.round.place)
        messages.append(caller.message(round_letters.question(item, live, language)))
    return Told(tuple(messages))


def _who(live: Live) -> Words:
    """Under which name one takes part here, and who may see it."""
    if not live.round.settings.names:
        return Words("round.room_numbers")
    return Words("round.room_names_board" if live.round.settings.board else "round.room_names")


def _only_one(caller: Caller) -> Live:
    """The round that is meant where no code was typed."""
    mine = round_host.on(caller)
    if len(mine) != 1:
        raise RoundError("round.which_code" if mine else "round.host_brings")
    return mine[0]
