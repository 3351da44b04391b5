"""The quiz on the desk: starting a round, leading it, handing it on, and what is told of it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx
import openpyxl
import pytest

from bot.desk.routes import DOORS
from bot.quiz import statistics
from bot.quiz.bank import bank
from bot.quiz.debrief import Present, Reply
from bot.quiz.item import Item
from bot.quiz.ranges import whole
from bot.quiz.round import Settings, offered
from bot.service import rounds as leading
from bot.store import own_sets, players, rounds, staffing
from bot.store.batch import Batch
from bot.store.players import Player, Who
from bot.store.rounds import Live
from tests.desk.test_exports import text_of
from tests.desk.test_hostile import EVIL, faults
from tests.desk.world import World, the_mind, visible
from tests.documents.reading import words_of

HOST = "telegram:trainer"
ABC = ({"en": "this"}, {"en": "that"}, {"en": "neither"})
ITEMS = (
    Item("one", "single", {"en": "Which one?"}, ABC, (1,), {"en": "Because of that."}),
    Item("two", "several", {"en": "Which ones?"}, ABC, (0, 2)),
    Item("three", "order", {"en": "In which order?"}, ABC, (2, 0, 1)),
)


@dataclass
class Room:
    """A round with its players, led from the desk by a browser of its host."""

    here: World
    id: str
    host: httpx.AsyncClient
    there: dict[str, Player] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"/desk/quiz/{self.id}"

    async def live(self) -> Live:
        found = await self.here.store.read(lambda db: rounds.load(db, self.id))
        assert found is not None
        return found

    async def joins(self, name: str, named: bool = False) -> Player:
        def work(batch: Batch) -> Player:
            live = rounds.load(batch.db, self.id)
            assert live is not None
            who = Who(f"web:{name}", "web", "", "en", name)
            player, _ = leading.join(batch, live, who)
            players.agree(batch.db, player.id, named)
            return player

        self.there[name] = await self.here.service.commit(work)
        return self.there[name]

    async def taps(self, name: str, *options: int) -> None:
        def work(batch: Batch) -> None:
            live = rounds.load(batch.db, self.id)
            assert live is not None
            for option in options:
                leading.answer(batch, live, self.there[name], live.round.place, option)

        await self.here.service.commit(work)

    async def presses(self, deed: str, at: str = "", **more: str) -> httpx.Response:
        data = {"deed": deed, "at": at, **more}
        return await self.host.post(f"{self.address}/lead", data=data)

    async def leads(self, *deeds: str) -> None:
        for deed in deeds:
            assert (await self.presses(deed)).status_code == 303, deed

    async def plays(self, answers: Sequence[Mapping[str, Sequence[int]]]) -> None:
        """Question by question: who tapped which options."""
        for given in answers:
            await self.leads("next")
            for name, options in given.items():
                await self.taps(name, *options)
            await self.leads("show")


async def a_room(here: World, settings: Settings | None = None, names: str = "") -> Room:
    """A round of `trainer` over ITEMS, joined by each of the names."""
    host = await here.staff("trainer")
    live = await here.service.commit(
        lambda batch: leading.start(batch, HOST, settings or Settings(), ITEMS)
    )
    room = Room(here, live.id, host)
    for name in names.split():
        await room.joins(name)
    return room


def buttons(page: httpx.Response) -> list[str]:
    """The deeds that the remote offers, from the top; counting cards has a form of its own."""
    found = re.findall(r'<button name="deed" value="(\w+)"', page.text)
    return [deed for deed in found if deed != "paper"]


async def test_somebody_without_a_name_is_told_where_to_give_one(here: World) -> None:
    trainer, machine = await here.staff("trainer"), await here.staff("admin", staffing.UNNAMED)
    assert 'href="/desk/me">Set my name' not in (await trainer.get("/desk/quiz")).text
    assert 'href="/desk/me">Set my name' in (await machine.get("/desk/quiz")).text


async def test_the_form_starts_a_round_as_it_says(here: World) -> None:
    trainer = await here.staff("trainer")
    page = visible((await trainer.get("/desk/quiz")).text)
    assert f"Tools ({len(bank(the_mind().library.kb).of(('tools',)))})" in page
    form = {"title": "  Tuesday   night ", "number": "4", "topic": ["p1", "tools", "nope"]}
    form |= {"seconds": "30", "clock_closes": "1", "teams": "1", "names": "0", "speed": "1"}
    done = await trainer.post("/desk/quiz", data=form | {"first": "de", "second": "es"})
    room = Room(here, done.headers["location"].rpartition("/")[2], trainer)
    live = await room.live()
    assert live.round.settings == Settings(
        title="Tuesday night",
        topics=("p1", "tools"),
        seconds=30,
        clock_closes=True,
        teams=True,
        names=False,
        board=False,
        speed=True,
        languages=("de", "es"),
    )
    items = await here.store.read(lambda db: rounds.items(db, live.id))
    assert len(items) == live.round.total == 4
    assert {item.topic for item in items} == {"p1", "tools"}
    assert (live.host, live.round.stage) == (HOST, "lobby")


async def test_odd_values_of_the_form_become_sensible_ones(here: World) -> None:
    trainer, odd = await here.staff("trainer"), ("999", "0", "-1", "x", "\u0663", "1" * 50, "")
    for value in odd:
        form = dict.fromkeys(("number", "seconds", "first", "second", "teams", "board"), value)
        done = await trainer.post("/desk/quiz", data=form)
        live = await Room(here, done.headers["location"].rpartition("/")[2], trainer).live()
        assert 1 <= live.round.total <= 40
        assert 0 <= live.round.settings.seconds <= 3600
        assert live.round.settings.languages == ("fr", "")


async def test_two_rounds_in_a_row_do_not_ask_the_same(here: World) -> None:
    trainer, asked = await here.staff("trainer"), []
    for _ in range(2):
        to = (await trainer.post("/desk/quiz", data={"number": "20"})).headers["location"]
        id = to.rpartition("/")[2]
        items = await here.store.read(lambda db, id=id: rounds.items(db, id))
        asked.append([item.id for item in items])
    assert set(asked[0]) != set(asked[1])


async def test_the_remote_offers_what_fits_with_the_likeliest_first(here: World) -> None:
    room, seen = await a_room(here, Settings(seconds=30), "Awa"), []
    steps = ("next", "pause", "resume", "close", "show", "board", "next", "skip", "next", "show")
    for deed in ("", *steps):
        if deed:
            await room.leads(deed)
        page = await room.host.get(room.address)
        assert tuple(buttons(page)) == offered((await room.live()).round), deed
        first = re.search(r'<form[^>]*class="remote first">(.*?)</form>', page.text, re.DOTALL)
        assert first
        seen.append(re.findall(r'value="(\w+)"', first[1])[-1])
        assert len(re.findall("<button", first[1])) == 1
    expected = ["next", "close", "resume", "close", "show", "next", "next", "close", "next"]
    assert seen == [*expected, "close", "end"]
    await room.leads("end")
    assert "Quiz debrief" in visible((await room.host.get(room.address)).text)


async def test_what_would_cost_something_is_asked_once_more(here: World) -> None:
    room = await a_room(here)
    await room.leads("next")
    page = (await room.host.get(room.address)).text
    sure = dict(re.findall(r'value="(\w+)" class="quiet" data-sure="([^"]+)"', page))
    assert sure.keys() == {"skip", "end"}


async def test_a_button_pressed_twice_counts_once(here: World) -> None:
    room = await a_room(here)
    page = (await room.host.get(room.address)).text
    at = re.search(r'name="at" value="([^"]+)"', page)
    assert at
    assert (await room.presses("next", at[1])).status_code == 303
    await room.leads("show")
    again = await room.presses("next", at[1])
    assert again.status_code == 409
    assert "has moved on already" in visible(again.text)
    assert (await room.live()).round.place == 0
    assert (await room.presses("extend")).status_code == 409
    assert (await room.presses("conquer")).status_code == 409


async def test_the_remote_tells_who_answered_and_what_once_it_is_closed(here: World) -> None:
    room = await a_room(here, names="Awa Ben Cem")
    await room.leads("next")
    await room.taps("Awa", 1)
    await room.taps("Ben", 0)
    page = visible((await room.host.get(room.address)).text)
    assert "Question open · Question 1 of 3 · 2 of 3 answered" in page
    assert "Which one? A this B that right C neither" in page, "no counts that could be copied"
    await room.leads("close")
    assert "A this 1 B that right 1 C neither 0" in visible(
        (await room.host.get(room.address)).text
    )
    await room.leads("show")
    assert "Because of that." in visible((await room.host.get(room.address)).text)


async def test_cards_counted_in_the_room_are_added(here: World) -> None:
    room = await a_room(here, names="Awa")
    await room.leads("next", "close")
    cards = {"options": "3", "paper_A": "4", "paper_B": "", "paper_C": "2", "paper_D": "9"}
    assert (await room.presses("paper", **cards)).status_code == 303
    assert (await room.live()).round.paper == {"0": (4, 0, 2)}
    page = await room.host.get(room.address)
    assert "A this 4 B that right 0 C neither 2" in visible(page.text)


async def test_counts_that_are_no_numbers_are_told_and_nothing_is_kept(here: World) -> None:
    room = await a_room(here, names="Awa")
    await room.leads("next", "close")
    for typed in ("5 7", "-1", "many", "1.5", "1000", "99999", "\u0663", "+1"):
        page = await room.presses("paper", options="3", paper_A=typed, paper_B="1")
        assert page.status_code == 409, typed
        assert "write a whole number at each letter" in visible(page.text), typed
    assert (await room.live()).round.paper == {}


async def test_the_open_page_follows_and_is_asked_for_anew_when_the_round_moved(
    here: World,
) -> None:
    room = await a_room(here, names="Awa")
    await room.leads("next")
    still = await room.host.get(f"{room.address}/now", params={"at": "open:0"})
    assert "Question open" in visible(still.text)
    assert "<html" not in still.text
    await room.leads("close")
    moved = await room.host.get(f"{room.address}/now", params={"at": "open:0"})
    assert (moved.headers["hx-refresh"], moved.text) == ("true", "")


def about_rounds() -> list[tuple[str, str]]:
    return [(door.path, door.method) for door in DOORS if "{round}" in door.path]


async def test_a_round_of_somebody_else_is_answered_like_none_at_all(here: World) -> None:
    room = await a_room(here, Settings(title="Secret"), "Awa")
    sent = {"deed": "end", "player": str(room.there["Awa"].id)}
    assert len(about_rounds()) == 8
    for who in (await here.staff("staff"), await here.staff("trainer", "other")):
        for path, method in about_rounds():
            data = sent if method == "POST" else None
            theirs = await who.request(method, path.replace("{round}", room.id), data=data)
            none = await who.request(method, path.replace("{round}", "0" * 32), data=data)
            assert (theirs.status_code, theirs.content) == (404, none.content), path
        assert "Secret" not in (await who.get("/desk/quiz")).text
    assert (await room.live()).round.stage == "lobby"


async def test_an_admin_may_look_at_a_round_and_not_lead_it(here: World) -> None:
    room, admin = await a_room(here, Settings(title="Open house"), "Awa"), await here.staff("admin")
    assert "Open house · code" in visible((await admin.get("/desk/quiz")).text)
    page = await admin.get(room.address)
    assert "you are only looking" in visible(page.text)
    assert buttons(page) == []
    refused = await admin.post(f"{room.address}/lead", data={"deed": "next"})
    assert refused.status_code == 409
    assert "Only whoever leads the round" in visible(refused.text)
    player = str(room.there["Awa"].id)
    assert (await admin.post(f"{room.address}/rename", data={"player": player})).status_code == 404
    assert (await room.live()).round.stage == "lobby"
    await room.leads("next", "show", "end")
    assert (await admin.get(f"{room.address}/debrief")).status_code == 200


async def test_a_host_whose_right_was_taken_away_leads_no_more(here: World) -> None:
    room, admin = await a_room(here), await here.staff("admin")
    await admin.post("/desk/people/revoke", data={"person": HOST})
    assert (await room.presses("next")).status_code == 401
    taken = await admin.post("/desk/quiz/take", data={"code": (await room.live()).code})
    assert taken.status_code == 303, "at once: nobody is there any more"


async def test_a_round_whose_host_is_away_is_taken_over_after_two_minutes(here: World) -> None:
    room, other = await a_room(here), await here.staff("trainer", "other")
    await room.leads("next")
    typed = (await room.live()).code.lower()
    code = {"code": f" {typed[:3]}-{typed[3:]} "}
    here.clock.pass_(minutes=1, seconds=59)
    early = await other.post("/desk/quiz/take", data=code)
    assert (early.status_code, (await room.live()).host) == (409, HOST)
    assert "The trainer is still here." in visible(early.text)
    here.clock.pass_(seconds=1)
    done = await other.post("/desk/quiz/take", data=code)
    assert (done.status_code, done.headers["location"]) == (303, room.address)
    assert "close" in buttons(await other.get(room.address))
    assert (await room.presses("close")).status_code == 404, "it is not the first one's any more"
    closed = await other.post(f"{room.address}/lead", data={"deed": "close"})
    assert (closed.status_code, (await room.live()).round.stage) == (303, "closed")


async def test_only_a_code_that_is_on_can_be_taken_over(here: World) -> None:
    room, other = await a_room(here), await here.staff("trainer", "other")
    await room.leads("end")
    over = await other.post("/desk/quiz/take", data={"code": (await room.live()).code})
    assert (over.status_code, "This round is over." in visible(over.text)) == (409, True)
    for code in ("", "AAAAAA", "O0I1lo", "x" * 400, "\u0663"):
        page = await other.post("/desk/quiz/take", data={"code": code})
        assert (page.status_code, "I find no round" in visible(page.text)) == (409, True), code


async def test_seats_are_shown_to_the_host_alone(here: World) -> None:
    room, admin = await a_room(here, names="Awa Ben"), await here.staff("admin")
    for player in room.there.values():
        assert player.seat in (await room.host.get(room.address)).text
        for path in ("", "/now?at=lobby:-1", "/debrief"):
            assert player.seat not in (await admin.get(f"{room.address}{path}")).text
        assert player.seat not in (await room.host.get("/desk/quiz")).text


async def test_a_name_that_should_not_stand_there_becomes_a_number(here: World) -> None:
    room = await a_room(here, names="Awa Rude")
    await room.joins("Ben", named=True)
    rude = str(room.there["Rude"].id)
    assert (await room.host.post(f"{room.address}/rename", data={"player": rude})).is_redirect
    page = visible((await room.host.get(room.address)).text)
    assert "Rude" not in page
    assert "Awa" in page
    for number in ("", "999", "x"):
        gone = await room.host.post(f"{room.address}/rename", data={"player": number})
        assert gone.status_code == 404
    other = await here.service.commit(lambda batch: leading.start(batch, HOST, Settings(), ITEMS))
    elsewhere = Room(here, other.id, room.host)
    player = str((await elsewhere.joins("Eve")).id)
    assert (
        await room.host.post(f"{room.address}/rename", data={"player": player})
    ).status_code == 404


NAMED = "Quillon"
UNNAMED = ("Wendeline", "Xenophon", "Yolandis")
# Question by question: what each of them tapped. The last one came late and left one blank.
GIVEN = (
    {NAMED: [1], "Wendeline": [0], "Xenophon": [1]},
    {NAMED: [0, 2], "Wendeline": [0], "Xenophon": [0, 2], "Yolandis": [0, 1, 2]},
    {NAMED: [2, 0, 1], "Wendeline": [0, 1, 2], "Xenophon": [2, 0, 1]},
)


async def played(here: World, settings: Settings | None = None) -> Room:
    room = await a_room(here, settings, "Wendeline Xenophon")
    await room.joins(NAMED, named=True)
    await room.plays(GIVEN[:1])
    await room.joins("Yolandis")
    await room.plays(GIVEN[1:])
    return room


async def test_nobody_stands_in_a_debrief_who_did_not_agree(here: World) -> None:
    room = await played(here)
    for end in (False, True):
        if end:
            await room.leads("end")
        page = (await room.host.get(f"{room.address}/debrief")).text
        pdf = words_of((await room.host.get(f"{room.address}/debrief.pdf")).content)
        book = text_of(await room.host.get(f"{room.address}/debrief.xlsx"))
        for told in (page, pdf, book):
            assert NAMED in told
            for name in UNNAMED:
                assert name not in told
        for player in room.there.values():
            assert player.seat not in page + pdf + book
            assert player.person not in page + pdf + book


async def test_without_names_not_even_those_who_agreed_are_told(here: World) -> None:
    room = await played(here, Settings(names=False))
    page = (await room.host.get(f"{room.address}/debrief")).text
    assert NAMED not in page
    assert "agreed to be named" not in page
    book = openpyxl.load_workbook(
        io.BytesIO((await room.host.get(f"{room.address}/debrief.xlsx")).content)
    )
    assert "Participants" not in book.sheetnames


async def test_the_figures_of_a_debrief_are_those_of_the_statistics(here: World) -> None:
    room = await played(here)
    there = list(room.there.values())
    replies = [
        Reply(room.there[name].id, place, tuple(options), ITEMS[place].is_right(tuple(options)))
        for place, given in enumerate(GIVEN)
        for name, options in given.items()
    ]
    present = [Present(p.id, p.since, p.name == NAMED, p.name) for p in there]
    found = statistics.sheet(ITEMS, replies, present, {})
    assert [q.facility for q in found.questions] == [200 / 3, 50, 50]
    page = visible((await room.host.get(f"{room.address}/debrief")).text)
    pdf = words_of((await room.host.get(f"{room.address}/debrief.pdf")).content)
    for question, share in zip(found.questions, ("67%", "50%", "50%"), strict=True):
        words = f"Present: {question.present}; answered: {question.answered}"
        assert f"{words}; right: {question.right}." in page
        assert f"{words}; right: {question.right}." in pdf
        assert f"Facility {share} ·" in page
        assert f"Facility {share} ·" in pdf
        index = whole(question.discrimination or 0)
        assert f"Discrimination {index}% ·".replace("-", "\u2212") in page
    assert "Fewer than twenty" in page
    [row] = found.rows
    told = re.search(
        rf'<th scope="row">{NAMED}</th>(.*?)</tr>',
        (await room.host.get(f"{room.address}/debrief")).text,
    )
    assert told
    numbers = [int(n) for n in re.findall(r'class="number">(\d+)', told[1])]
    assert numbers[:4] == [row.right, row.answered, row.asked, row.missed] == [3, 3, 3, 0]


async def test_a_question_that_does_not_count_is_in_no_figure(here: World) -> None:
    room = await a_room(here, names="Awa")
    await room.leads("next", "skip", "next")
    await room.taps("Awa", 0, 2)
    await room.leads("show", "end")
    page = visible((await room.host.get(f"{room.address}/debrief")).text)
    assert "Which one?" not in page
    assert "Which ones?" in page
    assert "In which order?" not in page, "nobody was asked"


async def test_a_debrief_can_be_taken_away_under_a_plain_name(here: World) -> None:
    room = await played(here, Settings(title='Evil"\r\nX: y'))
    code = (await room.live()).code
    for ending, kind in (("pdf", "application/pdf"), ("xlsx", "application/vnd.openxml")):
        answer = await room.host.get(f"{room.address}/debrief.{ending}")
        name = f"amorce-quiz-{code}-2027-03-01.{ending}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["content-type"].startswith(kind)


async def test_rounds_that_are_over_are_listed_with_their_debrief(here: World) -> None:
    room = await a_room(here, Settings(title="Lagoon"), "Awa Ben")
    assert "Lagoon · code" in visible((await room.host.get("/desk/quiz")).text)
    await room.leads("end")
    page = await room.host.get("/desk/quiz")
    assert "Lagoon 1 March 2027 2 PDF" in visible(page.text)
    assert f'href="{room.address}/debrief.pdf"' in page.text


async def test_nothing_typed_becomes_part_of_a_page_of_the_quiz(here: World) -> None:
    trainer, admin = await here.staff("trainer"), await here.staff("admin")
    for evil in EVIL:
        options = ({"en": evil}, {"en": f"other {evil}"})
        item = Item(evil[:50], "single", {"en": evil}, options, (0,), {"en": evil})

        def work(batch: Batch, item: Item = item, evil: str = evil) -> int:
            own = own_sets.make(batch.db, HOST, evil, "en", batch.now)
            own_sets.put(batch.db, own, [item])
            return own

        own = str(await here.service.commit(work))
        done = await trainer.post("/desk/quiz", data={"title": evil, "set": own})
        room = Room(here, done.headers["location"].rpartition("/")[2], trainer)
        await room.joins(evil, named=True)
        await room.leads("next")
        await room.taps(evil, 1)
        await room.leads("show")
        for path in (room.address, f"{room.address}/debrief", "/desk/quiz"):
            assert faults(await trainer.get(path)) == [], (path, evil)
            assert faults(await admin.get(path)) == [], (path, evil)
        for ending in ("pdf", "xlsx"):
            assert (await trainer.get(f"{room.address}/debrief.{ending}")).status_code == 200


async def test_nothing_posted_breaks_the_remote(here: World) -> None:
    room = await a_room(here, names="Awa")
    names = ("deed", "at", "argument", "options", "paper_A", "player", "code", "title", "topic")
    for evil in (*EVIL, "9" * 5000, "-1", "\u0663", "", "paper"):
        for path in ("/desk/quiz", "/desk/quiz/take", f"{room.address}/lead"):
            page = await room.host.post(path, data=dict.fromkeys(names, evil))
            assert page.status_code < 500, (path, evil)
        renamed = await room.host.post(f"{room.address}/rename", data={"player": evil})
        assert renamed.status_code == 404
        now = await room.host.get(f"{room.address}/now", params={"at": evil})
        assert now.headers["hx-refresh"] == "true"
    assert (await room.live()).round.stage == "lobby"


async def test_a_phone_is_signed_in_by_a_code_that_works_once(here: World) -> None:
    room = await a_room(here, Settings(), "Awa")
    page = await room.host.post(f"{room.address}/phone")
    assert 'src="data:image/svg+xml' in page.text
    link = "/desk/enter/" + page.text.partition("/desk/enter/")[2].partition("<")[0]
    code = link.partition("?")[0].rpartition("/")[2]
    phone = here.browser()
    door = (await phone.get(link)).text
    [round] = re.findall(r'name="round" value="(.*?)"', door)
    done = await phone.post("/desk/enter", data={"code": code, "round": round})
    assert (done.status_code, done.headers["location"]) == (303, room.address)
    assert (await phone.get(room.address)).status_code == 200
    assert (await here.browser().post("/desk/enter", data={"code": code})).status_code == 422


@pytest.mark.parametrize("evil", ["//evil.test", "../../chat", "x" * 32, "f" * 33, "%2e%2e"])
async def test_a_sign_in_link_leads_to_rounds_and_nowhere_else(here: World, evil: str) -> None:
    code = await here.right("trainer", "Tess", "telegram:tess")
    done = await here.browser().post("/desk/enter", data={"code": code, "round": evil})
    assert (done.status_code, done.headers["location"]) == (303, "/desk")


async def test_the_remote_tells_the_right_order(here: World) -> None:
    room = await a_room(here, Settings(), "Awa")
    await room.leads("next", "show", "next", "show", "next")
    now = visible((await room.host.get(room.address)).text)
    assert "C neither in place 1" in now
    assert "A this in place 2" in now
    assert "Count cards" not in now, "a card says one letter"


async def test_an_own_set_gives_a_round_its_name_and_its_language(here: World) -> None:
    trainer = await here.staff("trainer")
    text = "::one::Qui ?{=a ~b}\n\n::two::Quoi ?{=a ~b}\n\n::three::Quand ?{=a ~b}"
    made = await trainer.post(
        "/desk/quiz/sets", data={"name": "Mardi", "language": "fr", "text": text}
    )
    number = made.headers["location"].rpartition("/")[2].partition("?")[0]
    form = (await trainer.get(f"/desk/quiz?set={number}")).text
    assert 'name="title" maxlength="80" placeholder="Tuesday&#39;s workshop" value="Mardi"' in form
    assert '<option value="fr" selected>' in form.partition('id="first"')[2].partition("<label")[0]
    done = await trainer.post("/desk/quiz", data={"set": number, "first": "fr"})
    live = await Room(here, done.headers["location"].rpartition("/")[2], trainer).live()
    assert live.round.settings.title == "Mardi"


async def test_answers_that_all_stand_first_can_be_mixed(here: World) -> None:
    trainer = await here.staff("trainer")
    text = "\n\n".join(f"::{n}::Q{n}?{{={n}right ~{n}wrong ~{n}other}}" for n in range(12))
    made = await trainer.post(
        "/desk/quiz/sets", data={"name": "Mine", "language": "en", "text": text}
    )
    address = made.headers["location"].partition("?")[0]
    assert "the right answer is A" in (await trainer.get(address)).text
    await trainer.post(f"{address}/mix")
    assert "the right answer is A" not in (await trainer.get(address)).text
    number = int(address.rpartition("/")[2])
    for item in await here.store.read(lambda db: own_sets.items(db, number)):
        [right] = item.right
        assert item.options[right]["en"].endswith("right")


async def test_who_came_meanwhile_is_listed_without_a_reload(here: World) -> None:
    room = await a_room(here, Settings(), "Awa")
    at = (await room.live()).round.standing
    news = await room.host.get(f"{room.address}/now?at={at}", headers={"hx-request": "true"})
    assert 'hx-swap-oob="innerHTML"' in news.text
    assert room.there["Awa"].seat in news.text


async def test_an_address_no_phone_can_reach_is_told_to_the_host(here: World) -> None:
    room = await a_room(here, Settings(), "Awa")
    assert "Phones cannot reach" not in (await room.host.get(room.address)).text
    here.service.addresses.web = "http://127.0.0.1:8080"
    assert "Phones cannot reach http://127.0.0.1:8080" in (await room.host.get(room.address)).text
