"""Programme: anonymous figures of all teams that share, drawn and as tables; nobody is ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup
from starlette.responses import Response

from bot.core.say import Words
from bot.core.summary import CHAPTERS
from bot.desk.house import House, Visit
from bot.knowledge.model import PHASES, SECTORS
from bot.pictures import bars, spread
from bot.pictures.axis import THIN
from bot.store import figures, listing
from bot.store.db import Db
from bot.store.figures import Figures, Weeks

# More bars than this are no picture any more; the table has them all.
MOST_BARS = 10
SLOTS = tuple(slot for chapter in CHAPTERS.values() for slot in chapter)


@dataclass(frozen=True, slots=True)
class Section:
    """One figure: its name among the words, its drawing, and the same numbers as a table."""

    name: str
    picture: Markup
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


async def programme(house: House, visit: Visit) -> Response:
    """The figures of the whole programme, or of the teams with one label."""
    label = visit.asked("label")
    labels, found = await house.read(lambda db: _read(db, visit, label))
    drawn = Sections(house, visit, found)
    sections = await house.aside(lambda: list(drawn.all())) if found.teams else []
    return house.page(
        visit,
        "programme.html",
        labels=labels,
        label=label,
        teams=found.teams,
        sections=sections,
    )


def _read(db: Db, visit: Visit, label: str) -> tuple[list[str], Figures]:
    """Whoever may not know of a label learns nothing by naming it."""
    labels = listing.labels(db, visit.who)
    if label and label not in labels:
        return labels, Figures()
    return labels, figures.figures(db, label, visit.now)


class Sections:
    """Words for figures: in the order of the steps, the questions, the knowledge base."""

    def __init__(self, house: House, visit: Visit, found: Figures) -> None:
        self._house, self._found = house, found
        self._say = partial(house.templates.say, visit.language)
        self._title = partial(house.renderer.plain, language=visit.language)
        self._language = visit.language

    def all(self) -> Iterator[Section]:
        kb, found = self._house.library.kb, self._found
        yield self._bars("phases", {p: self._phase(p) for p in PHASES}, found.phases)
        yield self._stays()
        sectors = {s: kb.sectors.labels[s][self._language] for s in SECTORS}
        yield self._bars("sectors", sectors, found.sectors)
        yield self._told("tips", {tip: self._title(Words(f"{tip}#title")) for tip in kb.tips})
        yield self._told("left", {"": self._say("programme.left_start"), **self._slots()})
        names = {code: kb.languages.names[code] for code in kb.languages.complete}
        yield self._bars("languages", names, found.languages)

    def _phase(self, phase: str) -> str:
        return f"{phase[1:]}. {self._title(Words(f'{phase}#title'))}"

    def _slots(self) -> dict[str, str]:
        return {slot: self._say(f"slot.{slot}") for slot in SLOTS}

    def _told(self, name: str, names: Mapping[str, str]) -> Section:
        """Only what five teams or more have in common; by the rounded number, never the exact."""
        counts = self._found.tips if name == "tips" else self._found.left
        there = [key for key in names if key in counts]
        if name == "tips":
            there.sort(key=lambda key: -counts[key])
        return self._bars(name, {key: names[key] for key in there}, counts)

    def _bars(self, name: str, names: Mapping[str, str], counts: Mapping[str, int]) -> Section:
        drawn = bars.BarsPicture(
            label=self._say(f"programme.{name}"),
            bars=tuple(
                bars.Bar(label, (self._value(counts.get(key)),))
                for key, label in list(names.items())[:MOST_BARS]
            ),
            too_few=self._say("programme.too_few"),
            unit=self._say("programme.teams"),
        )
        rows = [(label, self._count(counts.get(key))) for key, label in names.items()]
        heads = (self._say(f"programme.{name}_head"), self._say("programme.teams"))
        return Section(name, Markup(bars.draw(drawn)), heads, rows)  # noqa: S704 (drawn, escaped)

    def _stays(self) -> Section:
        said, stays = self._say, self._found.stays
        drawn = spread.SpreadPicture(
            label=said("programme.stay"),
            rows=tuple(self._spread(self._phase(p), stays.get(p)) for p in PHASES),
            middle=said("programme.middle"),
            half=said("programme.half"),
            too_few=said("programme.too_few"),
            unit=said("programme.weeks"),
        )
        rows = [(self._phase(p), *self._weeks(stays.get(p))) for p in PHASES]
        heads = [said(f"programme.{each}") for each in ("stay_head", "teams", "middle", "half")]
        return Section("stay", Markup(spread.draw(drawn)), heads, rows)  # noqa: S704

    def _spread(self, label: str, told: Weeks | None) -> spread.Spread:
        if told is None:
            return spread.Spread(label, None)
        low, high = (told.middle if q is None else q for q in (told.low, told.high))
        quarters = spread.Quarters(low, told.middle, high)
        return spread.Spread(label, quarters, str(told.middle), self._half(told))

    def _weeks(self, told: Weeks | None) -> tuple[str, str, str]:
        few = self._say("programme.too_few")
        if told is None:
            return few, "–", "–"
        half = self._half(told) or self._say("programme.half_from", n=figures.FEWEST_FOR_QUARTERS)
        return self._count(told.teams), str(told.middle), half

    def _half(self, told: Weeks) -> str:
        if told.low is None or told.high is None:
            return ""
        return self._say("programme.half_said", low=told.low, high=told.high)

    def _value(self, count: int | None) -> bars.Value | None:
        return None if count is None else bars.Value(count, self._count(count))

    def _count(self, count: int | None) -> str:
        if count is None:
            return self._say("programme.too_few")
        return f"{count:,}".replace(",", THIN)
