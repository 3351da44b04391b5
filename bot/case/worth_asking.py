"""When a question of the intake is worth asking, by what the team has told so far."""

from __future__ import annotations

from bot.case.file import CaseFile


def found_someone(case: CaseFile) -> bool:
    return isinstance(case.told("existing"), tuple)


def adds_something(case: CaseFile) -> bool:
    return found_someone(case) and case.told("existing_fit") != "same"


def stays_together(case: CaseFile) -> bool:
    return case.told("ambition") != "exchange"


def goal_may_be_shared(case: CaseFile) -> bool:
    """A goal that was passed over cannot be shared; one not asked about yet may be."""
    return "goal" not in case.answers or case.told("goal") is not None


def goal_is_shared(case: CaseFile) -> bool:
    return case.told("shared_goal") == "agreed"


def roles_are_talked_of(case: CaseFile) -> bool:
    """Where the goal or the roles are open, the later questions would only collect "not yet"."""
    return goal_is_shared(case) and case.told("roles") in ("agreed", "begun")


def has_funding(case: CaseFile) -> bool:
    return case.told("funding") in ("single", "several")


def several_named(case: CaseFile) -> bool:
    return len(case.actors) > 1
