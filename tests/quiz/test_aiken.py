"""Aiken: questions with one right answer, and every mistake with its line."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.quiz import exchange
from bot.quiz.item import ONE_RIGHT, Item, said
from bot.render import Renderer
from tests.quiz.items import ITEMS, LANGUAGES, WIDE, in_language, knowledge, without_notes


def read(text: str) -> exchange.Read:
    return exchange.read("aiken", text.encode(), "en")


@given(ITEMS)
def test_question_options_and_answer_come_back_the_same(items: list[Item]) -> None:
    written = exchange.write("aiken", items, "en")
    carried = [item for item in items if item.id not in written.left_out]
    assert all(item.kind in ONE_RIGHT for item in carried)
    assume(carried)
    # On one line two options may become the same.
    told = without_notes(carried)
    found = exchange.read("aiken", written.text.encode(), "en", WIDE)
    assert without_notes(found.items) == told
    assert found.mistakes == ()


def test_what_aiken_cannot_carry_is_named_and_nothing_else() -> None:
    items = in_language("de")
    written = exchange.write("aiken", items, "de")
    assert set(written.left_out) == {i.id for i in items if i.kind in {"several", "order"}}
    assert len(exchange.read("aiken", written.text.encode(), "de", WIDE).items) == len(items) - len(
        written.left_out
    )


@pytest.mark.parametrize("question", ["A. Smith wrote what?", "ANSWER: which?", "b) or not b)?"])
def test_a_question_that_would_be_misread_is_left_out(question: str) -> None:
    item = Item("x", "single", {"en": question}, ({"en": "a"}, {"en": "b"}), (0,))
    assert exchange.write("aiken", [item], "en") == exchange.Written("", ("x",))


def test_the_usual_ways_of_writing_are_understood() -> None:
    text = "\ufeffWhich\none?\r\na) one\r\nB. two\r\n\r\nC)  three\r\nanswer: c\r\n\r\n"
    found = read(f"{text}I. Kant?\nA. x\nB. y\nANSWER:A\n")
    assert found.mistakes == ()
    first, second = found.items
    assert said(first.text, "en") == "Which\none?"
    assert [said(option, "en") for option in first.options] == ["one", "two", "three"]
    assert (first.right, second.right) == ((2,), (0,))
    assert said(second.text, "en") == "I. Kant?"


WRONG = {
    "Q\nA. x\nB. y\n": ("answer_missing", 1),
    "Q\nA. x\nB. y\nANSWER: C": ("answer_letter", 4),
    "Q\nA. x\nB. y\nANSWER: A, B": ("answer_letter", 4),
    "Q\nA. x\nB. y\nANSWER:": ("answer_letter", 4),
    "Q\nA. x\nC. y\nANSWER: A": ("letter_order", 3),
    "Q\nA. x\ngoes on\nB. y\nANSWER: A": ("aiken_line", 3),
    "A. x\nB. y\nANSWER: A": ("question_missing", 1),
    "Q\nA. x\nB.\nANSWER: A": ("option_empty", 3),
    "Q\nA. x\nB. X\nANSWER: A": ("same_options", 3),
    "Q\nA. x\nANSWER: A": ("few_options", 1),
    "Q\nANSWER: A": ("few_options", 1),
    "Q\n" + "".join(f"{letter}. {letter}\n" for letter in "ABCDEFG") + "ANSWER: A": (
        "many_options",
        1,
    ),
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: WRONG[text][0])
def test_one_bad_question_is_named_and_the_others_are_offered(text: str) -> None:
    good = "Good?\nA. yes\nB. no\nANSWER: A\n\n"
    found = read(f"{good}{text}\n\n{good}")
    assert [said(item.text, "en") for item in found.items] == ["Good?", "Good?"]
    (mistake,) = found.mistakes
    key, line = WRONG[text]
    assert (mistake.key, mistake.line) == (f"quiz_file.{key}", 5 + line)
    for language in LANGUAGES:
        assert Renderer(knowledge()).pattern(mistake.key, mistake.values, language)


def test_a_text_file_is_known_by_its_answers() -> None:
    found = exchange.read("questions.txt", b"Q\nA. x\nB. y\nANSWER: B\n", "en")
    assert (found.form, len(found.items)) == ("aiken", 1)


ANSWERS = "A. one\nB. two\nANSWER: B\n\n"
UNKNOWN = ANSWERS.replace("ANSWER: B", "ANSWER: C")
GIFT = (
    "Look at this:\nANSWER: A\nWhat is it? {=one\n~two\n####A. is no letter here\nANSWER: A\n}\n\n"
)


@pytest.mark.parametrize(
    ("text", "form", "n"),
    [
        (f"What does {{name}} stand for?\n{ANSWERS}Which?\n{ANSWERS}", "aiken", 2),
        (f"A brace {{ alone?\n{ANSWERS}Which?\n{ANSWERS}", "aiken", 2),
        (f"Which of them is GIFT, {{=a ~b}} or {{T}}?\n\n{ANSWERS}", "aiken", 1),
        (f"Which question is right, which is wrong?\n{ANSWERS}", "aiken", 1),
        (f"What does {{name}} stand for?\n{UNKNOWN}", "aiken", 0),
        (GIFT, "gift", 1),
        (f'What does "ANSWER: B" mean? {{=one ~two}}\n\n{GIFT}', "gift", 2),
        (f"Read this:\n{ANSWERS.strip()}\n{{=one ~two}}\n\n{GIFT}", "gift", 2),
        (GIFT.replace("~", ""), "gift", 0),
        ('question,a,b,right\n"What does {name} mean?","one\nANSWER: A",two,B\n', "csv", 1),
    ],
)
def test_a_file_is_what_it_has_more_clearly(text: str, form: str, n: int) -> None:
    for name in ("questions.txt", ""):
        found = exchange.read(name, text.encode(), "en")
        assert (found.form, len(found.items)) == (form, n)


@given(ITEMS)
def test_what_is_written_as_aiken_is_known_again_without_a_name(items: list[Item]) -> None:
    written = exchange.write("aiken", items, "en")
    assume(written.text)
    assert exchange.read("", written.text.encode(), "en", WIDE).form == "aiken"


@given(st.lists(st.sampled_from(["Q", "A. x", "B) y", "ANSWER: A", "ANSWER", "", "C.", " ", "A."])))
def test_no_file_makes_the_reader_stumble(lines: list[str]) -> None:
    assert all(m.key.startswith("quiz_file.") for m in read("\n".join(lines)).mistakes)
