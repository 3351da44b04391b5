"""Questions of the quiz are read as strictly as everything else, and each mistake has its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load

Change = Callable[[str, str, str], None]
SOUND = """\
quiz.p1.written_early:
  topic: p1
  kind: single
  difficulty: 1
  about: [p1.goal_early]
  sources: [p1.goal_early]
  editorial: [explanation]
  text: {fr: "Quand écrire le but ?", en: "When to write down the goal?"}
  options:
    - {fr: "À la fin", en: "At the end"}
    - {fr: "Assez tôt", en: "Early enough"}
    - {fr: "Jamais", en: "Never"}
  right: [B]
  explanation: {fr: "Il guide la suite.", en: "It guides what follows."}
quiz.p1.case_of_a_goal:
  topic: p1
  kind: case
  difficulty: 2
  sources: [p1.goal_early]
  asks: phase
  case: {problem: "Smoke"}
  text: {fr: "Où en est l'équipe ?", en: "Where is the team?"}
  explanation: {fr: "Le but manque.", en: "There is no goal yet."}
"""


@pytest.fixture
def quizzed(folder: Path) -> Path:
    """The small base with two questions."""
    (folder / "quiz").mkdir()
    (folder / "quiz" / "p1.yaml").write_text(SOUND, "utf-8")
    return folder


def test_a_base_may_do_without_questions(folder: Path) -> None:
    base = load(folder)
    assert not base.quiz.written
    assert base.quiz.templates is None


def test_written_questions_are_read_and_are_no_entries(quizzed: Path) -> None:
    base = load(quizzed)
    quiz = base.quiz.written["quiz.p1.written_early"]
    assert (quiz.sort, quiz.subject, quiz.places) == ("single", "p1", (1,))
    assert base.file(quiz.id) == "quiz/p1.yaml"
    assert quiz.id not in base
    assert base.quiz.written["quiz.p1.case_of_a_goal"].asks == "phase"


SPOILED = [
    (
        "[p1.goal_early]\n  sources",
        "[p1.goal_late]\n  sources",
        "about: there is no 'p1.goal_late'",
    ),
    ("sources: [p1.goal_early]", "sources: [p1.goal_late]", "'p1.goal_late' is not in source.yaml"),
    ("[explanation]", "[moral]", "'moral' is no field here"),
    ("right: [B]", "right: [D]", "the letters D do not fit the options"),
    ("right: [B]", "right: [A, B]", "A, B is no right answer of single"),
    ("right: [B]", "right: []", "no letter is no right answer of single"),
    ("right: [B]", "right: [F]", "quiz.p1.written_early.right.0"),
    ("kind: single", "kind: order", "B is no right answer of order"),
    ("kind: single", "kind: several", "B is no right answer of several"),
    ("kind: single", "kind: true_false", "true_false has no options of its own"),
    ("kind: single", "kind: riddle", "quiz.p1.written_early.kind"),
    ("topic: p1", "topic: p2", "the id does not begin with quiz.p2."),
    ("topic: p1", "topic: p5", "quiz.p1.written_early.topic"),
    ("difficulty: 1", "difficulty: 4", "quiz.p1.written_early.difficulty"),
    ('    - {fr: "Jamais", en: "Never"}\n', "", "there are 2 options, 3 to 5 are wanted"),
    ('en: "Never"', 'en: "At the end"', "two options are the same in en"),
    ('en: "Never"', f'en: "{"Never " * 20}"', "at most 90"),
    ('en: "When to', f'en: "{"When " * 60} to', "at most 280"),
    ('en: "It guides', f'en: "{"It " * 80} guides', "at most 200"),
    (', en: "When to write down the goal?"', "", "text: en is missing"),
    ('en: "Never"', 'en: "Never\\nmore"', "a text breaks into lines"),
    ("  right: [B]\n", "  right: [B]\n  asks: phase\n", "only the kind case has"),
    ("  asks: phase\n", "", "a question about a case needs `case` and `asks`"),
    ("quiz.p1.case_of_a_goal", "p1.goal_early", "the id is used in"),
]


@pytest.mark.parametrize(("old", "new", "told"), SPOILED)
def test_a_mistake_is_told_with_its_file_and_what_to_do(
    quizzed: Path, change: Change, old: str, new: str, told: str
) -> None:
    change("quiz/p1.yaml", old, new)
    with pytest.raises(KnowledgeError) as caught:
        load(quizzed)
    found = [str(mistake) for mistake in caught.value.mistakes]
    assert any(told in each and "quiz/p1.yaml" in each and ". " in each for each in found), found


TEMPLATES = Path(__file__).parents[2] / "knowledge" / "quiz_templates.yaml"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  tip_of_step:", "  tip_of_stride:", "the pattern tip_of_step is missing"),
        ("mainly meant for this? \\\"{aim}", "mainly meant for this? \\\"{goal}", "other places"),
        ("type.network.informal", "type.network.formal", "no 'type.network.formal' to point to"),
        ("everywhere: [p3.trust", "everywhere: [p3.distrust", "no 'p3.distrust_credibility'"),
        ("sector: public", "sector: secret", "actors.ministry.sector"),
        ('fr: "Vrai", en: "True"', 'en: "True"', "fr is missing"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_templates_is_told_too(
    folder: Path, change: Change, old: str, new: str, told: str
) -> None:
    (folder / "quiz_templates.yaml").write_text(TEMPLATES.read_text("utf-8"), "utf-8")
    change("quiz_templates.yaml", old, new)
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    found = [str(mistake) for mistake in caught.value.mistakes]
    assert any(told in each and "quiz_templates.yaml" in each for each in found), found
