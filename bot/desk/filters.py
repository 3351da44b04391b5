"""The filter of the list of teams as the address has it: read from there, and written again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlencode

from bot.desk.house import House, Visit
from bot.knowledge.model import PHASES
from bot.knowledge.rule_model import FORMS
from bot.store.listing import SORTS, Wanted

NO_FORM = "none"
FIRST_SORT = Wanted().sort


def wanted_of(house: House, visit: Visit) -> Wanted:
    """What the address asks for; a code that means nothing asks for nothing."""
    kb = house.library.kb

    def code(name: str, known: Collection[str], otherwise: str = "") -> str:
        asked = visit.asked(name)
        return asked if asked in known else otherwise

    return Wanted(
        text=visit.asked("text"),
        phase=code("phase", PHASES),
        sector=code("sector", kb.sectors.labels),
        form=code("form", (*FORMS, NO_FORM)),
        language=code("language", kb.languages.complete),
        label=visit.asked("label"),
        stuck=visit.asked("stuck") == "1",
        mine=visit.asked("mine") == "1",
        sort=code("sort", SORTS, FIRST_SORT),
    )


def query(wanted: Wanted, page: int = 1) -> str:
    """The shortest address that asks for the same, without its question mark."""
    names = ("text", "phase", "sector", "form", "language", "label")
    asked = {name: value for name in names if (value := getattr(wanted, name))}
    asked |= {name: "1" for name in ("stuck", "mine") if getattr(wanted, name)}
    if wanted.sort != FIRST_SORT:
        asked["sort"] = wanted.sort
    if page > 1:
        asked["page"] = str(page)
    return urlencode(asked)


def kept(wanted: Wanted, labels: Collection[str]) -> Wanted:
    """What may be stored of a filter: codes, and a label there is, but no words typed."""
    return replace(wanted, text="", label=wanted.label if wanted.label in labels else "")
