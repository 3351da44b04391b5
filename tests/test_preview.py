"""`amorce preview` shows a card or a question as each channel does."""

import json

import pytest

from bot.__main__ import main


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["preview", *words]) == 0
    return capsys.readouterr().out


def test_a_card_is_shown_side_by_side_in_three_channels(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "p3.red_lines", "--lang", "de")
    telegram, terminal, web = (
        text.index(f"=== {name}") for name in ("telegram", "terminal", "web")
    )
    assert telegram < terminal < web
    assert "<b>Nennen Sie Ihre rote Linie, so offen Sie können</b>" in text[telegram:terminal]
    assert "[ Woher das stammt ]" in text[telegram:terminal]
    assert "<b>" not in text[terminal:web]
    assert "   1  " in text[terminal:web]
    assert "<button" in text[web:]


@pytest.mark.parametrize("lang", ["fr", "en", "de", "es"])
@pytest.mark.parametrize(
    "name", ["p1", "tool.46", "card.activists_at_risk", "partnership.fiti", "type.msp", "x.trust"]
)
def test_every_side_is_there_in_every_language(
    capsys: pytest.CaptureFixture[str], name: str, lang: str
) -> None:
    told = json.loads(shown(capsys, name, "--lang", lang, "--json"))
    assert (told["id"], told["lang"]) == (name, lang)
    assert len(told["messages"]) >= 2
    assert all(set(each) == {"telegram", "terminal", "web"} for each in told["messages"])


def test_a_question_comes_with_its_buttons(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "intake.trigger", "--lang", "es")
    assert "¿Por qué actuar ahora?" in text
    assert "[ Una crisis ]" in text


def test_example_values_are_filled_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert "[most]" in shown(capsys, "actors.many", "--lang", "en")


def test_a_question_of_the_quiz_comes_with_its_answer_and_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = shown(capsys, "quiz.tools.tool_of_aim.51", "--lang", "de")
    assert "<b>Welches Werkzeug ist vor allem dafür gedacht?" in text
    assert ". Ein Moment der Stille\n" in text
    assert "✓ <b>B</b>" in text
    assert "Gemeint ist das Werkzeug „Ein Moment der Stille“." in text


def test_an_id_that_is_not_there_is_told_with_what_comes_near(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["preview", "red_line"]) == 2
    assert "perhaps p3.red_lines" in capsys.readouterr().err


def test_the_link_to_a_page_can_be_read_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "card.core_group", "--lang", "fr")
    terminal = text[text.index("=== terminal") : text.index("=== web")]
    assert "https://msptoolkit.scalingupnutrition.org" in terminal
