"""What players write in private while their round is on, and about their name when it is over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.core.say import Say, Words
from bot.quiz import names, practising
from bot.quiz.item import Item
from bot.service import round_names, round_results, round_taps
from bot.service.round_caller import Caller
from bot.service.rounds import RoundError
from bot.service.told import Told
from bot.store import players
from bot.store import rounds as kept_rounds
from bot.store.players import Player
from bot.store.rounds import Live

# So long after a round a typed "yes" is about one's name in it, where nothing else was said.
ASKED = timedelta(minutes=10)
# Nobody's problem or goal looks like this: a code with a sign misread.
LIKE_A_CODE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9]{6}")
LONGEST_MENTION = 60
# "Question 2?" is no answer, and the first answer is the one that counts.
WORDS_AND_FIGURES = re.compile(r"[^\W\d_].*\d|\d.*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody plays just now."""

    player: Player
    live: Live

    @property
    def is_asking(self) -> bool:
        return self.live.round.stage == "open"

    @property
    def has_begun(self) -> bool:
        return self.live.round.stage != "lobby"

    def is_read_in(self, caller: Caller) -> bool:
        """Whether the questions come to this very chat."""
        turn = caller.turn
        return (self.player.channel, self.player.chat) == (turn.channel, turn.chat)


def seat(caller: Caller) -> Seat | None:
    """The round somebody means: whose question is open, else the one they came to last."""
    batch = caller.batch
    mine = players.on(batch.db, caller.person)
    found = [(player, kept_rounds.load(batch.db, player.round)) for player in mine]
    seats = [Seat(player, live) for player, live in found if live is not None]
    asking = (each for each in seats if each.is_asking)
    # Of two that ask, the one whose question came last.
    newest = max(asking, key=lambda each: each.live.round.opened_at or batch.now, default=None)
    return newest or next(iter(seats), None)


def heard(caller: Caller, body: str) -> Told | None:
    """An answer to the open question; None for words that are for the dialogs."""
    here = seat(caller)
    if here is None or not here.has_begun:
        return _about_name(caller, body) or _misread(caller, body)
    wanted = round_taps.letters_in(body)
    is_read_here = here.is_read_in(caller)
    if is_read_here and here.is_asking and not wanted and not WORDS_AND_FIGURES.search(body):
        wanted = practising.places(body, _item(caller, here.live)) or ()
    if wanted:
        return round_taps.typed(caller, here.player, here.live, wanted)
    # Meant for the round or for our talk? Asked for nothing, it must not become a team's answer.
    return caller.told("round.only_answers") if is_read_here else None


def _item(caller: Caller, live: Live) -> Item:
    return kept_rounds.item(caller.batch.db, live.id, live.round.place)


def _about_name(caller: Caller, body: str) -> Told | None:
    """A typed yes or no, where the last thing said here asked whether one may be named."""
    batch, turn = caller.batch, caller.turn
    since = batch.now - ASKED
    player = players.just_over(batch.db, caller.person, turn.conversation, since)
    live = kept_rounds.load(batch.db, player.round) if player else None
    if player is None or live is None or not round_results.asks_name(batch, live, player):
        return None
    if not Seat(player, live).is_read_in(caller):
        return None
    answer = _yes_or_no(caller, player, body)
    return round_taps.noted(caller, player, answer == "yes") if answer else None


def _yes_or_no(caller: Caller, player: Player, body: str) -> str:
    """By the word, or by what stands on the button; empty for anything else."""
    say = Say(Words("round.name_ask"), round_results.may_be_named(player))
    labels = [each.label.casefold() for each in caller.message(say, player.language).buttons]
    if body.casefold() in labels:
        return ("yes", "no")[labels.index(body.casefold())]
    meant = caller.insight.intent(body)
    return meant if meant in ("yes", "no") else ""


def _misread(caller: Caller, body: str) -> Told | None:
    """A code with a wrong sign, while a round is on that it may be for."""
    if LIKE_A_CODE.fullmatch(body) and kept_rounds.is_any_on(caller.batch.db):
        raise RoundError("round.no_code")
    return None


def code_in(caller: Caller, body: str) -> str:
    """The code of a round in a short message ("the code is ABC234"); empty where there is none."""
    db = caller.batch.db
    words = [body, *body.split()] if len(body) <= LONGEST_MENTION else []
    known = (w for w in words if kept_rounds.is_code(w))
    found = (w for w in known if kept_rounds.of_code(db, w) or kept_rounds.was_code(db, w))
    return next(found, "")


def leave(caller: Caller, _argument: str) -> Told | None:
    """`/leave`: no more questions come here; what was answered stays."""
    here = seat(caller)
    if here is None or not here.is_read_in(caller):
        return caller.told("round.not_in")
    players.leave(caller.batch.db, here.player.id)
    return caller.told("round.left", code=here.live.code)


def stop(caller: Caller, argument: str) -> Told | None:
    """`/cancel` while a round asks is about the round; else it is for the dialogs."""
    here = seat(caller)
    during = here is not None and here.has_begun and here.is_read_in(caller)
    return leave(caller, argument) if during else None


def help(caller: Caller, _argument: str) -> Told | None:
    """What one can do in a round; outside of one the dialogs help."""
    here = seat(caller)
    if here is None or not here.is_read_in(caller):
        return None
    return caller.told("round.help", code=here.live.code)


def rename(caller: Caller, argument: str) -> Told | None:
    """`/name Awa`: another name on the leaderboard; outside a round the command is nobody's."""
    here = seat(caller)
    if here is None:
        return None
    if not argument or not here.live.round.settings.names:
        return caller.told("round.name_how" if here.live.round.settings.names else "round.no_names")
    name = round_names.rename(caller.batch, here.live, here.player, argument)
    is_free = name.casefold() == names.seen(argument).casefold()
    return caller.told("round.renamed" if is_free else "round.renamed_other", name=name)
