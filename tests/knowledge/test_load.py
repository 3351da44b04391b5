"""The folder is read strictly, and every mistake is told at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, KnowledgeError, load, mistakes

Change = Callable[[str, str, str], None]


def told(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_the_small_base_loads_without_a_mistake(kb: Knowledge) -> None:
    assert len(kb.tools) == 60
    assert kb.tips["p1.goal_early"].tools == (41, 52)
    assert list(kb.tips) == ["p1.goal_early", "p3.secure_funding"]


def test_the_real_base_loads_and_hangs_together(real: Knowledge) -> None:
    assert mistakes(real) == []
    assert (len(real.tips), len(real.tools), len(real.purposes)) == (33, 60, 15)


def test_the_whole_base_is_reviewed_too(kb: Knowledge) -> None:
    found = {mistake.file for mistake in mistakes(kb)}
    assert found == {"rules/"}, "the small base has two tips, the rules speak of all"


def test_every_entry_tells_kind_languages_sources_and_tools(kb: Knowledge) -> None:
    found = {entry.id: entry for entry in kb.entries()}
    tip = found["p1.goal_early"]
    assert (tip.kind, tip.languages) == ("tip", ("fr", "en"))
    assert (tip.sources, tip.tools) == (("p1.goal_early",), (41, 52))
    assert found["tool.7"].tools == (7,)
    assert found["partnership.river"].kind == "partnership"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("fr", "Écrivez une phrase."), ("en", "Write one sentence."), ("de", "Write one sentence.")],
)
def test_a_text_falls_back_to_english(kb: Knowledge, lang: str, text: str) -> None:
    assert kb.text("p1.goal_early", "steps.0", lang) == text


def test_an_unknown_id_or_field_is_named(kb: Knowledge) -> None:
    with pytest.raises(KeyError, match=r"p9\.nothing"):
        kb.entry("p9.nothing")
    with pytest.raises(KeyError, match="moral"):
        kb.text("p1.goal_early", "moral", "fr")


def test_a_plain_title_is_the_same_in_every_language(kb: Knowledge) -> None:
    assert kb.text("partnership.river", "title", "de") == "River Example Alliance"


def test_dialog_patterns_have_the_name_of_their_file_first(kb: Knowledge) -> None:
    assert kb.patterns["intake.problem.ask"]["en"] == "Which problem brings you together?"


def test_a_loaded_base_cannot_be_changed(kb: Knowledge) -> None:
    with pytest.raises(TypeError):
        kb.tips["p1.goal_early"].title["fr"] = "autre"  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        kb.tips["p1.goal_early"].phase = "p2"


SPOILED = [
    ("tips/p1.yaml", "[41]", "[61]", "p1.goal_early.tools: there is no 'tool.61'"),
    ("tips/p1.yaml", "kind: act", "kind: deed", "tips/p1.yaml:3: p1.goal_early.kind"),
    ("tips/p1.yaml", "x.resources", "x.nothing", "there is no 'x.nothing'"),
    ("tips/p1.yaml", "p1.q.right_method", "p1.q.wrong", "there is no 'p1.q.wrong'"),
    ("tips/p1.yaml", "  why:", "  whi:", "p1.goal_early.whi: Extra inputs"),
    ("tips/p1.yaml", "Préciser", "Préciser " + "x" * 60, "at most 60"),
    ("tips/p1.yaml", "Préciser", "Préciser {x}", "texts are plain"),
    ("tips/p1.yaml", "Un but clair", "Le diagnostic", "'diagnostic' is a word we avoid"),
    ("tips/p1.yaml", ", en: \"Settle the goal\"", "", "p1.goal_early.title: en is missing"),
    ("tips/p1.yaml", "sources: [p1.goal_early]", "sources: [p1.other]", "'p1.other' is not in"),
    ("tips/p1.yaml", "sources: [p1.goal_early]", "sources: []", "no source is named"),
    ("tips/p1.yaml", "editorial: [steps", "editorial: [step", "'step' is no field here"),
    ("tips/p3.yaml", "p3.secure_funding:", "p3.other:", "p3.secure_funding: this entry is missing"),
    ("tips/p3.yaml", "p3.secure_funding:", "p3.other:", "p3.other: the source has no such tip"),
    ("tools.yaml", "tool.60: {number: 60", "tool.61: {number: 61", "tool.60: this entry is"),
    ("tools.yaml", "tool.7: {number: 7", "tool.7: {number: 8", "the number 8 does not fit"),
    ("tools.yaml", "[p1.tool.derive_objective]", "[p1.tool.x]", "there is no 'p1.tool.x'"),
    ("terms.yaml", "term.mou", "def.msp", "the id is used in definition.yaml too"),
    ("terms.yaml", "en:", "it:", "it is no declared language"),
    ("phases.yaml", "p4:", "p5:", "phases.yaml: p4: this entry is missing"),
    ("partnerships.yaml", "fits: \"yes\"", "fits: true", "partnership.fonds.fits"),
    ("partnerships.yaml", "[topic.cocoa]", "[topic.gold]", "there is no 'topic.gold'"),
    ("partnerships.yaml", "[public, private]", "[public, press]", "partnership.river.sectors"),
    ("source.yaml", "id: p2,", "id: p1,", "source.yaml:2: p1: the id is there twice"),
    ("intents.yaml", "[retour]", "[retour, aide]", "'aide' already means help"),
    ("intents.yaml", "fr: [non], ", "", ": no: fr is missing"),
    ("dialogs/intake.yaml", "fr:", "it:", "fr is missing; it is no declared language"),
    ("dialogs/intake.yaml", "Which problem", "Which failure", "'failure' is a word we avoid"),
    ("sectors.yaml", "sector: private", "sector: press", "clues.company.sector"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), SPOILED)
def test_a_mistake_names_file_key_and_remedy(
    folder: Path, change: Change, file: str, old: str, new: str, expected: str
) -> None:
    change(file, old, new)
    assert expected in "\n".join(told(folder))


def test_all_mistakes_are_told_at_once(folder: Path, change: Change) -> None:
    change("tips/p1.yaml", "[41]", "[61]")
    change("tools.yaml", "number: 7,", "number: seven,")
    change("terms.yaml", "term.mou", "def.msp")
    (folder / "facts.yaml").unlink()
    files = {line.partition(":")[0] for line in told(folder)}
    assert files == {"tips/p1.yaml", "tools.yaml", "terms.yaml", "facts.yaml"}


def test_a_missing_file_is_told_once_and_not_for_each_of_its_entries(folder: Path) -> None:
    (folder / "tools.yaml").unlink()
    assert told(folder) == ["tools.yaml: the file is missing. Add it, or give the right folder."]


def test_one_kind_may_be_spread_over_a_folder(folder: Path) -> None:
    (folder / "terms").mkdir()
    (folder / "terms.yaml").rename(folder / "terms" / "words.yaml")
    assert list(load(folder).terms) == ["term.mou"]


def test_a_folder_that_is_not_there_is_told_clearly(tmp_path: Path) -> None:
    assert "phases.yaml: the file is missing" in "\n".join(told(tmp_path / "nowhere"))
