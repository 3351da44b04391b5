"""Each safety net was seen to hold: a planted mistake is told with its file, key and remedy."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.check import messages
from bot.dialogs import register
from bot.knowledge import Knowledge, KnowledgeError, load, mistakes
from bot.knowledge.wording import heard

Change = Callable[[str, str, str], None]
MOMENT = '  person: {fr: "Parlez à une personne neutre.", en: "Talk to a neutral person."}\n'
WORDS = "Deux partenaires ne s'entendent plus."


def told(folder: Path) -> str:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return "\n".join(map(str, caught.value.mistakes))


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("points.yaml", "p1.n.triggers:", "p1.n.other:", "p1.n.triggers: this entry is missing"),
        ("points.yaml", "p1.n.triggers:", "p1.n.other:", "'p1.n.other' is not in source.yaml"),
        ("points.yaml", "of: p1", "of: p9", "p1.n.triggers.of: there is no 'p9'"),
        ("points.yaml", "le plus souvent", "toujours", "the source hedges this (usually), fr"),
        ("points.yaml", "usually", "always", "Say one of: usually."),
        ("hedges.yaml", "usually:", "mostly:", "no words keep the hedge 'usually' in fr"),
        ("cards.yaml", "Two partners no longer get on.", WORDS, "en says the same as fr"),
        ("cards.yaml", "seen: [S20]", "seen: [S21]", "there is no page 'S21' in references"),
        ("cards.yaml", "[41]", "[61]", "card.conflict.tools: there is no 'tool.61'"),
        ("cards.yaml", "[p3.secure_funding]", "[p3.none]", "there is no 'p3.none'"),
        ("cards.yaml", "[x.resources]", "[x.none]", "there is no 'x.none'"),
        ("cards.yaml", MOMENT, "", "a hard moment needs steps, and a person to talk to"),
        ("cards.yaml", "confidence: seen", "confidence: sure", "Input should be 'ours'"),
        ("references.yaml", "https://example.org/core-groups", "example.org", "S20.address"),
    ],
)  # fmt: skip
def test_a_planted_mistake_is_told(
    folder: Path, change: Change, file: str, old: str, new: str, expected: str
) -> None:
    change(file, old, new)
    assert expected in told(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("cards.yaml", "seen: [S20]", "seen: []", "S20"),
        ("tips/p1.yaml", "[x.resources]", "[]", "x.resources"),
    ],
)
def test_what_nothing_leads_to_is_an_orphan(
    folder: Path, change: Change, file: str, old: str, new: str, key: str
) -> None:
    for tip in ("tips/p3.yaml",) if key == "x.resources" else ():
        change(tip, "challenges: [x.resources]", "challenges: []")
    change(file, old, new)
    assert [m.key for m in mistakes(load(folder)) if "an orphan" in m.what] == [key]


def example(folder: Path, text: str) -> list[str]:
    """What is told of the small base with these examples of French questions."""
    (folder / "asked").mkdir()
    (folder / "asked" / "fr.yaml").write_text(text, "utf-8")
    (folder / "asked" / "en.yaml").write_text("card.conflict: [a row]\n", "utf-8")
    found = [one for one in mistakes(load(folder)) if one.file == "asked/fr.yaml"]
    return [f"{one.key}: {one.what}" for one in found if "no example shows" not in one.what]


def test_an_example_of_no_entry_is_told(folder: Path) -> None:
    found = example(folder, "card.nothing: [une dispute]\n")
    assert found == ["card.nothing: there is no such entry"]


def test_an_example_that_two_entries_claim_is_told(folder: Path) -> None:
    found = example(folder, "card.conflict: [Une dispute]\nterm.mou: [une dispute ?]\n")
    assert found == ["term.mou: 'une dispute ?' stands under card.conflict too"]


def test_examples_that_are_no_list_are_told(folder: Path) -> None:
    (folder / "asked").mkdir()
    (folder / "asked" / "fr.yaml").write_text("card.conflict: une dispute\n", "utf-8")
    assert "asked/fr.yaml:1: card.conflict: this is no list of words" in told(folder)


def test_an_entry_without_examples_is_told(folder: Path) -> None:
    (folder / "asked").mkdir()
    (folder / "asked" / "fr.yaml").write_text("card.conflict: [une dispute]\n", "utf-8")
    found = {(one.file, one.key) for one in mistakes(load(folder)) if "no example" in one.what}
    assert ("asked/fr.yaml", "term.mou") in found
    assert ("asked/en.yaml", "card.conflict") in found
    assert ("asked/fr.yaml", "card.conflict") not in found


def spoken(real: Knowledge, text: str) -> list[str]:
    """What is told of the real base when one text of a dialog says this in Spanish."""
    key = "menu.known"
    texts = MappingProxyType({**real.patterns[key], "es": text})
    spoilt = replace(real, patterns=MappingProxyType({**real.patterns, key: texts}))
    found = messages.mistakes(spoilt, register())
    return [f"{one.file}: {one.key}: {one.what}" for one in found]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<b>Hola", "<b> is not closed"),
        ("Hola</b>", "</b> closes nothing"),
        ("<b><i>Hola</b></i>", "</b> closes nothing"),
        ("<p>Hola</p>", "<p> is not allowed so"),
        ("<b class='x'>Hola</b>", "<b> is not allowed so"),
        ("3 < 4", "a < stands alone"),
    ],
)
def test_html_that_telegram_would_refuse_is_seen(real: Knowledge, text: str, fault: str) -> None:
    line = f"dialogs/menu.yaml: menu.known.es: Telegram would refuse its HTML: {fault}"
    assert spoken(real, text) == [line]


def test_a_message_that_is_too_long_is_seen(real: Knowledge) -> None:
    assert spoken(real, "a" * 600) == []
    (line,) = spoken(real, "a" * 601)
    assert "the message has 601 characters, at most 600" in line


def test_a_card_that_is_too_long_as_a_whole_is_seen(real: Knowledge) -> None:
    card = real.cards["card.conflict"]
    text = MappingProxyType({**card.text, "de": "x" * 400})
    watch = MappingProxyType({**card.watch_out, "de": "x" * 250})
    assert card.person is not None
    person = MappingProxyType({**card.person, "de": "x" * 350})
    long = card.model_copy(update={"text": text, "watch_out": watch, "person": person})
    spoilt = replace(real, cards=MappingProxyType({**real.cards, card.id: long}))
    assert [m.key for m in messages.mistakes(spoilt, register())] == ["card.conflict.de"]


def test_a_word_we_avoid_is_found_as_a_whole_word_with_any_ending() -> None:
    assert list(heard("Ihre Zielgruppen", ["zielgruppe*"])) == ["zielgruppen"]
    assert list(heard("Kein Ziel, keine Gruppe", ["zielgruppe*"])) == []
    assert list(heard("so offen Sie können", ["so offen"])) == ["so offen"]
    assert list(heard("aussi clairement que possible", ["aussi * que possible"])) != []
    assert list(heard("Partner·innen", ["·"])) == ["·"]
