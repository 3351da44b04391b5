"""The reading of a team as the desk shows it: with its reasons, and the form as an offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.case.file import CaseFile
from bot.case.model import Reading, Reason
from bot.case.overview import risky
from bot.core.library import Library
from bot.core.quote import SECTORS, quoted, reason_words, slots_behind
from bot.core.say import Listing, Value, Words

QUOTES = 90
NAMES = frozenset({"actors", "on_board"})


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason: the words, the answers it rests on, and what would move the team on."""

    words: Words
    behind: tuple[tuple[Words, Value], ...]
    moves: Words | None


@dataclass(frozen=True, slots=True)
class Told:
    """The reading in words. `steps`: (number, name, state key, whether the work lies there)."""

    steps: tuple[tuple[str, Words, str, bool], ...]
    form: Words
    form_status: Words
    otherwise: Words | None
    missing: Words | None
    grounds: tuple[Ground, ...]
    ours: tuple[Words, ...]
    answers: int
    first_glimpse: bool
    fits: bool | None
    tips: tuple[Words, ...]


def told(library: Library, case: CaseFile, reading: Reading) -> Told:
    """`reading` is one made without private answers, and `case` holds none."""
    other = reading.form_otherwise
    return Told(
        steps=tuple(
            (phase[1:], Words(f"{phase}#title"), state, phase == reading.phase)
            for phase, state in reading.profile.items()
        ),
        form=Words(f"form_name.{reading.form or 'none'}"),
        form_status=Words(f"form_status.{reading.form_status}"),
        otherwise=Words(f"form_name.{other}") if other else None,
        missing=_missing(reading),
        grounds=tuple(_grounds(case, reading)),
        ours=tuple(_ours(reading)),
        answers=reading.confidence.answers,
        first_glimpse=reading.confidence.first_glimpse,
        fits=case.fits,
        tips=tuple(library.title(tip) for tip in reading.next_tips),
    )


def _grounds(case: CaseFile, reading: Reading) -> Iterator[Ground]:
    once = reading.route == "join_first" and reading.form == "join_existing"
    route, phase, form, *gaps = reading.reasons
    for reason in (phase, route, *(() if once else (form,)), *gaps):
        yield _ground(reason, case)


def _ground(reason: Reason, case: CaseFile) -> Ground:
    slots = slots_behind(reason.answers, case)
    behind = tuple((Words(f"slot.{slot}"), _answer(slot, case)) for slot in slots)
    return Ground(reason_words(reason), behind, Words(reason.moves_on) if reason.moves_on else None)


def _answer(slot: str, case: CaseFile) -> Value:
    """In short; where names could endanger somebody, not even on paper."""
    hidden = slot in NAMES and risky(case)
    return Words("team_page.names_kept") if hidden else quoted(slot, case, QUOTES)


def _missing(reading: Reading) -> Words | None:
    """All four missing beside names means only that no name was sorted yet."""
    if not reading.missing_shown or len(reading.missing_sectors) >= len(SECTORS):
        return None
    names = Listing(tuple(Words(f"sector.{sector}") for sector in reading.missing_sectors))
    sure = "perhaps" if reading.missing_perhaps else "text"
    return Words(f"missing.{sure}", {"missing": names})


def _ours(reading: Reading) -> Iterator[Words]:
    """What our rules had said where the team chose otherwise."""
    if reading.overruled_phase:
        yield Words("team_page.ours_phase", {"phase": Words(f"{reading.overruled_phase}#title")})
    if reading.overruled_form:
        form = reading.overruled_form
        name = Words("form_name.none") if form == "none_yet" else Words(f"form_name.{form}")
        yield Words("team_page.ours_form", {"form": name})
