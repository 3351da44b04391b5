"""Live rounds: started, joined, answered and led; each deed inside the commit that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.quiz.item import Item, letters
from bot.quiz.round import NotNowError, Settings, act
from bot.quiz.scoring import points, taken
from bot.service import round_names, round_news
from bot.service.voice import Voice
from bot.store import players, replies, rounds, seats, staffing, timers
from bot.store.batch import Batch
from bot.store.players import Player, Who
from bot.store.replies import Reply
from bot.store.rounds import Live

# A round without a deed of its host for so long ends by itself; whoever started it was told.
IDLE = timedelta(hours=3)
# So long after the host's last deed somebody else of the programme may take over.
AWAY = timedelta(minutes=2)
TIME, IDLES = "round_time", "round_idle"


class RoundError(Exception):
    """It cannot be done; nothing was changed. `why` is a key of `knowledge/dialogs/round.yaml`."""

    def __init__(self, why: str, name: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.name = name


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer after it was kept. `said`: letters as they stand; `again`: it was there before;
    `missing`: how many letters an order still lacks.
    """

    said: str
    again: bool = False
    missing: int = 0


def start(batch: Batch, host: str, settings: Settings, items: Sequence[Item]) -> Live:
    """A round in its lobby, led by `host`. Raises RoundError without a right or a question."""
    if staffing.staff(batch.db, host) is None:
        raise RoundError("round.not_yours")
    if not items:
        raise RoundError("round.no_items")
    live = rounds.make(batch.db, host, settings, items, batch.now)
    staffing.note(batch.db, host, "round_start", live.id, batch.now)
    _wait_for_host(batch, live)
    return live


def of_code(batch: Batch, code: str) -> Live:
    """The round that is on under a typed code. Raises RoundError: wrong, or over."""
    live = rounds.of_code(batch.db, code) if rounds.is_code(code) else None
    if live is None:
        old = rounds.is_code(code) and rounds.was_code(batch.db, code)
        raise RoundError("round.over" if old else "round.no_code")
    return live


def join(batch: Batch, live: Live, who: Who, seat: str = "") -> tuple[Player, bool]:
    """The player `who` is in this round, and whether they were one before.

    `seat`: the secret of a player whose phone was lost; their points come along. Raises RoundError
    for a wrong seat, a full round, and one that is over.
    """
    if live.round.stage == "ended":
        raise RoundError("round.over")
    known = players.of_person(batch.db, live.id, who.person)
    if seat:
        known = players.of_seat(batch.db, live.id, seat)
        if known is None:
            raise RoundError("round.no_seat")
    if known is not None:
        player = seats.sit(batch.db, known, who)
        _stir(batch, live)
        return player, True
    if players.count(batch.db, live.id) >= live.round.settings.most:
        raise RoundError("round.full")
    since = max(0, live.round.place + (live.round.stage != "open"))
    name = round_names.free_name(batch, live, who.name)
    player = players.add(batch.db, live.id, who, name, since, batch.now)
    _stir(batch, live)
    return player, False


def answer(batch: Batch, live: Live, player: Player, place: int, option: int) -> Kept:
    """Keeps a tap of `player` on the option of the question at `place`.

    The first tap is the answer; where several taps make one, each changes it while the question
    is open. Raises RoundError where it is not (or not any more) the time for it.
    """
    round = live.round
    if player.round != live.id or place != round.place or round.stage != "open":
        raise RoundError("round.over" if round.stage == "ended" else "round.too_late")
    if round.is_paused:
        raise RoundError("round.paused")
    item = rounds.item(batch.db, live.id, place)
    if not 0 <= option < len(item.options):
        raise RoundError("round.no_such_letter")
    once = item.has_one_answer
    before = None if once else replies.choice(batch.db, live.id, place, player.id)
    choice = _toggled(before or (), option, item)
    settings, right = round.settings, item.is_right(choice)
    gained = points(right, _took(batch, live, player), settings.seconds, settings.speed)
    reply = Reply(player.id, place, choice, right, gained)
    is_first = replies.keep(batch.db, live.id, reply, batch.now)
    if not is_first and once:
        there = replies.choice(batch.db, live.id, place, player.id) or ()
        return Kept(letters(there), again=True)
    if not is_first:
        replies.change(batch.db, live.id, reply, batch.now)
    _stir(batch, live)
    lacking = len(item.options) - len(choice) if item.kind == "order" else 0
    return Kept(letters(choice), missing=lacking)


def _toggled(before: tuple[int, ...], option: int, item: Item) -> tuple[int, ...]:
    if option in before:
        return tuple(each for each in before if each != option)
    chosen = (*before, option)
    return chosen if item.kind == "order" else tuple(sorted(chosen))


def _took(batch: Batch, live: Live, player: Player) -> float:
    """Seconds since the question reached this person, pauses left out.

    Where that is not known, as in groups, since it was opened.
    """
    round = live.round
    if not round.settings.speed:
        return 0.0
    came = replies.delivered_at(batch.db, live.id, round.place, player.id)
    start = max(filter(None, (came, round.opened_at)), default=batch.now)
    return taken(start, batch.now, round.pauses)


def lead(
    batch: Batch, voice: Voice, live: Live, person: str, deed: str, at: str = "", argument: str = ""
) -> Live:
    """A deed of the host. `at`: where the round stood when the button was shown ("open:3").

    So that a button pressed twice, or an old one, does nothing twice. Raises RoundError.
    """
    if not leads(batch, live, person):
        raise RoundError("round.not_yours")
    if at and at != live.round.standing:
        raise RoundError("round.moved_on")
    return _moved(batch, voice, live, deed, argument)


def leads(batch: Batch, live: Live, person: str) -> bool:
    """Whether it is theirs to lead; a right that was taken away ends that too."""
    return live.host == person and staffing.staff(batch.db, person) is not None


def _moved(
    batch: Batch, voice: Voice, live: Live, deed: str, argument: str = "", by_host: bool = True
) -> Live:
    """The round after a deed. What a clock does is no sign of its host."""
    try:
        after = act(live.round, deed, batch.now, argument)
    except NotNowError:
        raise RoundError("round.not_now") from None
    ended = batch.now if after.stage == "ended" else None
    acted = batch.now if by_host else live.acted_at
    moved = replace(live, round=after, acted_at=acted, ended_at=ended)
    rounds.save(batch.db, moved)
    if after.due_at:
        timers.start(batch.db, _talk(moved), TIME, str(after.place), after.due_at)
    if by_host and ended is None:
        _wait_for_host(batch, moved)
    round_news.after(batch, voice, live, moved)
    _stir(batch, moved)
    return moved


def take_over(batch: Batch, live: Live, person: str) -> Live:
    """Somebody else of the programme leads on, where the host is away. Raises RoundError."""
    if staffing.staff(batch.db, person) is None:
        raise RoundError("round.not_yours")
    if live.host == person:
        return live
    if staffing.staff(batch.db, live.host) and batch.now - live.acted_at < AWAY:
        raise RoundError("round.host_is_here")
    moved = replace(live, host=person, acted_at=batch.now)
    rounds.save(batch.db, moved)
    staffing.note(batch.db, person, "round_take_over", live.id, batch.now, live.host)
    _wait_for_host(batch, moved)
    _stir(batch, moved)
    return moved


def come_due(batch: Batch, voice: Voice, id: str, kind: str) -> bool:
    """A time of a round is up, if it still is; True where the host is to be told."""
    live = rounds.load(batch.db, id)
    if live is None or live.round.stage == "ended":
        return False
    due = live.round.due_at
    if kind == TIME and due is not None and due <= batch.now and live.round.takes_answers:
        if live.round.settings.clock_closes:
            _moved(batch, voice, live, "close", by_host=False)
        else:
            _stir(batch, live)
        return True
    if kind == IDLES and batch.now - live.acted_at >= IDLE:
        _moved(batch, voice, live, "end", by_host=False)
        return True
    return False


def _wait_for_host(batch: Batch, live: Live) -> None:
    timers.start(batch.db, _talk(live), IDLES, "", batch.now + IDLE)


def _talk(live: Live) -> str:
    """The conversation of what comes due for a round; nobody's."""
    return f"round:{live.id}:"


def _stir(batch: Batch, live: Live) -> None:
    """Wakes the open pages of the round after the commit."""
    batch.posted.add(("round", live.id))
