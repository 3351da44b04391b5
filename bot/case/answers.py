"""From the answers a team gave to the public CASE.json, from which the reading is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.case.file import CaseFile

# Slots whose answer stands in CASE.json as it is, under this key.
SAME: Mapping[str, str] = {
    "problem": "problem",
    "trigger": "trigger",
    "goal": "goal",
    "ambition": "ambition",
    "shared_goal": "shared_goal",
    "roles": "roles",
    "red_lines": "red_lines",
    "rules": "communication_rules",
    "decisions": "decisions",
    "horizon": "funding_horizon",
}

# What else an answer means: (slot, answer) -> keys of CASE.json.
MEANS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("common_good", "society"): {"common_good": "yes"},
    ("common_good", "both"): {"common_good": "yes"},
    ("common_good", "members"): {"common_good": "no"},
    ("long_term", "short"): {"long_term": "no"},
    ("long_term", "years"): {"long_term": "yes"},
    ("existing", "none_found"): {"existing": []},
    ("existing_fit", "same"): {"existing_fit": "same"},
    ("existing_fit", "partial"): {"existing_fit": "partial"},
    ("existing_fit", "different"): {"existing_fit": "different"},
    # A group that is closed to the team is no way to go; no reason is asked.
    ("existing_fit", "closed"): {"existing_fit": "different"},
    ("affected", "direct"): {"affected_represented": "agreed"},
    ("affected", "group"): {"affected_represented": "begun"},
    ("affected", "not_yet"): {"affected_represented": "not_yet"},
    ("affected", "risky"): {"affected_represented": "risky"},
    ("equal_footing", "yes"): {"equal_footing": "yes"},
    ("equal_footing", "partly"): {"equal_footing": "begun"},
    ("equal_footing", "no"): {"equal_footing": "no"},
    ("funding", "several"): {"funding": "several"},
    ("funding", "single"): {"funding": "single"},
    ("funding", "time"): {"funding": "none"},
    ("funding", "none"): {"funding": "none"},
    ("secretariat", "neutral"): {"secretariat": "agreed"},
    ("secretariat", "partner"): {"secretariat": "begun"},
    ("secretariat", "none_fine"): {"secretariat": "not_yet", "secretariat_need": "not_felt"},
    ("secretariat", "none_missed"): {"secretariat": "not_yet", "secretariat_need": "felt"},
}
MOODS: Mapping[str, str] = {"stuck": "conflict", "tired": "tired"}


def case_json(case: CaseFile) -> dict[str, Any]:
    """The case as the public contract has it; what was not told is absent."""
    found: dict[str, Any] = {}
    for slot in case.answers:
        value = case.told(slot)
        if value is None:
            continue
        if slot in SAME:
            found[SAME[slot]] = value
        elif isinstance(value, str):
            found.update(MEANS.get((slot, value), {}))
    found.update(_lists(case))
    if mood := MOODS.get(case.need or ""):
        found["mood"] = mood
    return found


def _lists(case: CaseFile) -> dict[str, Any]:
    found: dict[str, Any] = {}
    existing, topic = case.told("existing"), case.told("topic")
    if isinstance(existing, tuple):
        found["existing"] = list(existing)
    if topic and topic != "none":
        found["topic"] = topic
    if case.actors:
        found["actors"] = [_actor(a.name, a.sector, a.status) for a in case.actors]
    left_out = case.told("left_out")
    if isinstance(left_out, tuple) and left_out:
        found["sectors_left_out"] = list(left_out)
    return found


def _actor(name: str, sector: str | None, status: str | None) -> dict[str, str]:
    parts = {"name": name, "sector": sector, "status": status}
    return {key: value for key, value in parts.items() if value}
