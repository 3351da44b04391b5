"""The actors around the goal."""

from itertools import pairwise

import pytest

from bot.pictures.actors import SIDES, Actor, draw
from bot.pictures.marks import STATUSES
from tests.pictures.samples import (
    LAGOON,
    SVG,
    Tree,
    actors_picture,
    classed,
    described,
    seen,
    tree,
    whole,
)

PLACES = (*SIDES, "")


def crowd(number: int, sector: str | None = None, status: str | None = None) -> tuple[Actor, ...]:
    return tuple(
        Actor(
            f"Coopérative {place}",
            PLACES[place % 5] if sector is None else sector,
            status or STATUSES[place // 5 % 4],
        )
        for place in range(number)
    )


def dots(drawn: str, sector: str) -> list[Tree.Element]:
    return [each for each in classed(drawn, "dot") if f"picture-{sector}" in each.get("class", "")]


def away(drawn: str, sector: str) -> float:
    """How far the first dot of a sector is from the middle of the goal."""
    goal = classed(drawn, "goal")[0]
    circle = dots(drawn, sector)[0].find(f"{SVG}circle")
    assert circle is not None
    across = float(circle.get("cx", "")) - float(goal.get("cx", ""))
    down = float(circle.get("cy", "")) - float(goal.get("cy", ""))
    return float((across**2 + down**2) ** 0.5)


@pytest.mark.parametrize("number", [0, 1, 4, 12, 40, 400])
def test_every_name_is_seen_or_told_by_the_number_of_the_others(number: int) -> None:
    drawn = draw(actors_picture(crowd(number)))
    told = whole(drawn).replace("\n", ", ").split(", ")
    assert {each.name for each in crowd(number)} <= set(told)
    assert all(each.name in described(drawn) for each in crowd(number))


@pytest.mark.parametrize("number", [1, 4, 12])
def test_few_actors_are_all_seen(number: int) -> None:
    shown = seen(draw(actors_picture(crowd(number))))
    assert {each.name for each in crowd(number)} <= set(shown)
    assert not [text for text in shown if text.startswith("+")]


@pytest.mark.parametrize("sector", [*SIDES, ""])
def test_too_many_in_one_place_are_counted_and_none_gets_lost(sector: str) -> None:
    shown = seen(draw(actors_picture(crowd(40, sector, "idea"))))
    named = sum(text.startswith("Coopérative") for text in shown)
    (more,) = [text for text in shown if text.startswith("+")]
    assert named + int(more.removeprefix("+ ")) == 40


@pytest.mark.parametrize("sector", ["public", ""])
def test_a_single_name_is_never_hidden_behind_a_number(sector: str) -> None:
    for number in range(1, 30):
        people = crowd(number, sector, "contacted") + crowd(number + 1, sector, "idea")
        assert "+ 1" not in seen(draw(actors_picture(people)))


def test_the_committed_stand_nearest_to_the_goal() -> None:
    reach = [
        away(draw(actors_picture((Actor("Mairie", "public", status),))), "public")
        for status in STATUSES
    ]
    assert reach == sorted(reach)
    assert len(set(reach)) == 4


def test_every_status_has_a_sign_of_its_own_shape() -> None:
    def form(status: str) -> str:
        drawn = draw(actors_picture((Actor("Mairie", "public", "committed"),)))
        place = STATUSES.index(status)
        sign = Tree.tostring(dots(drawn, "ink")[place], encoding="unicode")
        return sign.split(">", 1)[1]

    assert len({form(status) for status in STATUSES}) == 4


def test_a_sector_nobody_stands_for_is_quietly_empty() -> None:
    drawn = draw(actors_picture())
    assert len(classed(drawn, "empty")) == 1
    assert seen(drawn).count("personne pour l'instant") == 1
    quiet = ["".join(each.itertext()) for each in classed(drawn, "quiet")]
    assert "Recherche" in quiet


def test_a_sector_that_is_filled_is_not_called_empty() -> None:
    people = (*LAGOON, Actor("Institut marin", "academia", "idea"))
    assert not classed(draw(actors_picture(people)), "empty")


def test_who_stands_for_no_known_sector_has_a_place_below() -> None:
    assert "Sans secteur connu" in seen(draw(actors_picture()))
    assert "Sans secteur connu" not in seen(draw(actors_picture(LAGOON[:3])))


def test_names_beside_each_other_never_share_a_line() -> None:
    drawn = draw(actors_picture(crowd(60)))
    for sector in SIDES:
        places = [each.find(f"{SVG}circle") for each in dots(drawn, sector)]
        heights = sorted(float(each.get("cy", "")) for each in places if each is not None)
        assert all(after - before > 14 for before, after in pairwise(heights))


def test_a_status_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="none of"):
        Actor("Mairie", "public", "married")


def test_a_picture_of_many_is_not_taller_than_two_phones() -> None:
    assert float(tree(draw(actors_picture(crowd(400)))).get("height", "")) < 900
