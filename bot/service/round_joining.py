"""Joining a round in a private chat: by its code, or with the seat of a phone that was lost."""

from __future__ import annotations

from bot.core.message import Message
from bot.core.say import Say, Value, Words
from bot.service import round_letters, round_results, rounds
from bot.service.round_caller import Caller
from bot.service.told import Told
from bot.store import players
from bot.store import rounds as kept_rounds
from bot.store.players import Player, Who
from bot.store.rounds import Live


def join(caller: Caller, argument: str) -> Told:
    """`/join CODE`, or `/join CODE SEAT` with the seat of a phone that was lost."""
    word = kept_rounds.tidied(argument)
    if not word:
        return caller.told("round.join_how")
    code, seat = word[: kept_rounds.CODE], word[kept_rounds.CODE :]
    batch, turn = caller.batch, caller.turn
    if own := _how_it_was(caller, code):
        return own
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


def _how_it_was(caller: Caller, code: str) -> Told | None:
    """One's result once more, where the round is over."""
    db = caller.batch.db
    live = None if kept_rounds.of_code(db, code) else kept_rounds.was_code(db, code)
    player = players.of_person(db, live.id, caller.person) if live else None
    if live is None or player is None:
        return None
    web = caller.voice.addresses.web
    return Told((caller.message(round_results.once_more(caller.batch, live, player, web)),))


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
        "kept": Words("round.kept_named" if live.round.settings.names else "round.kept_unnamed"),
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
    if live.round.stage == "open":
        return late
    return Words("round.wait_end" if live.round.is_last else "round.wait_next", {"late": late})


def _welcome_back(caller: Caller, live: Live, player: Player) -> Message:
    figures = round_results.score(caller.batch, live, player)
    asked = figures["there"]
    so_far = Words("round.so_far", {"right": figures["right"], "there": asked}) if asked else ""
    wait = Words("round.wait_begin") if live.round.stage == "lobby" else ""
    values: dict[str, Value] = {"name": player.name, "so_far": so_far or wait}
    return caller.message(Say(Words("round.welcome_back", values)), player.language)
