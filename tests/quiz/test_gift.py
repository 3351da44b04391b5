"""GIFT: what we write comes back without loss, and others understand it as we do."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.quiz import exchange
from bot.quiz.found import true_false
from bot.quiz.item import Item, said
from bot.render import Renderer
from tests.quiz import gift_oracle
from tests.quiz.items import ITEMS, LANGUAGES, WIDE, in_language, knowledge

Need = Callable[[str, str], NoReturn]
# Taken here, as tests do not see settings from outside.
PACKAGE = os.environ.get("AMORCE_GIFT_PEGJS", "")
HERE = Path(__file__).parent / "oracle"


def read(text: str, language: str = "en") -> exchange.Read:
    return exchange.read("gift", text.encode(), language)


def one(text: str, language: str = "en") -> Item:
    """The only question of a file without a mistake."""
    found = read(text, language)
    assert found.mistakes == ()
    assert len(found.items) == 1
    return found.items[0]


def mistakes(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.key.partition(".")[2]) for each in read(text).mistakes]


def options(item: Item, language: str = "en") -> list[str]:
    return [said(option, language) for option in item.options]


# ------------------------------------------------------------ without loss


@given(ITEMS)
@settings(max_examples=100)
def test_whatever_is_written_comes_back_the_same(items: list[Item]) -> None:
    text = exchange.write("gift", items, "en").text
    assert exchange.read("gift", text.encode(), "en", WIDE) == exchange.Read(
        tuple(items), (), "gift"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_bank_comes_back_the_same(language: str) -> None:
    items = in_language(language)
    written = exchange.write("gift", items, language)
    assert written.left_out == ()
    assert exchange.read("gift", written.text.encode(), language, WIDE).items == items


@given(ITEMS, st.sampled_from(["utf-8-sig", "utf-16"]))
def test_marks_of_the_encoding_and_line_ends_of_windows_change_nothing(
    items: list[Item], encoding: str
) -> None:
    text = exchange.write("gift", items, "en").text.replace("\n", "\r\n")
    assert exchange.read("x.txt", text.encode(encoding), "en", WIDE).items == tuple(items)


# ------------------------------------------------------------ as others read it


def weights(item: Item) -> list[float | None]:
    """What Moodle gives for each option."""
    if item.kind != "several":
        return [100.0 if place in item.right else 0.0 for place in range(len(item.options))]
    share = round(100 / len(item.right), 5)
    return [share if place in item.right else -100.0 for place in range(len(item.options))]


def joined(text: str) -> str:
    """White space as the package keeps it."""
    return " ".join(text.split())


def tags_of(item: Item) -> list[str]:
    topic = [f"topic:{item.topic}"] if item.topic else []
    notes = [f"about:{name}" for name in item.about] + [f"source:{name}" for name in item.sources]
    editorial = ["editorial"] if item.editorial else []
    return [*topic, f"difficulty:{item.difficulty}", f"kind:{item.kind}", *notes, *editorial]


def is_truth(item: Item, language: str) -> bool:
    return item.kind == "true_false" and tuple(options(item, language)) == true_false(language)


def same_as_ours(theirs: gift_oracle.Question, item: Item, language: str) -> None:
    assert theirs.title == item.id
    assert theirs.notes["id"] == [item.id]
    assert theirs.notes["tag"] == tags_of(item)
    assert gift_oracle.bare(theirs.text) == said(item.text, language)
    assert gift_oracle.bare(theirs.why) == said(item.explanation, language)
    assert theirs.after.strip() == ""
    if item.kind == "order":
        numbered = [str(item.right.index(place) + 1) for place in range(len(item.options))]
        assert theirs.pairs == list(zip(numbered, options(item, language), strict=True))
    elif is_truth(item, language):
        assert (theirs.kind, theirs.lead.strip()) == ("truth", "TF"[item.right[0]])
    else:
        assert theirs.kind == "choice"
        assert [answer.words for answer in theirs.answers] == options(item, language)
        given = [
            {"=": 100.0, "~": 0.0}[a.sign] if a.weight is None else a.weight for a in theirs.answers
        ]
        assert given == weights(item)


@given(ITEMS)
@settings(max_examples=100)
def test_a_second_reader_understands_what_is_written(items: list[Item]) -> None:
    text = exchange.write("gift", items, "en").text
    for theirs, item in zip(gift_oracle.questions(text), items, strict=True):
        same_as_ours(theirs, item, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_reader_understands_the_whole_bank(language: str) -> None:
    items = in_language(language)
    read = gift_oracle.questions(exchange.write("gift", items, language).text)
    for theirs, item in zip(read, items, strict=True):
        same_as_ours(theirs, item, language)


@pytest.fixture(scope="module")
def package(need: Need) -> Callable[[Sequence[str]], list[Any]]:
    """Reads files with an independent parser of GIFT, where the machine has it."""
    node = shutil.which("node") or need("node", "the other parser of GIFT runs on it")

    def parsed(files: Sequence[str]) -> list[Any]:
        command = [node, str(HERE / "parse.cjs"), *([PACKAGE] if PACKAGE else [])]
        done = subprocess.run(command, input=json.dumps(list(files)).encode(), capture_output=True)
        if b"Cannot find module" in done.stderr:
            need("node", "the package gift-pegjs is not there")
        assert done.returncode == 0, done.stderr.decode()
        found: list[Any] = json.loads(done.stdout)
        return found

    return parsed


def same_as_the_package(theirs: Any, item: Item, language: str) -> None:
    assert (theirs["title"], theirs["id"], theirs["tags"]) == (item.id, item.id, tags_of(item))
    assert joined(theirs["text"]) == joined(said(item.text, language))
    assert joined(theirs["why"]) == joined(said(item.explanation, language))
    assert theirs["gap"] is False
    shown = [joined(option) for option in options(item, language)]
    if item.kind == "order":
        assert theirs["type"] == "Matching"
        numbered = [str(item.right.index(place) + 1) for place in range(len(item.options))]
        pairs = [(left, joined(right)) for left, right in theirs["pairs"]]
        assert pairs == list(zip(numbered, shown, strict=True))
    elif is_truth(item, language):
        assert (theirs["type"], theirs["is_true"]) == ("TF", item.right == (0,))
    else:
        assert [joined(option["text"]) for option in theirs["options"]] == shown
        told = [
            option["weight"] if option["weight"] is not None else 100.0 * option["equals"]
            for option in theirs["options"]
        ]
        assert told == weights(item)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_independent_package_reads_the_whole_bank_as_we_do(
    package: Callable[[Sequence[str]], list[Any]], language: str
) -> None:
    items = in_language(language)
    (read,) = package([exchange.write("gift", items, language).text])
    assert "refused" not in read
    for theirs, item in zip(read, items, strict=True):
        same_as_the_package(theirs, item, language)


def is_beyond_the_package(item: Item) -> bool:
    """It does not know ] in ids, and takes a first answer "=… -> …" for a pair, whatever follows.

    Moodle reads both.
    """
    first = options(item)[0]
    is_pair = item.has_one_answer and item.right == (0,) and "->" in first
    return is_pair or any(sign in item.id for sign in "[]\\")


@given(st.lists(ITEMS, min_size=3, max_size=6))
@settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_an_independent_package_reads_hostile_questions_as_we_do(
    package: Callable[[Sequence[str]], list[Any]], files: list[list[Item]]
) -> None:
    kept = [[item for item in items if not is_beyond_the_package(item)] for items in files]
    kept = [items for items in kept if items]
    read = package([exchange.write("gift", items, "en").text for items in kept])
    for theirs, items in zip(read, kept, strict=True):
        assert "refused" not in theirs, (theirs, exchange.write("gift", items, "en").text)
        for each, item in zip(theirs, items, strict=True):
            same_as_the_package(each, item, "en")


@pytest.mark.parametrize("number", range(1, 7))
def test_what_several_right_answers_are_worth_makes_a_hundred(number: int) -> None:
    answers = tuple({"en": f"answer {place}"} for place in range(6))
    item = Item("x", "several", {"en": "Which?"}, answers, tuple(range(number)))
    (theirs,) = gift_oracle.questions(exchange.write("gift", [item], "en").text)
    worth = [answer.weight or 0 for answer in theirs.answers]
    assert abs(sum(each for each in worth if each > 0) - 100) < 0.0001
    # Whoever taps everything gets nothing, as with us.
    assert number == 6 or sum(worth) <= 0


# ------------------------------------------------------------ as people and Moodle write it


def test_the_usual_ways_of_writing_are_understood() -> None:
    text = """// question: 1  name: Tomb
::Tomb::Who is buried in Grant's tomb\\? {
~%50%Grant#well ~%50%Julia =nobody ####Both are above the ground. }"""
    item = one(text)
    assert (item.id, item.kind, item.right) == ("Tomb", "single", (2,))
    assert said(item.text, "en") == "Who is buried in Grant's tomb\\?"
    assert options(item) == ["Grant", "Julia", "nobody"]
    assert said(item.explanation, "en") == "Both are above the ground."


@pytest.mark.parametrize(
    ("answers", "right"), [("T", 0), ("TRUE", 0), ("F", 1), (" false ", 1), ("F#no#yes", 1)]
)
def test_right_and_wrong_statements_are_known(answers: str, right: int) -> None:
    item = one(f"The sun shines.{{{answers}}}", "de")
    assert (item.kind, item.right) == ("true_false", (right,))
    assert options(item, "de") == ["Richtig", "Falsch"]


def test_weights_above_zero_are_right_answers() -> None:
    item = one("Which? {~%33.33333%a ~%33,33333%b ~%-100%c ~%33.33333%d}")
    assert (item.kind, item.right) == ("several", (0, 1, 3))


def test_feedback_of_the_right_answer_explains_where_nothing_else_does() -> None:
    assert said(one("Q {~a#not so =b#for it is}").explanation, "en") == "for it is"
    assert said(one("Q {~a =b#for it is####all told}").explanation, "en") == "all told"
    assert said(one("Q {T#not so#for it is}").explanation, "en") == "for it is"
    assert one("Q {~a#not so =b}").explanation == {}


def test_formats_of_moodle_become_plain_words() -> None:
    item = one(
        "[html]<p>Two <b>words</b>\\: &lt;a&gt;</p><p>and</p><style>p {}</style> {\n".replace(
            "p {}", "p \\{\\}"
        )
        + '=[html]<p dir\\="ltr">one<br></p>\n~[markdown]**two** _and_ `three`\n~[plain]<b>\n}'
    )
    assert said(item.text, "en") == "Two words: <a>\nand"
    assert options(item) == ["one", "two and three", "<b>"]


def test_tags_are_known_without_a_mark_too_but_a_comparison_stays() -> None:
    item = one("Is a <b>bold</b> x &amp; y? {=if a <b and c> d ~x < y}")
    assert said(item.text, "en") == "Is a bold x & y?"
    assert options(item)[1] == "x < y"


def test_categories_and_comments_are_passed_over() -> None:
    text = (
        "// all about it\n\n$CATEGORY: $course$/top/\n\n// note\nQ1 {T}\n\n$CATEGORY: b\nQ2 {F}\n"
    )
    assert [said(item.text, "en") for item in read(text).items] == ["Q1", "Q2"]


def test_an_order_that_people_write_down_does_not_show_its_own_answer() -> None:
    item = one("Order? {=1 -> brush =2 -> paint =3 -> hang}")
    assert [options(item)[place] for place in item.right] == ["brush", "paint", "hang"]
    assert item.right != (0, 1, 2)
    item = one("Order? {=2 -> b =1 -> a =3 -> c}")
    assert [options(item)[place] for place in item.right] == ["a", "b", "c"]
    assert item.right != (0, 1, 2)


def test_questions_without_a_name_get_one_each() -> None:
    found = read("::x:: a {T}\n\nb {T}\n\n::x:: c {T}\n\n::q2:: d {T}").items
    assert [item.id for item in found] == ["x", "q3", "x-2", "q2"]


# ------------------------------------------------------------ mistakes

WRONG = {
    "Q {=yes =oui}": "short",
    "Q {yes}": "short",
    "Q {#42:2}": "number",
    "Q {}": "essay",
    "Q {####only this}": "essay",
    "A {=b ~c} d": "gap",
    "Q {=cat -> milk =cow -> hay}": "matching",
    "Q {=1 -> a =3 -> b}": "matching",
    "Q {=1 -> a =2 b}": "pair",
    "Q {~a ~b}": "no_right",
    "Q {~%-50%a ~%0%b}": "no_right",
    "Q {=a =b ~c}": "two_right",
    "Q {a =b ~c}": "stray",
    "Q {=a ~b": "not_closed",
    "Q =a ~b}": "not_opened",
    "Only words": "no_answers",
    "Q {=a ~b}\nR {=a ~b}": "run_together",
    "[html]<img src\\=x> {=a ~b}": "picture",
    "Q {=[markdown]![a](b.png) ~b}": "picture",
    "{=a ~b}": "question_missing",
    "Q {~%100%a}": "few_options",
    "Q {=a ~b ~c ~d ~e ~f ~g}": "many_options",
    "Q {=a ~ ~c}": "option_empty",
    "Q {=a ~\u200b\u202e ~c}": "option_empty",
    "Q {=a ~a\u200b}": "same_options",
    "Q {=a ~A}": "same_options",
    f"{'q' * 301} {{T}}": "question_long",
    f"Q {{=a ~{'b' * 101}}}": "option_long",
    f"Q {{=a ~b####{'c' * 501}}}": "explanation_long",
    f"[html]{'<b>' * 9000} {{T}}": "marked_long",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: WRONG[text])
def test_one_bad_question_is_named_and_the_others_are_offered(text: str) -> None:
    found = read(f"Good {{T}}\n\n// note\n{text}\n\nBetter {{F}}\n")
    assert [said(item.text, "en") for item in found.items] == ["Good", "Better"]
    (mistake,) = found.mistakes
    assert mistake.key == f"quiz_file.{WRONG[text]}"
    assert mistake.line == 4 + (WRONG[text] == "run_together")
    for language in LANGUAGES:
        assert Renderer(knowledge()).pattern(mistake.key, mistake.values, language)


def test_of_two_hundred_questions_one_is_bad_and_the_rest_is_offered() -> None:
    good = [f"::{n}::Question {n}? {{\n=yes\n~no {n}\n}}\n" for n in range(200)]
    good[70] = good[70].replace("=yes", "~yes")
    found = read("\n".join(good))
    assert len(found.items) == 199
    assert [(m.line, m.key) for m in found.mistakes] == [(70 * 5 + 2, "quiz_file.no_right")]


def test_a_mistake_in_an_option_is_at_the_line_of_the_option() -> None:
    assert mistakes("Q\n{\n=a\n~b\n~\n~B\n}") == [(5, "option_empty"), (6, "same_options")]


def test_an_escaped_sign_marks_nothing() -> None:
    item = one("Is 1 \\{x\\} \\= 2\\~3 \\# \\:\\: \\\\n? {=a \\= b ~c\\#d}")
    assert said(item.text, "en") == "Is 1 {x} = 2~3 # :: \\n?"
    assert options(item) == ["a = b", "c#d"]


def test_more_than_five_hundred_questions_are_told_at_the_first_too_many() -> None:
    found = read("".join(f"Q{n} {{T}}\n\n" for n in range(503)))
    assert len(found.items) == 500
    assert [(m.line, m.key) for m in found.mistakes] == [(1001, "quiz_file.too_many")]


def test_a_list_of_mistakes_has_an_end() -> None:
    found = read("junk\n\n" * 5_000)
    assert found.mistakes[-1].key == "quiz_file.more"
    assert len(found.mistakes) == 501


@pytest.mark.parametrize(
    ("data", "key", "line"),
    [
        (b"", "empty", 0),
        (b" \n\r\n", "empty", 0),
        (b"// nothing\n", "empty", 0),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary", 0),
        (b"\xff\xd8\xff\xe0 JFIF", "binary", 0),
        (bytes(range(256)) * 40, "binary", 0),
        (b"Q {T}\0", "binary", 0),
        ("Q {T}".encode("utf-16-le"), "binary", 0),
        (b"Q {T}\n\nCaf\xe9 {T}\n", "encoding", 3),
        (b"Q {T}\n" * 200_000, "too_large", 0),
        (b"Dear all,\nsee you soon.\n", "unknown", 0),
    ],
)
def test_what_is_no_file_of_questions_is_refused_whole(data: bytes, key: str, line: int) -> None:
    found = exchange.read("questions.txt" if key != "empty" else "gift", data, "en")
    assert found.items == ()
    assert [(m.key, m.line) for m in found.mistakes] == [(f"quiz_file.{key}", line)]


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "~", "=", "Q {~", "::", "//[id:\\", "[html]<!--", "####", "%", "\\", "[", "`"],
)
def test_a_megabyte_of_one_sign_is_read_to_its_end(piece: str) -> None:
    found = exchange.read("gift", (piece * (1_000_000 // len(piece))).encode(), "en")
    assert found.items == ()
    assert found.mistakes


@given(st.lists(st.sampled_from([*"~=#{}:\\%[]T\n 1", "->", "\n\n", "####", "//", "::", "a"])))
@settings(max_examples=500)
def test_no_file_makes_the_reader_stumble(pieces: list[str]) -> None:
    found = read("".join(pieces))
    assert all(m.key.startswith("quiz_file.") and m.line >= 0 for m in found.mistakes)


@given(st.binary(max_size=200), st.sampled_from(["gift", "aiken", "csv", "x.txt"]))
def test_no_bytes_make_a_reader_stumble(data: bytes, name: str) -> None:
    exchange.read(name, data, "en")
