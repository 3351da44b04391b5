"""Own sets: written by form, brought from files, taken away again; each its owner's alone."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

import httpx
import openpyxl
import pytest
from starlette.requests import Request
from starlette.types import Message

from bot.desk import quiz_form, quiz_import
from bot.desk.routes import UPLOADS
from bot.documents import quiz_book
from bot.quiz import exchange
from bot.quiz.found import LARGEST, OWN, gathered
from bot.quiz.item import LETTERS, Item
from bot.store import own_sets, rounds
from bot.store.batch import Batch
from bot.web.forms import with_file
from bot.web.guard import MOST_BYTES, MOST_UPLOAD, THROWN_AWAY
from tests.desk.test_hostile import EVIL, faults
from tests.desk.world import World, visible
from tests.quiz.items import LANGUAGES

PERSON = "telegram:trainer"
NEW = "/desk/quiz/sets"
SINGLE = {"kind": "single", "text": "Who signs?", "option_A": "We", "option_B": "They"}
GIFT = "::one:: Who? {=we ~they}\n\n::two:: What? {=this ~that}\n"
PLAYED = (
    Item("one", "single", {"en": "Who?"}, ({"en": "we"}, {"en": "they"}), (0,), {"en": "Why not"}),
    Item("two", "several", {"en": "Which?"}, ({"en": "a"}, {"en": "b"}, {"en": "c"}), (0, 2)),
    Item("three", "order", {"en": "In order?"}, ({"en": "1st"}, {"en": "2nd"}), (1, 0)),
    Item("four", "true_false", {"en": "So?"}, ({"en": "True"}, {"en": "False"}), (1,)),
    Item("five", "case", {"en": "=1+1"}, ({"en": "+2"}, {"en": "@x"}), (1,), {}, "p1", 3),
)


async def a_set(here: World, items: Sequence[Item] = (), person: str = PERSON) -> str:
    """The address of a new set with these questions."""

    def work(batch: Batch) -> int:
        id = own_sets.make(batch.db, person, "Mine", "en", batch.now)
        own_sets.put(batch.db, id, items)
        return id

    return f"{NEW}/{await here.service.commit(work)}"


async def kept(here: World, address: str) -> list[Item]:
    number = int(address.partition("?")[0].partition("#")[0].rpartition("/")[2])
    return await here.store.read(lambda db: own_sets.items(db, number))


async def names(here: World, person: str = PERSON) -> list[str]:
    found = await here.store.read(lambda db: own_sets.of_owner(db, person))
    return [each.name for each in found]


def a_file(data: bytes | str, name: str = "questions.txt") -> dict[str, tuple[str, bytes]]:
    return {"file": (name, data.encode() if isinstance(data, str) else data)}


def notice(page: httpx.Response) -> str:
    found = re.search(r'<(section|div|p) class="notice.*?</\1>', page.text, re.DOTALL)
    return unescape(visible(found[0])) if found else ""


async def test_a_new_set_is_empty_and_leads_to_its_page(here: World) -> None:
    trainer = await here.staff("trainer")
    made = await trainer.post(NEW, data={"name": "  My   set ", "language": "fr"})
    assert (made.status_code, made.headers["location"]) == (303, f"{NEW}/1")
    page = visible((await trainer.get(f"{NEW}/1")).text)
    assert "My set no question yet · Français" in page
    assert "My set" in visible((await trainer.get(NEW)).text)


async def test_a_set_needs_a_name_and_what_was_typed_stays(here: World) -> None:
    trainer = await here.staff("trainer")
    for name in ("", "  ", "N" * 81):
        page = await trainer.post(NEW, data={"name": name, "language": "de", "text": "Kept."})
        assert page.status_code == 422
        assert "at most 80" in notice(page)
        assert ">Kept.</textarea>" in page.text
        assert re.search('value="de"[^>]*selected', page.text)
    assert await names(here) == []


async def test_a_question_is_written_with_its_right_answer_and_shown(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    more = {"right": "B", "why": "Both do.", "difficulty": "3", "topic": "p4"}
    done = await trainer.post(f"{address}/question", data=SINGLE | more)
    assert done.status_code == 303
    [item] = await kept(here, address)
    assert item == Item(
        *("q1", "single", {"en": "Who signs?"}, ({"en": "We"}, {"en": "They"})),
        right=(1,),
        explanation={"en": "Both do."},
        topic="p4",
        difficulty=3,
    )
    shown = visible((await trainer.get(address)).text)
    assert "1. Who signs? A We B They right Both do." in shown
    assert "one right answer · demanding · Step 4" in shown


async def test_several_right_and_an_order_are_written_too(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    three = {f"option_{letter}": word for letter, word in zip("ABC", ("x", "y", "z"), strict=True)}
    several = {"kind": "several", "text": "Which?", "right": ["C", "A"], **three}
    await trainer.post(f"{address}/question", data=several)
    numbers = {"number_A": "3", "number_B": "1", "number_C": "2"}
    await trainer.post(
        f"{address}/question", data={"kind": "order", "text": "How?", **three, **numbers}
    )
    await trainer.post(
        f"{address}/question", data={"kind": "true_false", "text": "So?", "right": "B"}
    )
    found = await kept(here, address)
    assert [item.right for item in found] == [(0, 2), (1, 2, 0), (1,)]
    assert [option["en"] for option in found[2].options] == ["True", "False"]
    assert "In order: B, C, A" in visible((await trainer.get(address)).text)


async def test_empty_rows_between_the_answers_are_passed_over(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    data = {"text": "Who?", "option_B": "We", "option_D": "They", "right": "D"}
    await trainer.post(f"{address}/question", data=data)
    [item] = await kept(here, address)
    assert ([option["en"] for option in item.options], item.right) == (["We", "They"], (1,))


WRONG = {
    "no text": (SINGLE | {"text": " ", "right": "A"}, "The question has no text."),
    "no answer": ({"text": "Who?", "right": "A"}, "Answer A is empty."),
    "one answer": ({"text": "Who?", "option_A": "We", "right": "A"}, "fewer than two answers"),
    "nothing right": (SINGLE, "Tick at least one right answer."),
    "two right": (SINGLE | {"right": ["A", "B"]}, "exactly one right answer; 2 are marked"),
    "right and empty": (SINGLE | {"right": "F"}, "Answer F is empty."),
    "twice the same": (SINGLE | {"option_B": " WE ", "right": "A"}, "A and B say the same"),
    "long": (SINGLE | {"option_A": "x" * 101, "right": "A"}, "Answer A has 101 characters"),
    "long question": (SINGLE | {"text": "x" * 301, "right": "A"}, "has 301 characters"),
    "numbers": (
        SINGLE | {"kind": "order", "number_A": "1", "number_B": "1"},
        "its number, 1 to 2, each of them once",
    ),
    "three truths": (
        SINGLE | {"kind": "true_false", "option_C": "Both", "right": "A"},
        "True or false needs two answers",
    ),
}


async def test_a_question_that_cannot_be_played_comes_back_with_its_reason(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    for what, (typed, reason) in WRONG.items():
        page = await trainer.post(f"{address}/question", data=typed | {"why": "It stays."})
        assert page.status_code == 422, what
        assert reason in notice(page), what
        assert "It stays.</textarea>" in page.text
    assert await kept(here, address) == []


async def test_a_question_is_changed_moved_and_removed(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    form = (await trainer.get(f"{address}?change=three")).text
    assert re.search(r'<option value="order" selected', form)
    assert re.search(r'name="number_A"[^>]*value="2"', form)
    changed = {"item": "three", "kind": "single", "text": "New?", "right": "A", "place": "1"}
    await trainer.post(f"{address}/question", data=changed | {"option_A": "yes", "option_B": "no"})
    found = await kept(here, address)
    assert [item.id for item in found] == ["three", "one", "two", "four", "five"]
    assert (found[0].kind, found[0].text, found[0].right) == ("single", {"en": "New?"}, (0,))
    await trainer.post(f"{address}/question/remove", data={"item": "two"})
    assert [item.id for item in await kept(here, address)] == ["three", "one", "four", "five"]


@pytest.mark.parametrize("item", PLAYED, ids=lambda item: item.kind)
def test_a_question_opened_in_the_form_and_saved_again_is_the_same(item: Item) -> None:
    rich = replace(item, about=("p1.goal_early",), sources=("s1",), editorial=True)
    assert quiz_form.question(quiz_form.of_item(rich, "en", 1), "en", rich) == (rich, [])


async def test_what_was_changed_or_removed_elsewhere_is_not_there(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    gone = SINGLE | {"right": "A", "item": "nope"}
    assert (await trainer.post(f"{address}/question", data=gone)).status_code == 404
    removed = await trainer.post(f"{address}/question/remove", data={"item": "nope"})
    assert removed.status_code == 404
    assert await kept(here, address) == list(PLAYED)


async def test_a_set_is_renamed_and_removed(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    assert (await trainer.post(address, data={"name": ""})).status_code == 422
    assert (await trainer.post(address, data={"name": "Spring"})).status_code == 303
    assert await names(here) == ["Spring"]
    page = (await trainer.get(address)).text
    assert 'data-sure="Remove &#34;Spring&#34; with all its questions?' in page
    assert (await trainer.post(f"{address}/remove")).status_code == 303
    assert await names(here) == []
    assert (await trainer.get(address)).status_code == 404


async def test_a_set_of_somebody_else_is_answered_like_none_at_all(here: World) -> None:
    address = await a_set(here, PLAYED)
    sent = {"name": "x", "item": "one", "text": GIFT} | SINGLE
    deeds = ("", "/question", "/question/remove", "/import", "/remove")
    for who in (await here.staff("admin"), await here.staff("trainer", "other")):
        for path, method in (*((deed, "POST") for deed in deeds), ("", "GET")):
            theirs = await who.request(method, f"{address}{path}", data=sent)
            none = await who.request(method, f"{NEW}/999{path}", data=sent)
            assert (theirs.status_code, theirs.content) == (404, none.content), path
        assert (await who.get(f"{address}/export/gift")).status_code == 404
        assert (await who.post("/desk/quiz", data={"set": "1"})).status_code == 404
        assert "Mine" not in (await who.get(NEW)).text
        assert "Mine" not in (await who.get("/desk/quiz?set=1")).text
    assert await kept(here, address) == list(PLAYED)


async def test_a_file_makes_a_set_with_its_questions(here: World) -> None:
    trainer = await here.staff("trainer")
    for number, name in enumerate(("a.gift", "a.txt", "noname"), 1):
        for start in ("", "\ufeff"):
            files = a_file(start + GIFT, name)
            done = await trainer.post(NEW, data={"name": name, "language": "en"}, files=files)
        made = f"{NEW}/{2 * number}"
        assert done.headers["location"] == f"{made}?taken=2&again=0"
        assert [item.id for item in await kept(here, made)] == ["one", "two"]
    assert "2 questions were added." in notice(await trainer.get(done.headers["location"]))


async def test_pasted_text_makes_a_set_too(here: World) -> None:
    trainer = await here.staff("trainer")
    data = {"name": "Pasted", "language": "es", "text": "¿Quién?\r\nA. sí\r\nB. no\r\nANSWER: A"}
    assert (await trainer.post(NEW, data=data)).status_code == 303
    [item] = await kept(here, f"{NEW}/1")
    assert (item.text, item.right) == ({"es": "¿Quién?"}, (0,))


def a_request(body: bytes, kind: str) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    return Request({"type": "http", "headers": [(b"content-type", kind.encode())]}, receive)


def two_hundred(bad: int) -> str:
    """Questions in Aiken, one of them without a right letter."""
    rows = [f"Question {n}?\nA. yes {n}\nB. no\nANSWER: B\n" for n in range(200)]
    rows[bad] = rows[bad].replace("ANSWER: B", "ANSWER: Q")
    return "\n".join(rows)


async def test_one_bad_question_among_two_hundred_costs_itself_alone(here: World) -> None:
    trainer = await here.staff("trainer")
    page = await trainer.post(NEW, data={"name": "Many"}, files=a_file(two_hundred(77)))
    assert page.status_code == 200
    told = notice(page)
    assert "199 questions were added." in told
    assert 'Line 389: "Q" is not the letter of one of these answers.' in told
    assert two_hundred(77).splitlines()[388] == "ANSWER: Q"
    found = await kept(here, f"{NEW}/1")
    assert len(found) == 199
    # The mended file is given again as a whole: only what was missing comes in.
    mended = two_hundred(77).replace("ANSWER: Q", "ANSWER: B")
    done = await trainer.post(f"{NEW}/1/import", files=a_file(mended))
    assert done.headers["location"] == f"{NEW}/1?taken=1&again=199"
    assert "1 question was added. 199 were here already." in notice(
        await trainer.get(done.headers["location"])
    )
    whole = await kept(here, f"{NEW}/1")
    assert whole[:199] == found
    assert len({item.id for item in whole}) == 200


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
USELESS = {
    "a picture": (PICTURE, "perhaps a picture or a document"),
    "a picture called GIFT": (PICTURE, "perhaps a picture or a document"),
    "nothing": (b"", "There is no question in this file."),
    "spaces": (b" \r\n\t ", "There is no question in this file."),
    "a letter": (b"Dear all,\nplease come.", "It is not clear which format this is."),
    "another code": ("¿Qué? {=sí ~no}".encode("latin-1"), "One character is not in UTF-8."),
    "a broken workbook": (b"PK\x03\x04" + bytes(500), "This workbook does not open."),
    "a bit over a megabyte": (b"x" * (LARGEST + 1), "The file is larger than 1 MB."),
}


async def test_a_file_without_questions_makes_no_set_and_says_why(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    for what, (data, reason) in USELESS.items():
        name = "a.gift" if "GIFT" in what else "IMG_1.png"
        sent = {"name": "Holiday", "language": "en"}
        page = await trainer.post(NEW, data=sent, files=a_file(data, name))
        assert page.status_code == 422, what
        assert reason in notice(page), what
        assert 'value="Holiday"' in page.text, "what was typed stays"
        page = await trainer.post(f"{address}/import", files=a_file(data, name))
        assert (page.status_code, reason in notice(page)) == (422, True), what
    assert await names(here) == ["Mine"]
    assert await kept(here, address) == list(PLAYED)


async def test_fifty_megabytes_are_answered_in_words(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    for path in (NEW, f"{address}/import"):
        page = await trainer.post(path, data={"name": "Big"}, files=a_file(b"x" * 50_000_000))
        assert page.status_code == 413
        assert notice(page) == (
            "The file is larger than 1 MB. Split it into several files and take out any pictures."
        )
        assert "Quiz" in page.text, "a whole page, from which one goes on"
    assert await names(here) == ["Mine"]


async def test_only_the_pages_that_take_files_read_so_much(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    body = b"name=" + b"x" * MOST_BYTES
    form = {"content-type": "application/x-www-form-urlencoded"}
    for path in (address, f"{address}/question", "/desk/quiz", "/say", f"{NEW}/1/import/"):
        assert (await trainer.post(path, content=body, headers=form)).status_code in (404, 413)
    assert (await trainer.post(NEW, content=body, headers=form)).status_code == 422
    assert [path for path in (NEW, f"{NEW}/12/import") if not UPLOADS.fullmatch(path)] == []


async def test_what_never_ends_is_cut_off(here: World) -> None:
    """A file of any size is thrown away while it comes, but not for ever."""
    trainer, taken = await here.staff("trainer"), 0

    async def endless():  # type: ignore[no-untyped-def]
        nonlocal taken
        while True:
            taken += 1 << 20
            yield b"x" * (1 << 20)

    form = {"content-type": "multipart/form-data; boundary=b"}
    page = await trainer.post(NEW, content=endless(), headers=form)
    assert page.status_code == 413
    assert THROWN_AWAY < taken < THROWN_AWAY + MOST_UPLOAD + (2 << 20)


async def test_a_form_in_any_code_breaks_nothing(here: World) -> None:
    trainer = await here.staff("trainer")
    codes = ("unicode_escape", "utf-7", "idna", "hex", "utf-16", "raw_unicode_escape", "nope")
    for code in codes:
        body = (
            b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\\ud800+2AA-x\r\n'
            b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\\ud800? {=a ~b}\r\n'
            b"--b--\r\n"
        )
        kind = {"content-type": f"multipart/form-data; boundary=b; charset={code}"}
        done = await trainer.post(NEW, content=body, headers=kind)
        assert done.status_code < 500, code
        sent = await with_file(a_request(body, kind["content-type"]))
        assert "\ud800" not in "".join(sent.fields.values())
    assert (await trainer.get(NEW)).status_code == 200


async def test_a_set_holds_five_hundred_and_says_what_did_not_fit(here: World) -> None:
    item = PLAYED[0]
    full = [replace(item, id=f"x{n}", text={"en": f"Which {n}?"}) for n in range(OWN.items - 1)]
    trainer, address = await here.staff("trainer"), await a_set(here, full)
    page = await trainer.post(f"{address}/import", files=a_file(GIFT))
    assert page.status_code == 200
    assert "1 question was added. A set holds at most 500 questions; one did not fit." in notice(
        page
    )
    refused = await trainer.post(f"{address}/question", data=SINGLE | {"right": "A"})
    assert "A set holds at most 500 questions; one did not fit." in notice(refused)
    assert len(await kept(here, address)) == OWN.items


async def test_an_import_of_nothing_asks_for_a_file_first(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    for data, files in (({}, None), ({"text": " \r\n "}, None), ({}, {"file": ("", b"")})):
        page = await trainer.post(f"{address}/import", data=data, files=files)
        assert "Choose a file first, or paste some questions." in notice(page)


async def test_a_question_brought_under_a_name_that_is_taken_gets_another(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    await trainer.post(f"{address}/import", files=a_file("::one:: Another? {=a ~b}"))
    found = await kept(here, address)
    assert len(found) == len({item.id for item in found}) == len(PLAYED) + 1
    assert found[-1].text == {"en": "Another?"}


@pytest.mark.parametrize("form", ["gift", "csv"])
async def test_a_set_taken_away_and_brought_back_is_the_same(here: World, form: str) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    answer = await trainer.get(f"{address}/export/{form}")
    assert answer.headers["content-disposition"] == f'attachment; filename="mine.{form}"'
    await trainer.post(NEW, data={"name": "Back"}, files=a_file(answer.content, f"mine.{form}"))
    assert await kept(here, f"{NEW}/2") == list(PLAYED)
    done = await trainer.post(f"{address}/import", files=a_file(answer.content, f"mine.{form}"))
    assert done.headers["location"].endswith("taken=0&again=5")


async def test_aiken_takes_what_has_one_right_answer_and_the_page_says_so(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    page = visible((await trainer.get(address)).text)
    answer = await trainer.get(f"{address}/export/aiken")
    read = exchange.read("aiken", answer.content, "en")
    assert f"{len(PLAYED) - len(read.items)} questions would be missing there" in page
    assert "Who?" in answer.text
    assert (await trainer.get(f"{address}/export/exe")).status_code == 404


async def test_the_filled_in_template_is_read_back(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here)
    answer = await trainer.get(f"{NEW}/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for name, value in (("question", "Who?"), ("a", "we"), ("b", "they"), ("right", "B")):
        sheet.cell(4, head.index(name) + 1, value)
    filled = io.BytesIO()
    book.save(filled)
    done = await trainer.post(f"{address}/import", files=a_file(filled.getvalue(), "my.xlsx"))
    assert done.headers["location"].endswith("taken=3&again=0")
    assert (await kept(here, address))[-1].right == (1,)


async def test_the_template_is_there_in_every_language_and_reads_without_a_fault(
    here: World,
) -> None:
    trainer, texts = await here.staff("trainer"), set()
    for language in LANGUAGES:
        await trainer.post("/desk/me/language", data={"language": language})
        answer = await trainer.get(f"{NEW}/template.xlsx")
        found = quiz_book.read("t.xlsx", answer.content, language)
        assert (len(found.items), found.mistakes) == (2, ())
        texts |= {item.text[language] for item in found.items}
    assert len(texts) == 2 * len(LANGUAGES)


async def test_a_round_is_started_with_a_set_in_its_order(here: World) -> None:
    trainer, address = await here.staff("trainer"), await a_set(here, PLAYED)
    assert 'href="/desk/quiz?set=1#new"' in (await trainer.get(address)).text
    assert re.search('<option value="1" selected', (await trainer.get("/desk/quiz?set=1")).text)
    done = await trainer.post("/desk/quiz", data={"set": "1", "number": "2", "topic": "p1"})
    id = done.headers["location"].rpartition("/")[2]
    played = await here.store.read(lambda db: rounds.items(db, id))
    assert [item.text for item in played] == [item.text for item in PLAYED]
    # Nobody takes them for questions of the bank, whatever they are called in the file.
    assert [item.id for item in played] == [f"own.1.{item.id}" for item in PLAYED]
    # A set that goes takes nothing from a round that is on.
    await trainer.post(f"{address}/remove")
    assert len(await here.store.read(lambda db: rounds.items(db, id))) == len(PLAYED)


async def test_nothing_typed_becomes_part_of_a_page_of_sets(here: World) -> None:
    trainer = await here.staff("trainer")
    for number, evil in enumerate(EVIL, 1):
        await trainer.post(NEW, data={"name": evil[:70] or "x"})
        options = {f"option_{letter}": f"{letter}{evil}"[:90] for letter in LETTERS}
        typed = {"text": evil[:290], "why": evil[:490], "right": "A"} | options
        done = await trainer.post(f"{NEW}/{number}/question", data=typed)
        assert done.status_code == 303, evil
        for address in (f"{NEW}/{number}", f"{NEW}/{number}?change=q1", NEW, "/desk/quiz"):
            assert faults(await trainer.get(address)) == [], (address, evil)
        refused = await trainer.post(f"{NEW}/{number}/question", data={"text": evil, "item": "q1"})
        assert faults(refused) == [], evil
        again = await trainer.post(f"{NEW}/{number}/import", data={"text": evil})
        assert again.status_code in (200, 303, 422)
        assert again.status_code == 303 or faults(again) == [], evil
        name = (await trainer.get(f"{NEW}/{number}/export/gift")).headers["content-disposition"]
        assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.gift"', name)


def test_what_is_there_already_is_known_by_what_players_see() -> None:
    retold = replace(PLAYED[0], id="other", explanation={"en": "Told anew"}, difficulty=1)
    other = replace(PLAYED[0], right=(1,))
    done = quiz_import.brought(PLAYED, [retold, other], "en")
    assert (done.taken, done.again, done.over) == (1, 1, 0)
    assert not gathered(iter(()), "en", OWN).items
