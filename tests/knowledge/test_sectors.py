"""A name tells the sector, or the bot asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.knowledge.model import SECTORS
from bot.knowledge.sectors import CERTAIN, guess
from bot.knowledge.text import plain
from tests.knowledge.figures import organisations, sectors

CASES = organisations()
OPEN = [name for name, sector in CASES if sector is None]


def test_most_names_are_told_right_and_hardly_any_wrongly_with_confidence(real: Knowledge) -> None:
    wrong, sure = sectors(real)
    assert len(CASES) >= 150
    assert len(wrong) <= len(CASES) * 0.15, wrong
    assert len(sure) <= len(CASES) * 0.03, sure


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Universität Bonn", "academia"),
        ("Université de Lomé", "academia"),
        ("Ministère de la Pêche", "public"),
        ("Stadt Köln", "public"),
        ("Mairie de Dakar", "public"),
        ("Textil Müller GmbH", "private"),
        ("Savonnerie du Sud S.A.R.L.", "private"),
        ("Naturfreunde e. V.", "civil_society"),
        ("ONG Eau Vive", "civil_society"),
        ("WWF", "civil_society"),
    ],
)
def test_a_plain_name_is_told_without_asking_back(real: Knowledge, name: str, sector: str) -> None:
    found = guess(real, name)
    assert (found.sector, found.ask) == (sector, False)
    assert found.confidence >= CERTAIN


@pytest.mark.parametrize("name", OPEN)
def test_where_the_source_leaves_it_open_the_bot_asks(real: Knowledge, name: str) -> None:
    found = guess(real, name)
    assert (found.sector, found.ask) == (None, True)


@pytest.mark.parametrize("name", ["Marie Dupont", "", "???", "Kibo"])
def test_a_name_that_says_nothing_has_no_confidence(real: Knowledge, name: str) -> None:
    assert guess(real, name).confidence == 0


def test_what_an_organisation_is_about_does_not_outweigh_what_it_is(real: Knowledge) -> None:
    assert guess(real, "Ministère des Universités").sector == "public"
    assert guess(real, "Association des maires").sector == "civil_society"


def test_two_signs_that_contradict_each_other_lower_the_confidence(real: Knowledge) -> None:
    assert (
        guess(real, "Institut de recherche").confidence
        > guess(real, "Institut de recherche SARL").confidence
    )
    assert guess(real, "Institut de recherche SARL").ask


def test_a_guess_to_be_asked_about_is_never_certain(real: Knowledge) -> None:
    for name, _ in CASES:
        found = guess(real, name)
        assert 0 <= found.confidence <= 1
        assert found.ask == (found.sector is None or found.confidence < CERTAIN)


def test_no_clue_stands_for_two_sectors(real: Knowledge) -> None:
    seen: dict[str, str | None] = {}
    twice = [
        word
        for clue in real.sectors.clues
        for word in (*clue.words, *clue.last)
        if seen.setdefault(plain(word), clue.sector) != clue.sector
    ]
    assert twice == []


@given(st.text())
def test_whatever_the_name_the_guess_is_a_sector_or_a_question(real: Knowledge, name: str) -> None:
    found = guess(real, name)
    assert found.sector in (*SECTORS, None)
    assert 0 <= found.confidence <= 1
    assert found.ask or found.sector is not None
