"""What players tap or type during a round: answers, whether they may be named, their result."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.quiz.item import LETTERS, Item, letters
from bot.service import round_results, rounds
from bot.service.round_caller import Caller
from bot.service.rounds import Kept, RoundError
from bot.service.told import Told
from bot.store import players, replies
from bot.store import rounds as kept_rounds
from bot.store.players import Player, Who
from bot.store.rounds import Live

LETTERS_ALONE = re.compile(r"[A-F](?:[\s,;.]*[A-F])*[.)]?", re.IGNORECASE)
# Telegram tells the time of a message in whole seconds.
A_SECOND = timedelta(seconds=1)


def answer(caller: Caller, code: str, place: str, letter: str) -> Told:
    """A tap on a letter. In a group it is also how one joins."""
    live = rounds.of_code(caller.batch, code)
    player, is_new = _player(caller, live)
    option = LETTERS.index(letter)
    kept = rounds.answer(caller.batch, live, player, int(place), option)
    if is_new:
        name, language = player.name, player.language
        return caller.toast("round.kept_new", language, letters=kept.said, name=name)
    return caller.toast(_said(kept), player.language, letters=kept.said, n=kept.missing)


def _player(caller: Caller, live: Live) -> tuple[Player, bool]:
    """Who tapped, and whether they take part from this tap on. Raises RoundError."""
    batch, turn = caller.batch, caller.turn
    player = players.of_person(batch.db, live.id, caller.person)
    if player is not None:
        return player, False
    here = (turn.channel, turn.chat)
    if here not in {(room.channel, room.chat) for room in players.rooms(batch.db, live.id)}:
        raise RoundError("round.not_in")
    # No letters: the questions are read in the group.
    who = Who(caller.person, turn.channel, "", caller.language, turn.name)
    return rounds.join(batch, live, who)[0], True


def letters_in(body: str) -> tuple[int, ...]:
    """The options somebody typed, where the whole message is letters, none of them twice."""
    if not LETTERS_ALONE.fullmatch(body.strip()):
        return ()
    places = tuple(LETTERS.index(c) for c in body.upper() if c in LETTERS)
    return places if len(set(places)) == len(places) else ()


def typed(caller: Caller, player: Player, live: Live, wanted: tuple[int, ...]) -> Told:
    """Letters typed in a private chat."""
    kept = _taken(caller, live, player, live.round.place, wanted)
    return caller.told(_said(kept), letters=kept.said, n=kept.missing)


def replied(caller: Caller, wanted: tuple[int, ...], code: str, place: str) -> Told:
    """Letters as a reply to the question in a group, where nobody else reads over a shoulder."""
    live = rounds.of_code(caller.batch, code)
    player, _ = _player(caller, live)
    kept = _taken(caller, live, player, int(place), wanted)
    key = "round.kept_before_in_room" if kept.again else "round.kept_in_room"
    return caller.told(key, name=player.name)


def _taken(caller: Caller, live: Live, player: Player, place: int, wanted: tuple[int, ...]) -> Kept:
    """One letter is added to what was tapped before; several at once are the whole answer."""
    batch, opened = caller.batch, live.round.opened_at
    if opened is not None and caller.turn.at + A_SECOND < opened:
        # Written for the question before, and long on its way.
        raise RoundError("round.too_late")
    item = kept_rounds.item(batch.db, live.id, place)
    if max(wanted) >= len(item.options):
        raise RoundError("round.no_such_letter")
    if item.has_one_answer and len(wanted) > 1:
        raise RoundError("round.one_letter")
    before = replies.choice(batch.db, live.id, place, player.id) or ()
    kept = Kept(letters(before))
    for option in _taps(item, before, wanted):
        kept = rounds.answer(batch, live, player, place, option)
    return kept


def _taps(item: Item, before: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...]:
    """The taps that lead from one answer to the other."""
    if item.has_one_answer:
        return wanted
    if len(wanted) == 1:
        return () if wanted[0] in before else wanted
    return (*before, *wanted)


def _said(kept: Kept) -> str:
    if kept.again:
        return "round.kept_before"
    if kept.said and kept.missing:
        return "round.kept_more"
    return "round.kept" if kept.said else "round.kept_none"


def consent(caller: Caller, number: str, yes: str) -> Told:
    """Whether the trainer may see one's answers by name; nobody else can say so."""
    player = players.of_id(caller.batch.db, int(number))
    if player is None or player.person != caller.person:
        raise RoundError("round.not_in")
    players.agree(caller.batch.db, player.id, yes == "1")
    return caller.toast(_noted(yes == "1"), player.language)


def noted(caller: Caller, player: Player, named: bool) -> Told:
    """The same, typed."""
    players.agree(caller.batch.db, player.id, named)
    return caller.told(_noted(named))


def _noted(named: bool) -> str:
    return "round.name_noted_yes" if named else "round.name_noted_no"


def own_result(caller: Caller, id: str) -> Told:
    """What somebody of a group got right, for nobody else to read."""
    batch = caller.batch
    live = kept_rounds.load(batch.db, id)
    player = players.of_person(batch.db, id, caller.person)
    if live is None or player is None:
        raise RoundError("round.not_there")
    board = round_results.board(batch, live)
    line = next(each for each in board if each.player == player.id)
    figures = round_results.score(batch, live, player)
    shown = round_results.rank(live, line, len(board))
    right, there = figures["right"], figures["there"]
    return caller.toast("round.own_toast", player.language, right=right, there=there, rank=shown)
