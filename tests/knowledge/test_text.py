"""Typed text is made comparable; command words count only when they are the whole message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.knowledge.text import fold, match, plain, tokens


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("aide", "help"), ("HELP !", "help"), ("Hilfe", "help"), ("¿Ayuda?", "help"), ("?", "help"),
        ("Retour.", "back"), ("back", "back"), ("zurück", "back"), ("atras", "back"),
        ("passer", "skip"), ("skip", "skip"), ("später", "skip"),
        ("je ne sais pas", "unknown"), ("Je sais pas...", "unknown"), ("I don’t know", "unknown"),
        ("weiss nicht", "unknown"), ("no sé", "unknown"),
        ("annuler", "cancel"), ("stop", "cancel"), ("menu", "menu"), ("MENÜ", "menu"),
        ("langue", "language"), ("Sprache", "language"), ("oui", "yes"), ("Ja!", "yes"),
        ("sí", "yes"), ("non", "no"), ("no", "no"), ("nein", "no"), ("merci", "thanks"),
        ("bonjour", "greeting"), ("récapitulatif", "review"), ("parler à quelqu'un", "person"),
    ],
)  # fmt: skip
def test_a_command_word_is_understood_in_every_language(
    real: Knowledge, typed: str, intent: str
) -> None:
    assert match(real.intents, typed) == intent


@pytest.mark.parametrize(
    "typed",
    [
        "le retour des oiseaux", "une aide alimentaire", "help the farmers", "no water", "",
        "oui, les paysans", "menu des cantines", "   ", "...", "/help", "x" * 5000,
    ],
)  # fmt: skip
def test_an_answer_that_holds_a_command_word_stays_an_answer(real: Knowledge, typed: str) -> None:
    assert match(real.intents, typed) is None or typed == "/help"


def test_every_intent_has_words_in_every_declared_language(real: Knowledge) -> None:
    names = set(real.intents.names)
    assert {"help", "menu", "back", "skip", "unknown", "cancel", "language"} <= names
    assert {"yes", "no", "review", "thanks", "greeting", "person"} <= names


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Élève", "eleve"), ("Straße", "strasse"), ("ŒUVRE", "oeuvre"), ("Ærø", "aero")],
)
def test_folding_takes_accents_and_capitals_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_an_apostrophe_or_a_hyphen_parts_two_words() -> None:
    assert tokens("L’objectif, sous-main d'abord") == [
        "l",
        "objectif",
        "sous",
        "main",
        "d",
        "abord",
    ]


@given(st.text())
def test_reading_a_text_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
