"""What a team told, in plain sentences: made from its case, for whoever reads before a call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.case.file import CaseFile
from bot.case.overview import risky
from bot.core.quote import SECTORS, short
from bot.core.say import Listing, Value, Words
from bot.core.summary import CHAPTERS

# Slots whose every answer has a sentence of its own, paragraph by paragraph.
SAID: Mapping[str, tuple[str, ...]] = {
    "problem": ("trigger",),
    "goal": ("ambition", "common_good", "long_term"),
    "existing": ("existing_fit",),
    "actors": ("affected",),
    "work": ("shared_goal", "roles", "funding", "horizon", "rules", "decisions", "secretariat"),
}
# Slots that hold a founder's own words.
QUOTED: Mapping[str, str] = {"problem": "problem", "goal": "goal", "why_ours": "existing"}
QUOTE, MOST_NAMES = 400, 12
IN_EARNEST = frozenset({"in_talks", "committed"})

Paragraph = tuple[str, tuple[Words, ...]]


def paragraphs(case: CaseFile) -> tuple[Paragraph, ...]:
    """(chapter, sentences), only chapters of which something was told."""
    found = ((chapter, tuple(_sentences(chapter, case))) for chapter in CHAPTERS)
    return tuple((chapter, sentences) for chapter, sentences in found if sentences)


def _sentences(chapter: str, case: CaseFile) -> Iterator[Words]:
    quotes = [slot for slot, home in QUOTED.items() if home == chapter and slot != "why_ours"]
    yield from (_quoted(slot, case) for slot in quotes if case.told(slot))
    if chapter == "problem" and _topic(case):
        yield Words("team_page.say_topic", {"topic": Words(f"{_topic(case)}#title")})
    if chapter == "existing":
        yield from _existing(case)
    if chapter == "actors":
        yield from _actors(case)
    for slot in SAID[chapter]:
        if told := case.told(slot):
            yield Words(f"team_page.say_{slot}_{told}")
    if chapter == "existing" and case.told("why_ours"):
        yield _quoted("why_ours", case)
    yield from _open(chapter, case)


def _quoted(slot: str, case: CaseFile) -> Words:
    return Words(f"team_page.say_{slot}", {"text": short(str(case.told(slot)), QUOTE)})


def _topic(case: CaseFile) -> str:
    told = case.told("topic")
    return told if isinstance(told, str) and told.startswith("topic.") else ""


def _existing(case: CaseFile) -> Iterator[Words]:
    told = case.told("existing")
    if told == "none_found":
        yield Words("team_page.say_existing_none")
    elif isinstance(told, tuple) and told:
        yield Words("team_page.say_existing", {"names": _names(told)})


def _actors(case: CaseFile) -> Iterator[Words]:
    """How many from which sectors, and with whom they really talk; no names where that is risky."""
    actors = case.actors
    if actors:
        sectors = tuple(Words(f"sector.{s}") for s in SECTORS if _has(case, s))
        values: dict[str, Value] = {"n": len(actors), "sectors": Listing(sectors)}
        kind = "sectors" if sectors else "unsorted"
        yield Words(f"team_page.say_actors_{kind}", values)
        serious = tuple(actor.name for actor in actors if actor.status in IN_EARNEST)
        if serious and risky(case):
            yield Words("team_page.say_talks_risky", {"n": len(serious)})
        elif serious:
            yield Words("team_page.say_talks", {"names": _names(serious)})
        elif case.told("on_board") is not None:
            yield Words("team_page.say_talks_none")
    left_out = case.told("left_out")
    if isinstance(left_out, tuple) and left_out:
        sectors = tuple(Words(f"sector.{each}") for each in left_out if each in SECTORS)
        yield Words("team_page.say_left_out", {"sectors": Listing(sectors)})


def _has(case: CaseFile, sector: str) -> bool:
    return any(actor.sector == sector for actor in case.actors)


def _names(names: tuple[str, ...]) -> Listing:
    more = (f"+{len(names) - MOST_NAMES}",) if len(names) > MOST_NAMES else ()
    return Listing((*(short(name, 60) for name in names[:MOST_NAMES]), *more))


def _open(chapter: str, case: CaseFile) -> Iterator[Words]:
    """What they said they do not know yet; a question passed over is left in peace."""
    unknown = [
        slot
        for slot in CHAPTERS[chapter]
        if slot in case.answers and case.answers[slot].given == "unknown"
    ]
    if unknown:
        slots = Listing(tuple(Words(f"slot.{slot}") for slot in unknown))
        yield Words("team_page.say_unknown", {"slots": slots})
