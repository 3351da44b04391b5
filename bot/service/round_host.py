"""The host's deeds in a chat: pressed on the remote, typed for paper cards, taken over."""

from __future__ import annotations

import re

from bot.core.say import Choice, Say, Value, Words
from bot.quiz.item import LETTERS
from bot.service import round_letters, round_remote, rounds
from bot.service.round_caller import Caller
from bot.service.round_setup import lets
from bot.service.rounds import RoundError
from bot.service.told import Told
from bot.service.voice import Voice
from bot.store import rounds as kept_rounds
from bot.store import staffing
from bot.store.batch import Batch
from bot.store.rounds import Live
from bot.store.times import stamp

# Asked before and answered with yes.
SURE = {"over": "end"}
MOST_SHOWN = 8
COUNT = re.compile("[0-9]{1,4}")


def led(caller: Caller, code: str, deed: str, at: str) -> Told:
    """A press on the remote. Refused, it says why and shows how the round stands now."""
    batch = caller.batch
    live = rounds.of_code(batch, code)
    if not rounds.leads(batch, live, caller.person):
        raise RoundError("round.not_yours")
    if deed == "look" and at == live.round.standing:
        toast = Say(round_remote.counts(batch, live), toast=True)
        return Told(toasts=(caller.message(toast),))
    if deed == "end" and at == live.round.standing and not _is_over_anyway(live):
        return Told((caller.message(_really(live)),))
    if deed in ("look", "back"):
        return _remote(caller, live)
    try:
        live = rounds.lead(batch, caller.voice, live, caller.person, SURE.get(deed, deed), at)
    except RoundError as error:
        return Told(_remote(caller, live).messages, caller.toast(error.why).toasts)
    return _remote(caller, live)


def _is_over_anyway(live: Live) -> bool:
    return live.round.is_last and live.round.stage in ("closed", "shown")


def _really(live: Live) -> Say:
    left = live.round.total - live.round.place - 1
    choices = (round_remote.press(live, "over"), round_remote.press(live, "back"))
    return Say(Words("round.end_sure", {"n": left}), choices)


def _remote(caller: Caller, live: Live) -> Told:
    return Told((round_remote.remote(caller.batch, caller.voice, live, caller.language),))


def shown(caller: Caller, argument: str) -> Told:
    """`/remote`: one's round as it stands; with a code, also where its host is away."""
    lets(caller)
    if argument:
        live = rounds.of_code(caller.batch, argument)
        return _remote(caller, taken_over(caller.batch, caller.voice, live, caller.person))
    mine = on(caller)
    if not mine:
        raise RoundError("round.none_on")
    return _remote(caller, mine[0]) if len(mine) == 1 else _which(caller, mine)


def taken_over(batch: Batch, voice: Voice, live: Live, person: str) -> Live:
    """The round led by `person` from now on; whoever led it is told. Raises RoundError."""
    moved = rounds.take_over(batch, live, person)
    channel, _, chat = live.host.partition(":")
    if moved.host != live.host and channel == "telegram" and staffing.staff(batch.db, live.host):
        now = staffing.staff(batch.db, person)
        values: dict[str, Value] = {"name": now.name if now else "", "code": live.code}
        language = round_letters.host_language(batch, live)
        message = voice.render(Say(Words("round.taken_over", values)), language, 0)
        key = f"round:{live.id}:taken_over:{stamp(batch.now)}"
        batch.post((channel, chat), key, [message])
    return moved


def on(caller: Caller) -> list[Live]:
    """The rounds this person leads just now, newest first."""
    mine = kept_rounds.hosted(caller.batch.db, caller.person)
    return [live for live in mine if live.ended_at is None]


def _which(caller: Caller, mine: list[Live]) -> Told:
    choices = tuple(
        Choice(round_remote.press(live, "look").action.replace(":look:", ":back:"), live.code)
        for live in mine[:MOST_SHOWN]
    )
    return Told((caller.message(Say(Words("round.which"), choices)),))


def paper(caller: Caller, argument: str) -> Told:
    """`/paper 5 7 0 2`: cards or hands counted in the room, in the order of the letters."""
    lets(caller)
    asking = [live for live in on(caller) if live.round.place >= 0]
    if not asking:
        raise RoundError("round.none_on")
    live, batch, counts = asking[0], caller.batch, argument.split()
    item = kept_rounds.item(batch.db, live.id, live.round.place)
    if not 0 < len(counts) <= len(item.options) or not all(map(COUNT.fullmatch, counts)):
        last = LETTERS[len(item.options) - 1]
        return caller.told("round.paper_how", last=last)
    live = rounds.lead(batch, caller.voice, live, caller.person, "paper", argument=argument)
    noted = "   ".join(f"{letter} {n}" for letter, n in zip(LETTERS, counts, strict=False))
    told = caller.told("round.paper_noted", counts=noted)
    return Told((*told.messages, *_remote(caller, live).messages))


def tell_host(batch: Batch, voice: Voice, id: str, key: str) -> None:
    """Shows the remote by itself, when a time came that changed where the round stands."""
    live = kept_rounds.load(batch.db, id)
    channel, _, chat = live.host.partition(":") if live else ("", "", "")
    if live is None or channel != "telegram" or not rounds.leads(batch, live, live.host):
        return
    language = round_letters.host_language(batch, live)
    message = round_remote.remote(batch, voice, live, language)
    batch.post((channel, chat), f"round:{live.id}:{key}", [message])
