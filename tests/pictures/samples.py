"""One believable picture of each kind, every word of it replaceable by a hostile one."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as Tree

from bot.pictures import actors, bars, spread, steps, timeline

Said = Callable[[str], str]
SVG = "{http://www.w3.org/2000/svg}"
STATUSES = {"committed": "engagé", "in_talks": "en discussion", "contacted": "contacté"}
SECTORS = {
    "public": "Secteur public",
    "private": "Secteur privé",
    "civil_society": "Société civile",
}
STATES = {"open": "ouverte", "begun": "commencée", "done": "faite", "owed": "à reprendre"}
MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.")
TOO_FEW = "trop peu pour être montré"
LAGOON = (
    actors.Actor("Mairie de Kanoa", "public", "committed"),
    actors.Actor("Conserverie Belmar", "private", "in_talks"),
    actors.Actor("Association des pêcheurs", "civil_society", "contacted"),
    actors.Actor("Amina Diallo", "", "idea"),
)


def plain(said: str) -> str:
    return said


def actors_picture(
    people: tuple[actors.Actor, ...] = LAGOON, said: Said = plain
) -> actors.ActorsPicture:
    sectors = SECTORS | {"academia": "Recherche", "other": "Sans secteur connu"}
    return actors.ActorsPicture(
        label=said("Les acteurs"),
        goal=said("Une lagune propre"),
        actors=tuple(actors.Actor(said(a.name), a.sector, a.status) for a in people),
        sectors={key: said(label) for key, label in sectors.items()},
        statuses={key: said(label) for key, label in (STATUSES | {"idea": "une idée"}).items()},
        nobody=said("personne pour l'instant"),
    )


def steps_picture(said: Said = plain) -> steps.StepsPicture:
    found = (("Départ", "done"), ("Lancement", "owed"), ("Recherche", "begun"), ("Début", "open"))
    return steps.StepsPicture(
        label=said("Les étapes"),
        steps=tuple(steps.Step(said(name), state, state == "begun") for name, state in found),
        states={key: said(label) for key, label in STATES.items()},
        main=said("étape du moment"),
    )


def timeline_picture(
    points: tuple[timeline.Point, ...] | None = None, said: Said = plain
) -> timeline.TimelinePicture:
    def point(month: int, when: str, label: str) -> timeline.Point:
        return timeline.Point(date(2026, month, 12), said(when), said(label))

    found = (point(1, "12 janvier", "Première rencontre"), point(2, "12 février", "But noté"))
    return timeline.TimelinePicture(
        label=said("Ce qui s'est passé"),
        points=found if points is None else points,
        today=point(3, "12 mars", "aujourd'hui"),
        due=point(4, "12 avril", "Inviter la conserverie"),
        months=tuple(map(said, (*MONTHS, "nov.", "déc."))),
    )


def bars_picture(said: Said = plain) -> bars.BarsPicture:
    rows = (("Départ", 34, 12), ("Lancement", 7, None), ("Recherche", None, None))
    return bars.BarsPicture(
        label=said("Équipes par étape"),
        bars=tuple(
            bars.Bar(said(name), tuple(n and bars.Value(n, said(str(n))) for n in numbers))
            for name, *numbers in rows
        ),
        too_few=said(TOO_FEW),
        series=(said("équipes"), said("avec prochain pas")),
        unit=said("nombre"),
    )


def spread_picture(said: Said = plain) -> spread.SpreadPicture:
    return spread.SpreadPicture(
        label=said("Jours par étape"),
        rows=(
            spread.Spread(said("Départ"), spread.Quarters(12, 30, 58), said("30"), said("12 à 58")),
            spread.Spread(said("Lancement"), None, said("777")),
        ),
        middle=said("médiane"),
        half=said("moitié du milieu"),
        too_few=said(TOO_FEW),
        unit=said("jours"),
    )


DRAWN: dict[str, Callable[[Said], str]] = {
    "actors": lambda said: actors.draw(actors_picture(said=said)),
    "steps": lambda said: steps.draw(steps_picture(said)),
    "timeline": lambda said: timeline.draw(timeline_picture(said=said)),
    "bars": lambda said: bars.draw(bars_picture(said)),
    "spread": lambda said: spread.draw(spread_picture(said)),
}


def tree(drawn: str) -> Tree.Element:
    return Tree.fromstring(drawn)  # noqa: S314


def seen(drawn: str) -> list[str]:
    """Every text as a reader sees it, line after line, without what is hidden in titles."""
    return [
        " ".join(span.text or "" for span in text.iter(f"{SVG}tspan"))
        for text in tree(drawn).iter(f"{SVG}text")
    ]


def whole(drawn: str) -> str:
    """What is seen and what a title tells, without the description of the whole."""
    titles = [title.text or "" for title in tree(drawn).iter(f"{SVG}title")]
    return "\n".join([*seen(drawn), *titles])


def described(drawn: str) -> str:
    return tree(drawn).findtext(f"{SVG}desc") or ""


def classed(drawn: str, name: str) -> list[Tree.Element]:
    found = re.compile(rf"(?:^|\s)picture-{name}(?:\s|$)")
    return [each for each in tree(drawn).iter() if found.search(each.get("class", ""))]
