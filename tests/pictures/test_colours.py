"""The colours of the style sheet: enough contrast by day, by night and on paper."""

import re
from pathlib import Path

import pytest

from bot.pictures.actors import Actor, draw
from tests.pictures.samples import DRAWN, LAGOON, actors_picture, plain, tree

SHEET = Path(__file__).parents[2] / "bot/web/static/pictures.css"
WORDS = ("ink", "quiet", "today", "public", "private", "civil", "academia")
SHAPES = (*WORDS, "accent", "line")
# What a page may be made of; a picture has no ground of its own.
LIGHT, DARK = ("#ffffff", "#fbfbf8", "#eef3f0"), ("#101413", "#161b19", "#222a27")


def sheet() -> dict[str, dict[str, str]]:
    parts = re.split(r"@media ([^{]+?) \{", SHEET.read_text(encoding="utf-8"))
    named = zip(("light", *parts[1::2]), parts[::2], strict=True)
    colour = re.compile(r"--picture-([a-z-]+): (#[0-9a-f]{6});")
    return {name: dict(colour.findall(part)) for name, part in named}


def channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def light(colour: list[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(part * each for part, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: list[float], other: list[float]) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def tinted(ground: str, colour: str, share: float) -> list[float]:
    both = zip(channels(ground), channels(colour), strict=True)
    return [under + (over - under) * share for under, over in both]


GROUNDS = [
    ("light", LIGHT),
    ("(prefers-color-scheme: dark)", DARK),
    ("print", ("#ffffff",)),
]


@pytest.mark.parametrize(("mode", "grounds"), GROUNDS)
def test_words_and_shapes_stand_out_from_the_page(mode: str, grounds: tuple[str, ...]) -> None:
    colours = sheet()[mode]
    for ground in map(channels, grounds):
        assert {n for n in WORDS if contrast(channels(colours[n]), ground) < 4.5} == set()
        assert {n for n in SHAPES if contrast(channels(colours[n]), ground) < 3} == set()
    assert contrast(channels(colours["on-accent"]), channels(colours["accent"])) >= 4.5


@pytest.mark.parametrize(("mode", "grounds"), GROUNDS)
def test_names_and_dots_stand_out_from_the_rings(mode: str, grounds: tuple[str, ...]) -> None:
    colours = sheet()[mode]
    # Four rings lie upon each other at the goal.
    share = 1 - (1 - 0.06) ** 4
    for ground in grounds:
        for sector in ("public", "private", "civil", "academia"):
            ring = tinted(ground, colours[sector], share)
            assert contrast(channels(colours["ink"]), ring) >= 4.5
            assert contrast(channels(colours[sector]), ring) >= 3


def test_every_look_of_the_sheet_is_drawn_somewhere() -> None:
    named = set(re.findall(r"\.(picture-[\w-]+)", SHEET.read_text(encoding="utf-8")))
    full = draw(actors_picture((*LAGOON, Actor("Institut marin", "academia", "idea"))))
    drawn = {
        look
        for picture in (full, *(draw_it(plain) for draw_it in DRAWN.values()))
        for each in tree(picture).iter()
        for look in each.get("class", "").split()
    }
    assert named <= drawn


def test_the_sheet_asks_nothing_of_another_address() -> None:
    assert not re.search(r"url\(|@import|https?:", SHEET.read_text(encoding="utf-8"))
