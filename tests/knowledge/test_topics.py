"""A founder's own words suggest a topic and partnerships to look at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.knowledge.topics import similar, suggest


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Les prises de poisson baissent dans la lagune", "topic.fisheries"),
        ("Les familles n'ont pas d'eau potable", "topic.water"),
        ("Des pots-de-vin partout", "topic.corruption"),
        ("Cocoa farmers earn too little for their cocoa", "topic.cocoa"),
        ("Trop de DÉCHETS plastiques dans la rivière", "topic.waste"),
        ("Jugendliche finden keine Lehrstelle, die Betriebe keine Lehrlinge", "topic.education"),
        ("Das Grundwasser im Kreis wird knapp", "topic.water"),
        ("Die Näherinnen arbeiten zwölf Stunden am Tag", "topic.textiles"),
        ("El plástico tapa las redes de la laguna", "topic.waste"),
        ("En las fincas de cacao trabajan menores", "topic.cocoa"),
        ("Talan el bosque y los ríos se secan", "topic.forests"),
        ("Wir danken für Ihre Hilfe und grüßen herzlich", None),
        ("Muchas gracias y un saludo", None),
        ("Merci de nous aider, la solution est élevée", None),
        ("", None),
    ],
)
def test_cues_at_the_beginning_of_words_suggest_a_topic(
    real: Knowledge, text: str, topic: str | None
) -> None:
    assert suggest(real, text) == topic


def test_more_different_cues_win_and_of_two_level_topics_the_one_named_first(kb: Knowledge) -> None:
    assert suggest(kb, "eau potable, cacao") == "topic.water"
    assert suggest(kb, "cacao, eau potable") == "topic.cocoa"
    assert suggest(kb, "eau potable, puis cacao et chocolat") == "topic.cocoa"


def test_a_word_said_again_does_not_count_twice(kb: Knowledge) -> None:
    assert suggest(kb, "eau potable, cacao, cacao, cacao") == "topic.water"


def test_a_cue_inside_a_word_does_not_count(kb: Knowledge) -> None:
    assert suggest(kb, "underwater") is None


def test_partnerships_on_the_topic_are_offered_nearest_first(real: Knowledge) -> None:
    found = similar(real, "la transparence de la pêche", "topic.fisheries")
    assert found[0] == "partnership.fiti"
    assert len(found) <= 3
    assert all("topic.fisheries" in real.partnerships[name].topic for name in found)


def test_no_more_than_three_partnerships_are_offered(real: Knowledge) -> None:
    assert len(similar(real, "cacao", "topic.cocoa")) == 3


def test_without_a_topic_the_text_decides(kb: Knowledge) -> None:
    assert similar(kb, "la rivière déborde", None) == ("partnership.river",)
    assert similar(kb, "rien de tel", None) == ()


@given(st.text())
def test_whatever_the_text_a_topic_is_known_or_none(real: Knowledge, text: str) -> None:
    assert suggest(real, text) in (*real.topics, None)
