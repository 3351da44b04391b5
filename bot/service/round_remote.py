"""The remote of a round in a chat: where it stands, who answered, and the deeds that fit now."""

from __future__ import annotations

from dataclasses import replace

from bot.core.message import Message
from bot.core.say import Choice, Lines, Say, Value, Words
from bot.quiz.item import LETTERS, Item, shown
from bot.quiz.round import offered
from bot.service import round_letters, rounds
from bot.service.round_letters import LINKED, PREFIX
from bot.service.voice import Addresses, Voice
from bot.store import players, replies
from bot.store import rounds as kept_rounds
from bot.store.batch import Batch
from bot.store.rounds import Live

# What only a chat needs; all other deeds are called as on the desk.
OWN = {"look": "round.look", "over": "round.over_yes", "back": "round.over_no"}
HOURS = int(rounds.IDLE.total_seconds()) // 3600


def remote(batch: Batch, voice: Voice, live: Live, language: str) -> Message:
    """What the host sees after each deed."""
    stage = live.round.stage
    if stage == "lobby":
        say = _lobby(batch, live, voice.addresses)
    elif stage == "ended":
        say = _ended(batch, live, voice.addresses.web)
    else:
        say = _question(batch, live, language)
    return voice.render(replace(say, choices=_deeds(live)), language, 0)


def _deeds(live: Live) -> tuple[Choice, ...]:
    """A button a deed; in the lobby and while answers come, one to see how many by now."""
    look = (press(live, "look"),) if live.round.stage in ("lobby", "open") else ()
    return (*(press(live, deed) for deed in offered(live.round)), *look)


def press(live: Live, deed: str) -> Choice:
    """It carries where the round stood, so that a second press does nothing twice."""
    action = f"{PREFIX}d:{live.code}:{deed}:{live.round.standing}"
    return Choice(action, Words(_label(live, deed)))


def _label(live: Live, deed: str) -> str:
    if deed == "next" and live.round.stage == "lobby":
        return "round.begin"
    return OWN.get(deed) or f"quiz_desk.deed_{deed}"


def counts(batch: Batch, live: Live) -> Words:
    """How many are in, or how many of those there have answered."""
    place = live.round.place
    if live.round.stage == "lobby":
        key = "round.remote_tables" if live.round.settings.teams else "round.remote_in"
        return Words(key, {"n": players.count(batch.db, live.id)})
    there = [p for p in players.everybody(batch.db, live.id) if p.since <= place]
    n = replies.answered(batch.db, live.id, place)
    return Words("round.remote_answered", {"n": n, "there": len(there)})


def _lobby(batch: Batch, live: Live, known: Addresses) -> Say:
    ways = []
    if known.telegram:
        link = f"https://t.me/{known.telegram}?start={LINKED}{live.code}"
        ways.append(Words("round.way_telegram", {"link": link}))
    if known.web_is_here:
        ways.append(Words("quiz_desk.unreachable", {"address": known.web}))
    elif known.web:
        ways.append(Words("round.way_web", {"link": f"{known.web}/play/{live.code}"}))
        ways.append(Words("round.way_screen", {"link": f"{known.web}/screen/{live.screen}"}))
    ways.append(Words("round.way_group", {"code": live.code}))
    values: dict[str, Value] = {
        "code": live.code,
        "total": live.round.total,
        "count": counts(batch, live),
        "ways": Lines(tuple(ways)),
        "hours": HOURS,
    }
    return Say(Words("round.remote_lobby", values))


def _question(batch: Batch, live: Live, language: str) -> Say:
    round = live.round
    item = kept_rounds.item(batch.db, live.id, round.place)
    head = Words("round.number", {"n": round.place + 1, "total": round.total})
    values: dict[str, Value] = {"count": counts(batch, live)}
    if round.stage == "open":
        values |= {"text": shown(item.text, language), "clock": _clock(batch, live)}
        return Say(Words("round.remote_open", values), head=head)
    values["split"] = _split(batch, live, item)
    if round.stage == "closed":
        return Say(Words("round.remote_closed", values), head=head)
    values["answer"] = round_letters.answer(item, live, language)
    return Say(Words("round.remote_shown", values), head=head)


def _clock(batch: Batch, live: Live) -> Words | str:
    left = live.round.seconds_left(batch.now)
    if live.round.is_paused:
        return Words("round.remote_paused")
    if left is None:
        return ""
    return Words("round.remote_left", {"n": left}) if left else Words("round.time_is_up")


def _split(batch: Batch, live: Live, item: Item) -> Words | str:
    """How often each letter was chosen, cards in the room counted in."""
    if item.kind == "order":
        # Everybody chooses every letter there; only their order tells.
        own = [r for r in replies.every(batch.db, live.id) if r.place == live.round.place]
        return Words("round.remote_right", {"n": sum(r.right for r in own)})
    size = len(item.options)
    found = replies.totals(replies.split(batch.db, live.id, live.round.place), size)
    pairs = zip(LETTERS, found, live.round.cards(size), strict=False)
    return "   ".join(f"{letter} {n + cards}" for letter, n, cards in pairs)


def _ended(batch: Batch, live: Live, web: str) -> Say:
    link = Words("round.remote_debrief", {"link": f"{web}/desk/quiz/{live.id}"}) if web else ""
    n = players.count(batch.db, live.id)
    who = "tables" if live.round.settings.teams else "people"
    return Say(
        Words("round.remote_ended", {"who": Words(f"round.ended_{who}", {"n": n}), "debrief": link})
    )
