"""Questions about sectors: where an actor belongs, who belongs to one, who is not there yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.model import SECTORS
from bot.knowledge.quizzes import Actor
from bot.knowledge.sectors import guess
from bot.quiz.item import Item, Kind, Texts
from bot.quiz.likeness import gives_away
from bot.quiz.mould import Mould, Option, cast, chosen, draw

EASY = 1
TABLES = 2


def items(mould: Mould) -> Iterator[Item | None]:
    """Every question about an actor whose sector the names tell in each language."""
    maker = _Maker(mould, certain(mould))
    for name in maker.actors:
        yield maker.sector_of_actor(name)
    for sector in SECTORS:
        yield from (maker.actor_of_sector(name) for name in maker.of(sector)[:2])
        yield maker.actors_of_sector(sector)
        yield from (maker.sector_open(sector, number) for number in range(TABLES))


def certain(mould: Mould) -> Mapping[str, Actor]:
    """The actors whose sector is guessed rightly in each language, and not named by them."""
    return {
        name: actor
        for name, actor in mould.templates.actors.items()
        if all(_clear(mould, words, actor.sector) for words in actor.name.values())
        if not gives_away(mould.kb, mould.kb.sectors.labels[actor.sector], actor.name)
    }


def _clear(mould: Mould, words: str, sector: str) -> bool:
    """The article is left away: "un" would be read as the United Nations."""
    found = guess(mould.kb, words.partition(" ")[2])
    return found.sector == sector and not found.ask


@dataclass(frozen=True, slots=True)
class _Maker:
    mould: Mould
    actors: Mapping[str, Actor]

    def sector_of_actor(self, name: str) -> Item | None:
        """The actor is told, the sector is asked."""
        actor = self.actors[name]
        text = self.mould.said("sector_of_actor", actor=actor.name)
        wrong = [self._sector(each) for each in SECTORS if each != actor.sector]
        right = [self._sector(actor.sector)]
        return self._item(f"sector_of_actor.{name}", "single", text, right, wrong, actor.sector)

    def actor_of_sector(self, name: str) -> Item | None:
        """The sector is told, the actor is asked; one of each sector to choose from."""
        sector = self.actors[name].sector
        others = [self._one_of(each, name) for each in SECTORS if each != sector]
        text = self.mould.said("actor_of_sector", sector=self._label(sector))
        right = [self._actor(name)]
        return self._item(f"actor_of_sector.{name}", "single", text, right, others, sector)

    def actors_of_sector(self, sector: str) -> Item | None:
        """The sector is told; two of its actors stand among the options."""
        right = [self._actor(name) for name in self.of(sector)[-2:]]
        outside = [self._actor(n) for n, actor in self.actors.items() if actor.sector != sector]
        wrong = chosen(f"actors.{sector}", outside, 2)
        text = self.mould.said("actors_of_sector", sector=self._label(sector))
        return self._item(f"actors_of_sector.{sector}", "several", text, right, wrong, sector)

    def sector_open(self, sector: str, number: int) -> Item | None:
        """Actors of three sectors are told, the fourth sector is asked."""
        there = [
            self._one_of(each, f"table {sector} {number}") for each in SECTORS if each != sector
        ]
        names = [self.actors[option.entry].name for option in there]
        row = {lang: ", ".join(name[lang] for name in names) for lang in self.mould.languages}
        text = self.mould.said("sector_open", actors=row)
        wrong = [self._sector(each) for each in SECTORS if each != sector]
        name = f"sector_open.{sector}_{number + 1}"
        return self._item(name, "single", text, [self._sector(sector)], wrong, sector)

    def of(self, sector: str) -> list[str]:
        """The actors of a sector, by lot."""
        names = [name for name, actor in self.actors.items() if actor.sector == sector]
        return sorted(names, key=lambda name: draw("actor", name))

    def _one_of(self, sector: str, lot: str) -> Option:
        return chosen(lot, map(self._actor, self.of(sector)), 1)[0]

    def _actor(self, name: str) -> Option:
        said = self.actors[name].name
        return Option(name, {lang: f"{text[0].upper()}{text[1:]}" for lang, text in said.items()})

    def _sector(self, sector: str) -> Option:
        return Option(sector, self._label(sector))

    def _label(self, sector: str) -> Texts:
        return self.mould.kb.sectors.labels[sector]

    def _why(self, sector: str) -> Texts:
        """What the sector holds, in the first sentence of its entry."""
        text = self.mould.kb.definition[f"sector.{sector}"].text
        label = {lang: f"{words}." for lang, words in self._label(sector).items()}
        first = {lang: f"{text[lang].split('. ')[0]}." for lang in self.mould.languages}
        return self.mould.joined(label, first)

    def _item(
        self,
        name: str,
        kind: Kind,
        text: Texts,
        right: list[Option],
        wrong: list[Option],
        sector: str,
    ) -> Item | None:
        entry = self.mould.kb.definition[f"sector.{sector}"]
        return cast(
            f"quiz.sectors.{name}",
            kind,
            text,
            right,
            wrong,
            self._why(sector),
            topic="sectors",
            difficulty=EASY,
            about=(entry.id,),
            sources=entry.sources,
            editorial=True,
        )
