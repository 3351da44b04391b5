"""What happened when."""

from datetime import date, timedelta
from itertools import pairwise

from bot.pictures.timeline import MOST, Point, draw
from tests.pictures.samples import Tree, classed, described, seen, timeline_picture, tree

FIRST = date(2026, 1, 3)


def points(number: int, days: int) -> tuple[Point, ...]:
    return tuple(
        Point(FIRST + timedelta(place * days), f"jour {place}", f"Rencontre {place}")
        for place in range(number)
    )


def height(each: Tree.Element) -> float:
    return float(each.get("cy", each.get("y1", "")))


def test_what_came_later_stands_lower() -> None:
    backwards = tuple(reversed(points(6, 9)))
    shown = [text for text in seen(draw(timeline_picture(backwards))) if "Rencontre" in text]
    assert shown == [f"Rencontre {place}" for place in range(6)]


def test_points_of_one_day_do_not_cover_each_other() -> None:
    heights = [height(each) for each in classed(draw(timeline_picture(points(5, 0))), "point")]
    assert all(after - before > 30 for before, after in pairwise(heights))


def test_the_line_of_today_parts_what_was_from_what_is_due() -> None:
    shown = seen(draw(timeline_picture()))
    order = [shown.index(each) for each in ("But noté", "aujourd'hui · 12 mars", "12 avril")]
    assert order == sorted(order)


def test_a_month_is_named_once_and_its_year_where_it_begins() -> None:
    shown = seen(draw(timeline_picture(points(3, 2))))
    assert [text for text in shown if text.startswith("janv.")] == ["janv. 2026"]
    assert "févr." in shown


def test_a_long_pause_is_a_gap_and_not_a_hundred_months() -> None:
    long_ago = (Point(date(1, 1, 1), "jadis", "Première idée"),)
    root = tree(draw(timeline_picture(long_ago)))
    assert float(root.get("height", "")) < 300


def test_the_oldest_of_many_are_folded_and_none_gets_lost() -> None:
    drawn = draw(timeline_picture(tuple(reversed(points(MOST + 7, 1)))))
    assert "+ 7" in seen(drawn)
    assert "Rencontre 6" not in seen(drawn)
    assert "Rencontre 7" in seen(drawn)
    assert len(classed(drawn, "point")) == MOST
    assert "Rencontre 0" in described(drawn)


def test_a_team_without_anything_yet_has_its_today() -> None:
    drawn = draw(timeline_picture(()))
    assert not classed(drawn, "point")
    assert "aujourd'hui · 12 mars" in seen(drawn)
