"""What changed with a team since somebody last looked, in the order in which it matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.case.file import Answer, CaseFile
from bot.core.quote import quoted, short
from bot.core.say import Listing, Value, Words
from bot.core.summary import CHAPTERS
from bot.store.visits import Happened

# Told on their own lines, by what changed in them.
APART = frozenset({"goal", "actors", "on_board"})
SLOTS = tuple(slot for slots in CHAPTERS.values() for slot in slots if slot not in APART)
FEW = 3
LONG, MOST_NAMES = 120, 8


@dataclass(frozen=True, slots=True)
class Change:
    """`urgent`: somebody is leaving, which comes before all else."""

    words: Words
    at: datetime
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """What the sentences need to know. `names`: staff by their id; `risky`: no actor is named;
    `joined`: how many people came to the team since."""

    since: datetime
    private: frozenset[str]
    names: Mapping[str, str]
    risky: bool
    joined: int


Answers = Mapping[str, Answer]


def changes(happened: Sequence[Happened], now: Now) -> tuple[Change, ...]:
    """Every change since `now.since`: who leaves, what holds the team up, then what it told."""
    fresh = [each for each in happened if each.at > now.since]
    before = _answers((each for each in happened if each.at <= now.since), now.private)
    after = _answers(happened, now.private)
    told = sorted(_signals(fresh), key=lambda change: not change.urgent)
    return (
        *told,
        *_answered(before, after, fresh),
        *_actors(before, after, now.risky),
        *_goal(before, after),
        *_steps(happened, now.since),
        *_reading(fresh),
        *_handover(fresh, now),
        *_rest(fresh, now),
    )


def _answers(happened: Iterable[Happened], private: frozenset[str]) -> dict[str, Answer]:
    """The answers as they stood after these events, without what stays with the team."""
    found: dict[str, Answer] = {}
    for each in happened:
        slot = each.data.get("slot", "")
        if each.kind == "SlotFilled" and slot not in private:
            value = each.data.get("value")
            kept = tuple(value) if isinstance(value, list) else value
            found[slot] = Answer(kept, each.data.get("given", "told"), each.at, "")
        elif each.kind == "SlotCleared":
            found.pop(slot, None)
    return found


def _signals(fresh: Sequence[Happened]) -> Iterator[Change]:
    for each in fresh:
        if each.kind not in ("SignalGiven", "SignalCleared"):
            continue
        kind = each.data["kind"]
        given = each.kind == "SignalGiven"
        due = each.data.get("due") if given else None
        words = Words(f"team_page.given_{kind}" if given else f"team_page.cleared_{kind}")
        if due:
            words = Words("team_page.given_money_day", {"due": date.fromisoformat(due)})
        yield Change(words, each.at, urgent=given and kind == "coordinator_gone")


def _answered(before: Answers, after: Answers, fresh: Sequence[Happened]) -> Iterator[Change]:
    """Changed answers one by one, then new ones: many of them only by their names."""
    new = [slot for slot in SLOTS if slot in after and slot not in before]
    for slot in SLOTS:
        old = before.get(slot)
        if old is not None and slot not in after:
            at = max(e.at for e in fresh if e.data.get("slot") == slot)
            values = {"slot": Words(f"slot.{slot}"), "old": _quote(slot, old)}
            yield Change(Words("team_page.answer_void", values), at)
        elif old is not None and _differ(old, after[slot]):
            values = {"slot": Words(f"slot.{slot}"), "old": _quote(slot, old)}
            values["new"] = _quote(slot, after[slot])
            yield Change(Words("team_page.answer_changed", values), after[slot].at)
    if len(new) > FEW:
        slots = Listing(tuple(Words(f"slot.{slot}") for slot in new))
        words = Words("team_page.answers_new", {"n": len(new), "slots": slots})
        yield Change(words, max(after[slot].at for slot in new))
        return
    for slot in new:
        values = {"slot": Words(f"slot.{slot}"), "new": _quote(slot, after[slot])}
        yield Change(Words("team_page.answer_new", values), after[slot].at)


def _differ(old: Answer, new: Answer) -> bool:
    return (old.value, old.given) != (new.value, new.given)


def _quote(slot: str, answer: Answer) -> Value:
    return quoted(slot, CaseFile(answers={slot: answer}), LONG)


def _actors(before: Answers, after: Answers, risky: bool) -> Iterator[Change]:
    for slot, came, went in (
        ("actors", "actors_added", "actors_gone"),
        ("on_board", "talks_begun", "talks_ended"),
    ):
        old, new = _names(before.get(slot)), _names(after.get(slot))
        for key, names in ((came, new - old), (went, old - new)):
            if names and slot in after:
                yield Change(_named(key, sorted(names, key=str.casefold), risky), after[slot].at)


def _names(answer: Answer | None) -> set[str]:
    value = answer.value if answer else None
    return set(value) if isinstance(value, tuple) else set()


def _named(key: str, names: list[str], risky: bool) -> Words:
    if risky:
        return Words(f"team_page.{key}_risky", {"n": len(names)})
    more = (f"+{len(names) - MOST_NAMES}",) if len(names) > MOST_NAMES else ()
    shown = (short(name, 60) for name in names[:MOST_NAMES])
    return Words(f"team_page.{key}", {"names": Listing((*shown, *more))})


def _goal(before: Answers, after: Answers) -> Iterator[Change]:
    old, new = before.get("goal"), after.get("goal")
    if new is None or (old is not None and not _differ(old, new)):
        return
    values = {"new": _quote("goal", new)}
    if old is None:
        yield Change(Words("team_page.goal_new", values), new.at)
    else:
        values["old"] = _quote("goal", old)
        yield Change(Words("team_page.goal_changed", values), new.at)


def _steps(happened: Sequence[Happened], since: datetime) -> Iterator[Change]:
    """A step chosen again under the same name while it is open is one put off."""
    here: Happened | None = None
    for each in happened:
        if each.kind == "StepClosed":
            if each.at > since and here is not None:
                how = "done" if each.data["how"] == "done" else "replaced"
                what = short(here.data["what"], LONG)
                yield Change(Words(f"team_page.step_{how}", {"what": what}), each.at)
            here = None
        elif each.kind == "StepChosen":
            if each.at > since:
                yield Change(_step(here, each), each.at)
            here = each


def _step(former: Happened | None, chosen: Happened) -> Words:
    again = former is not None and former.data["what"] == chosen.data["what"]
    values: dict[str, Value] = {"what": short(chosen.data["what"], LONG)}
    values["due"] = _due(chosen)
    if former is None or not again:
        return Words("team_page.step_chosen", values)
    return Words("team_page.step_put_off", {**values, "former": _due(former)})


def _due(step: Happened) -> Words:
    due = step.data.get("due")
    return Words("desk.day", {"day": date.fromisoformat(due)}) if due else Words("team_page.no_day")


def _reading(fresh: Sequence[Happened]) -> Iterator[Change]:
    for each in fresh:
        if each.kind == "ReadingConfirmed":
            fits = "fits" if each.data["fits"] else "fits_not"
            yield Change(Words(f"team_page.reading_{fits}"), each.at)
        elif each.kind == "ReadingOverruled":
            yield Change(_overruled(each.data["what"], each.data["value"]), each.at)


def _overruled(what: str, value: str) -> Words:
    if not value:
        return Words("team_page.reading_as_ours")
    if what == "phase":
        return Words("team_page.reading_phase", {"phase": Words(f"{value}#title")})
    return Words("team_page.reading_form", {"form": Words(f"form_name.{value}")})


def _handover(fresh: Sequence[Happened], now: Now) -> Iterator[Change]:
    for each in fresh:
        if each.kind == "HandoverBegan":
            name = now.names.get(each.data["person"]) or Words("team_page.somebody")
            yield Change(Words("team_page.talk_taken", {"name": name}), each.at)
        elif each.kind == "HandoverEnded":
            yield Change(Words(f"team_page.talk_{each.data['how']}"), each.at)
    said = [each.at for each in fresh if each.kind == "SaidToStaff"]
    if said:
        yield Change(Words("team_page.wrote", {"n": len(said)}), said[-1])


def _rest(fresh: Sequence[Happened], now: Now) -> Iterator[Change]:
    if now.joined:
        yield Change(Words("team_page.joined", {"n": now.joined}), now.since)
    for each in fresh:
        if each.kind == "TeamNamed" and each.data["name"]:
            yield Change(Words("team_page.named", {"name": each.data["name"]}), each.at)
        elif each.kind == "TranscriptChosen":
            opened = "opened" if each.data["shared"] else "closed"
            yield Change(Words(f"team_page.talk_{opened}"), each.at)
        elif each.kind == "TipMarked":
            values = {"tip": Words(f"{each.data['tip']}#title")}
            yield Change(Words(f"team_page.tip_{each.data['mark']}", values), each.at)
