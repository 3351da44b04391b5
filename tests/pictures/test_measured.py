"""Steps, bars and spreads: what is told, and what must not be."""

import re

import pytest

from bot.pictures import bars, spread, steps
from bot.pictures.axis import axis
from tests.pictures.samples import (
    TOO_FEW,
    Tree,
    bars_picture,
    classed,
    described,
    seen,
    spread_picture,
    steps_picture,
    whole,
)


def one(value: bars.Value | None) -> str:
    rows = (bars.Bar("Lancement", (value,)), bars.Bar("Départ", (bars.Value(40, "40"),)))
    return bars.draw(bars.BarsPicture("Équipes", rows, TOO_FEW))


def long(drawn: str, place: int = 0) -> float:
    return float(classed(drawn, "bar")[place].get("width", ""))


def test_every_step_has_its_name_and_its_state_in_words() -> None:
    shown = seen(steps.draw(steps_picture()))
    pairs = [("Départ", "faite"), ("Lancement", "à reprendre"), ("Début", "ouverte")]
    for name, state in pairs:
        assert shown[shown.index(name) + 1] == state


def test_the_states_differ_by_their_sign_and_not_only_by_colour() -> None:
    drawn = steps.draw(steps_picture())
    signs = {re.sub(r"[\d.]+", "", form(each)) for each in classed(drawn, "step")}
    assert len(signs) == 4


def form(step: Tree.Element) -> str:
    return " ".join(f"{each.tag}{each.get('d', '')}" for each in list(step)[1].iter())


def test_only_the_main_step_is_marked() -> None:
    drawn = steps.draw(steps_picture())
    assert len(classed(drawn, "main")) == 1
    assert seen(drawn).count("étape du moment") == 1
    assert "Recherche: commencée (étape du moment)" in described(drawn)


def test_steps_are_not_counted_or_scored() -> None:
    drawn = steps.draw(steps_picture())
    assert not re.search(r"\d|%", whole(drawn) + described(drawn))


def test_a_bar_is_as_long_as_its_number() -> None:
    drawn = one(bars.Value(10, "10"))
    assert long(drawn, 1) == pytest.approx(4 * long(drawn), abs=0.5)


def test_nought_is_a_number_and_has_no_bar() -> None:
    drawn = one(bars.Value(0, "0"))
    assert "0" in seen(drawn)
    assert len(classed(drawn, "bar")) == 1


def test_too_few_is_never_shown_as_a_number() -> None:
    drawn = one(None)
    assert TOO_FEW in seen(drawn)
    assert f"Lancement: {TOO_FEW}" in described(drawn)
    assert len(classed(drawn, "bar")) == 1
    assert "None" not in drawn


def test_nothing_of_an_untold_number_can_be_read_from_its_stub() -> None:
    def stub(highest: float) -> str:
        rows = (bars.Bar("a", (None,)), bars.Bar("b", (bars.Value(highest, "b"),)))
        drawn = bars.draw(bars.BarsPicture("x", rows, TOO_FEW))
        return Tree.tostring(classed(drawn, "hatched")[0], encoding="unicode")

    assert stub(3) == stub(90_000)


def test_both_series_are_named_and_told_apart_by_shape() -> None:
    drawn = bars.draw(bars_picture())
    assert {"équipes", "avec prochain pas", "34", "12"} <= set(seen(drawn))
    assert {each.get("fill") for each in classed(drawn, "bar")} == {"currentColor"}
    assert {each.get("fill") for each in classed(drawn, "bar-second")} == {"none"}


def test_a_single_series_needs_no_key() -> None:
    assert not classed(one(None), "key")


def test_bars_without_any_number_have_no_scale() -> None:
    rows = (bars.Bar("Lancement", (None,)),)
    drawn = bars.draw(bars.BarsPicture("Équipes", rows, TOO_FEW, unit="équipes"))
    assert seen(drawn) == ["Lancement", TOO_FEW]


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_what_cannot_be_measured_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="to measure"):
        bars.Value(value, "?")


@pytest.mark.parametrize("highest", [0.2, 1, 4, 5.1, 37, 100, 1234, 10**12])
def test_a_scale_reaches_the_highest_number_in_few_round_steps(highest: float) -> None:
    scale = axis([highest], 2, 100)
    assert scale.top >= highest
    assert 2 <= len(scale.ticks) <= 6
    assert str(scale.step)[0] in "125"


def test_numbers_on_a_scale_never_touch_each_other() -> None:
    rows = (bars.Bar("a", (bars.Value(10**12, "viel"),)),)
    drawn = bars.draw(bars.BarsPicture("x", rows, TOO_FEW))
    numbers = [text for text in seen(drawn) if text.startswith(("0", "2", "4", "6", "8", "1"))]
    assert len(numbers) == 3


def test_the_median_lies_within_the_line_and_the_numbers_are_printed() -> None:
    drawn = spread.draw(spread_picture())
    assert "30 (12 à 58)" in seen(drawn)
    line = next(each for each in classed(drawn, "half") if float(each.get("x", "0")) > 0)
    found = re.match(r"M([\d.]+)", classed(drawn, "middle")[-1].get("d", ""))
    assert found
    start = float(line.get("x", ""))
    assert start < float(found[1]) < start + float(line.get("width", ""))


def test_a_spread_of_too_few_shows_no_number_even_if_one_is_handed_in() -> None:
    drawn = spread.draw(spread_picture())
    assert TOO_FEW in seen(drawn)
    assert len(classed(drawn, "hatched")) == 1
    assert "777" not in drawn


def test_quarters_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        spread.Quarters(3, 2, 4)


def test_a_diamond_at_nought_stays_inside_the_picture() -> None:
    rows = (spread.Spread("a", spread.Quarters(0, 0, 9), "0"),)
    drawn = spread.draw(spread.SpreadPicture("x", rows, "m", "h", TOO_FEW))
    found = re.match(r"M([\d.]+)", classed(drawn, "middle")[-1].get("d", ""))
    assert found
    assert float(found[1]) >= 8
