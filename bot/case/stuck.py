"""What holds a team up, each reason with the moment from which it holds, be it still ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.case.file import CaseFile

SIGNALS = ("help", "conflict", "coordinator_gone", "waiting", "money_ends")
SETTLING_IN = timedelta(days=14)
TWO_MONTHS = timedelta(days=60)
THREE_MONTHS = timedelta(days=90)
BEFORE_MONEY_ENDS = timedelta(days=180)
HALF_A_YEAR = timedelta(days=183)
TWO = 2
CHANGES = 3
IN_EARNEST = frozenset({"in_talks", "committed"})


@dataclass(frozen=True, slots=True)
class Stuck:
    """`reason` names the words (`knowledge/dialogs/stuck.yaml`) that team and staff both read."""

    reason: str
    since: datetime


def stuck(case: CaseFile, last_at: datetime, members: int) -> tuple[Stuck, ...]:
    """Every reason, most urgent first. `last_at`: the team's last sign of life.

    `since` may lie ahead: stored as it is, it only has to be compared with the clock later.
    """
    found = {
        "help_asked": _told(case, "help"),
        "conflict_told": _told(case, "conflict"),
        "coordinator_gone": _told(case, "coordinator_gone", SETTLING_IN),
        "step_slipped_twice": _slipped(case),
        "money_ends": _money_ends(case),
        "waiting_for_other": _told(case, "waiting", TWO_MONTHS),
        "goal_reopened": _goal_reopened(case, last_at),
        "one_organisation_answers": _one_answers(case, last_at, members),
        "all_ideas": _all_ideas(case),
        "silent": _silent(case, last_at),
    }
    return tuple(Stuck(reason, since) for reason, since in found.items() if since is not None)


def _told(case: CaseFile, kind: str, after: timedelta = timedelta()) -> datetime | None:
    signal = case.signals.get(kind)
    return signal.at + after if signal else None


def _slipped(case: CaseFile) -> datetime | None:
    return case.step.chosen_at if case.step and case.step.slipped >= TWO else None


def _money_ends(case: CaseFile) -> datetime | None:
    """Whoever says that money ends soon and cannot name the day is taken at their word."""
    signal = case.signals.get("money_ends")
    if signal is None:
        return None
    return _morning(signal.due) - BEFORE_MONEY_ENDS if signal.due else signal.at


def _goal_reopened(case: CaseFile, last_at: datetime) -> datetime | None:
    """The third change within half a year.

    A goal that has stood for half a year while the team went on is settled; otherwise one
    restless spring would be told of a team for good.
    """
    changes = case.goal_changes
    thirds = [
        third
        for first, third in zip(changes, changes[CHANGES - 1 :], strict=False)
        if third - first <= HALF_A_YEAR
    ]
    settled = bool(changes) and last_at - changes[-1] > HALF_A_YEAR
    return thirds[-1] if thirds and not settled else None


def _one_answers(case: CaseFile, last_at: datetime, members: int) -> datetime | None:
    """One person answers for partners who are on board.

    Only of a team that came back on another day: one that was here once and left has nobody
    who answers for the others, it is silent, and that is a reason of its own.
    """
    on_board = [actor for actor in case.actors if actor.status in IN_EARNEST]
    if members != 1 or len(on_board) < TWO or not case.answers:
        return None
    first = min(answer.at for answer in case.answers.values())
    return first + THREE_MONTHS if last_at.date() > first.date() else None


def _all_ideas(case: CaseFile) -> datetime | None:
    """A status that was never told is no idea: then nothing can be said."""
    named = case.answers.get("actors") or case.answers.get("on_board")
    ideas = bool(case.actors) and all(actor.status == "idea" for actor in case.actors)
    return named.at + THREE_MONTHS if named and ideas else None


def _silent(case: CaseFile, last_at: datetime) -> datetime:
    """Silence until the day of a planned step is no silence."""
    since = last_at + THREE_MONTHS
    due = case.step.due if case.step else None
    return max(since, _morning(due)) if due else since


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
