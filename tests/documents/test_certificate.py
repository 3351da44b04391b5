"""The certificate of participation: one page with a name, and no word about how it went."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents.certificate import Certificate, certificate_pdf
from tests.documents.reading import pages, text_of, words_of
from tests.documents.samples import DAY, HOSTILE, LANGUAGES, saying

CERTIFICATE = Certificate("Éloïse Ndiaye", "Lagoon", DAY, 14, "Jürgen Groß")
TITLES = {
    "fr": "Attestation de participation",
    "en": "Certificate of participation",
    "de": "Teilnahmebestätigung",
    "es": "Constancia de participación",
}


def test_it_says_who_took_part_in_what_and_when() -> None:
    assert words_of(certificate_pdf(CERTIFICATE, "en", saying("en"))) == (
        "Certificate of participation Éloïse Ndiaye took part in the quiz Lagoon "
        "on 12 March 2027, with 14 questions "
        "Jürgen Groß Led by"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_certificate(language: str) -> None:
    pdf = certificate_pdf(CERTIFICATE, language, saying(language))
    told = words_of(pdf)
    assert told.startswith(f"{TITLES[language]} Éloïse Ndiaye ")
    assert "2027" in told
    assert f"/Lang({language})".encode() in pdf


def test_whoever_is_not_told_leaves_no_empty_line() -> None:
    bare = replace(CERTIFICATE, trainer=" ")
    told = words_of(certificate_pdf(bare, "en", saying("en")))
    assert told.endswith("with 14 questions")


@pytest.mark.parametrize(
    "name",
    [
        HOSTILE,
        "María José Fernández-Villaverde de la Santísima Trinidad y Ordóñez de los Campos",
        "Žofie Đặng Ğül Łukasz",
    ],
)
def test_a_name_stands_there_as_it_was_typed(name: str) -> None:
    pdf = certificate_pdf(replace(CERTIFICATE, name=name), "en", saying("en"))
    assert name in words_of(pdf)
    assert pages(pdf) == 1


def test_words_without_end_still_fit_on_the_page() -> None:
    wide = replace(CERTIFICATE, name="W" * 120, title="W" * 120, trainer="W" * 120)
    pdf = certificate_pdf(wide, "de", saying("de"))
    told = text_of(pdf)
    assert told.count("W") == 360
    assert max(line.count("W") for line in told.splitlines()) < 80
    assert pages(pdf) == 1


def test_the_same_certificate_has_the_same_bytes() -> None:
    first, again = (certificate_pdf(CERTIFICATE, "fr", saying("fr")) for _ in range(2))
    assert first == again
    assert b"<pdfuaid:part>1</pdfuaid:part>" in first
