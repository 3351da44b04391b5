"""A slip in a YAML file is one line with file, line, key and remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, Mistake, load
from bot.knowledge.strict import located

Change = Callable[[str, str, str], None]


def told(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_key_given_twice(folder: Path, change: Change) -> None:
    change("tips/p1.yaml", "  kind: act\n", "  kind: act\n  kind: stance\n")
    line = "tips/p1.yaml:4: kind: the key 'kind' is there twice. Keep one of them."
    assert told(folder) == [line]


@pytest.mark.parametrize("word", ["no", "Yes", "on", "OFF"])
def test_a_bare_word_that_some_read_as_true_or_false(
    folder: Path, change: Change, word: str
) -> None:
    change("tools.yaml", 'edition: "2017"', f"edition: {word}")
    (line,) = told(folder)
    assert line.startswith("tools.yaml:1: ")
    assert f"{word} without quotation marks may be read as true or false" in line
    assert line.endswith(f'Write "{word}".')


@pytest.mark.parametrize("word", ["12:30", "2026-11-21", "0x10", "1e3", "y", "n"])
def test_what_other_programs_would_turn_into_something_else_stays_as_it_is(
    folder: Path, change: Change, word: str
) -> None:
    change("tools.yaml", 'edition: "2017"', f"edition: {word}")
    assert load(folder).tools["tool.1"].edition == word


def test_a_wrong_indent(folder: Path, change: Change) -> None:
    change("tips/p1.yaml", "  kind: act\n", "   kind: act\n")
    (line,) = told(folder)
    assert line.startswith("tips/p1.yaml:3: kind: ")
    assert line.endswith("Correct the indent, quotation marks or signs of this line.")


def test_a_colon_in_a_bare_text(folder: Path, change: Change) -> None:
    change("terms.yaml", "editorial: all", "editorial: all: none")
    (line,) = told(folder)
    assert line.startswith("terms.yaml:2: editorial: ")


def test_a_file_in_another_encoding(folder: Path) -> None:
    (folder / "terms.yaml").write_bytes("term.é: {}".encode("latin-1"))
    assert "terms.yaml: the file is not UTF-8. Save it as UTF-8." in told(folder)


def test_a_fault_deep_in_a_text_is_told_with_its_line(folder: Path, change: Change) -> None:
    change("cards.yaml", "Push nobody.", "Push {nobody}.")
    (line,) = told(folder)
    assert line.startswith("cards.yaml:14: card.conflict.watch_out: ")


def test_a_fault_told_of_a_folder_is_found_in_the_file_that_has_the_key(folder: Path) -> None:
    (found,) = located(folder, [Mistake("rules/", "phases.phase.p4", "it is odd", "Mend it")])
    assert (found.file, found.line > 0) == ("rules/phase.yaml", True)


def test_a_fault_without_a_place_stays_without_a_line(folder: Path) -> None:
    lost = Mistake("terms.yaml", "term.nowhere", "it is odd", "Mend it")
    assert located(folder, [lost]) == [lost]
    away = Mistake("nothing.yaml", "a.b", "it is odd", "Mend it")
    assert located(folder, [away]) == [away]
