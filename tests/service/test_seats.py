"""One person with two players in a round: which of them stays, and what comes along."""

from __future__ import annotations

import pytest

from bot.core.turn import Tap
from bot.quiz.round import Settings
from bot.service import round_results, rounds
from bot.service.service import Service
from bot.store import faces, players, replies
from bot.store.players import Player, Who
from bot.store.store import Store
from tests.rounds.hall import GROUP
from tests.rounds.hall import Hall as Phones
from tests.service.round_talk import leads, live, started
from tests.service.test_rounds import Hall

TELEGRAM, PAGE = "telegram:7", "web:7"
BOTH_WAYS = pytest.mark.parametrize(
    ("keep", "goes"), [(TELEGRAM, PAGE), (PAGE, TELEGRAM)], ids=["to_telegram", "to_the_page"]
)


@pytest.fixture
def round(service: Service) -> Hall:
    return Hall(service)


async def on_telegram(round: Hall) -> Player:
    who = Who(TELEGRAM, "telegram", "7", "en", "Tel")
    return (await round.do(lambda batch, live: rounds.join(batch, live, who)))[0]


async def unite(round: Hall, keep: str = TELEGRAM, goes: str = PAGE) -> None:
    await round.service.commit(lambda batch: faces.unite(batch, keep, goes))


async def everybody(round: Hall) -> list[Player]:
    return await round.do(lambda batch, live: players.everybody(batch.db, live.id))


async def kept(store: Store, round: Hall) -> list[tuple[int, int, tuple[int, ...]]]:
    found = await store.read(lambda db: replies.every(db, round.id))
    return [(reply.player, reply.place, reply.choice) for reply in found]


async def score(round: Hall) -> dict[str, object]:
    """Of the only player there is."""
    [player] = await everybody(round)
    return {**await round.do(lambda batch, live: round_results.score(batch, live, player))}


async def deeds(round: Hall, *names: str) -> None:
    for name in names:
        await round.lead(name)


async def answered_on_the_page(round: Hall) -> None:
    """A round whose first question somebody had right in a browser."""
    await round.start()
    page = await round.join("Page", PAGE)
    await deeds(round, "next")
    await round.tap(page, 0, 1)
    await deeds(round, "show")


@BOTH_WAYS
async def test_whoever_was_there_on_one_of_two_phones_was_there(
    round: Hall, keep: str, goes: str
) -> None:
    await answered_on_the_page(round)
    await on_telegram(round)
    await unite(round, keep, goes)
    assert await score(round) == {"right": 1, "there": 1, "blank": 0, "missed": 0}


@BOTH_WAYS
async def test_answers_from_before_the_other_phone_came_are_kept(
    round: Hall, store: Store, keep: str, goes: str
) -> None:
    await answered_on_the_page(round)
    phone = await on_telegram(round)
    for place in (1, 2):
        await deeds(round, "next")
        await round.tap(phone, place, 0)
        await deeds(round, "show")
    await unite(round, keep, goes)
    assert await kept(store, round) == [
        (phone.id, 0, (1,)),
        (phone.id, 1, (0,)),
        (phone.id, 2, (0,)),
    ]
    assert await score(round) == {"right": 1, "there": 3, "blank": 0, "missed": 0}


@BOTH_WAYS
async def test_a_letter_that_was_taken_back_gives_way_to_an_answer(
    round: Hall, store: Store, keep: str, goes: str
) -> None:
    await round.start()
    phone, page = await on_telegram(round), await round.join("Page", PAGE)
    await deeds(round, "next")
    await round.tap(phone, 0, 1)
    await deeds(round, "show", "next")
    for option in (1, 1):
        await round.tap(phone, 1, option)
    for option in (0, 2):
        await round.tap(page, 1, option)
    await unite(round, keep, goes)
    assert await kept(store, round) == [(phone.id, 0, (1,)), (phone.id, 1, (0, 2))]


@BOTH_WAYS
@pytest.mark.parametrize("is_over", [False, True], ids=["on", "over"])
async def test_the_seat_that_gave_the_answers_keeps_its_links_and_its_consent(
    round: Hall, keep: str, goes: str, is_over: bool
) -> None:
    await round.start()
    await on_telegram(round)
    page = await round.join("Page", PAGE)
    await deeds(round, "next")
    await round.tap(page, 0, 1)
    await deeds(round, "show", *(["end"] if is_over else []))
    await round.do(lambda batch, _: players.agree(batch.db, page.id, named=True))
    await unite(round, keep, goes)
    [found] = await everybody(round)
    assert (found.id, found.seat, found.name) == (page.id, page.seat, "Page")
    assert (found.named, found.person) == (True, keep)


async def test_a_yes_to_another_name_names_nobody(round: Hall) -> None:
    await round.start()
    phone, page = await on_telegram(round), await round.join("Page", PAGE)
    await deeds(round, "next")
    await round.tap(phone, 0, 1)
    await round.do(lambda batch, _: players.agree(batch.db, page.id, named=True))
    await unite(round)
    assert [(p.name, p.named) for p in await everybody(round)] == [("Tel", False)]


@BOTH_WAYS
async def test_questions_go_on_coming_to_the_chat_they_came_to(
    round: Hall, store: Store, keep: str, goes: str
) -> None:
    await round.start()
    await round.join("Page", PAGE)
    await on_telegram(round)
    await unite(round, keep, goes)
    assert [p.name for p in await everybody(round)] == ["Page"]
    await deeds(round, "next")
    sent = await store.read(
        lambda db: db.execute("SELECT channel, chat FROM outbox WHERE chat = '7'").fetchall()
    )
    assert sent == [("telegram", "7")]


@pytest.mark.parametrize("by_seat", [True, False], ids=["seat", "link"])
async def test_nobody_picks_the_right_one_of_five_windows_once_it_was_shown(
    round: Hall, store: Store, by_seat: bool
) -> None:
    await round.start()
    await deeds(round, "next")
    main = await round.join("Main")
    others = [await round.join(f"x{n}") for n in range(3)]
    await round.tap(main, 0, 0)
    for option, other in enumerate(others):
        await round.tap(other, 0, option)
    await deeds(round, "show")
    if by_seat:
        await round.join("", person=others[1].person, seat=main.seat)
    else:
        await unite(round, main.person, others[1].person)
    assert (main.id, 0, (0,)) in await kept(store, round)
    assert {p.name for p in await everybody(round)} == {"Main", "x0", "x2"}
    board = await round.do(round_results.board)
    assert all(line.points == 0 for line in board)


async def test_a_silent_seat_is_given_no_answer_that_was_shown(round: Hall, store: Store) -> None:
    await round.start()
    silent, other = await round.join("Silent"), await round.join("Other")
    await deeds(round, "next")
    await round.tap(other, 0, 1)
    await deeds(round, "close")
    back = await round.join("", person=other.person, seat=silent.seat)
    assert (back.id, back.person) == (silent.id, other.person)
    assert await kept(store, round) == []


async def test_a_younger_seat_takes_nothing_from_whoever_was_there_before(
    round: Hall, store: Store
) -> None:
    """The seat of the new phone, typed on the old one."""
    await round.start()
    old = await round.join("Old")
    await deeds(round, "next")
    await round.tap(old, 0, 1)
    await deeds(round, "show")
    new = await round.join("New")
    back = await round.join("", person=old.person, seat=new.seat)
    assert (back.id, back.seat, back.since) == (new.id, new.seat, 0)
    assert await everybody(round) == [back]
    assert await kept(store, round) == [(new.id, 0, (1,))]


async def test_a_seat_keeps_its_points_whoever_sat_elsewhere_before(
    round: Hall, store: Store
) -> None:
    """Joined on a phone, played on a tablet, and back on the phone."""
    await round.start()
    phone, tablet = await round.join("Phone"), await round.join("Tablet")
    await deeds(round, "next")
    await round.tap(tablet, 0, 1)
    await deeds(round, "show")
    back = await round.join("", person=phone.person, seat=tablet.seat)
    assert await everybody(round) == [back]
    assert await kept(store, round) == [(back.id, 0, (1,))]


async def test_time_runs_from_the_first_screen_that_showed_the_question(
    round: Hall, store: Store
) -> None:
    live = await round.start(Settings(speed=True, seconds=60))
    first, second = await round.join("A"), await round.join("B")
    await deeds(round, "next")
    at = {first.id: "2027-03-01T09:00:20+00:00", second.id: "2027-03-01T09:00:05+00:00"}
    rows = [(live.id, player, when) for player, when in at.items()]
    await store.write(
        lambda db: db.executemany(
            "INSERT INTO delivered (round, place, player, at) VALUES (?, 0, ?, ?)", rows
        )
    )
    await round.join("", person=second.person, seat=first.seat)
    found = await store.read(lambda db: db.execute("SELECT player, at FROM delivered").fetchall())
    assert found == [(first.id, at[second.id])]


async def test_nobody_is_given_the_number_of_somebody_who_is_gone(
    round: Hall, service: Service
) -> None:
    """Arrivals in memory and letters on their way still name it."""
    await round.start()
    await on_telegram(round)
    gone = {(await round.join("Page", PAGE)).id}
    await unite(round)
    erased = await round.join("Ada")
    gone.add(erased.id)
    await service.erase(erased.person)
    assert len(gone) == 2
    assert (await round.join("Cy")).id not in gone


async def test_pages_are_woken_where_a_player_vanishes_from_a_round_that_is_on(
    round: Hall, service: Service
) -> None:
    await round.start()
    await on_telegram(round)
    await round.join("Page", PAGE)
    woken: list[object] = []
    service.posted = woken.extend
    await unite(round)
    assert woken == [("round", round.id)]
    await service.erase(TELEGRAM)
    assert woken == [("round", round.id)] * 2


async def test_a_tap_on_yes_still_counts_after_the_other_phone_joined_in(hall: Phones) -> None:
    tess, ada = await started(hall), hall.phone("Ada")
    await ada.says((await live(hall)).code)
    await leads(hall, tess, "next")
    await ada.taps("B")
    await leads(hall, tess, "show", "end", "over")
    [(id, number)] = await hall.rows("SELECT round, id FROM player")
    who = Who(PAGE, "web", "", "en", "Page")
    await hall.service.commit(lambda batch: players.add(batch.db, id, who, "Page", 0, batch.now))
    await hall.service.commit(lambda batch: faces.unite(batch, PAGE, ada.person))
    await ada.does(Tap(f"q.n:{number}:1", 0))
    assert await hall.rows("SELECT name, named FROM player") == [("Ada", 1)]


async def waiting(hall: Phones) -> list[tuple[str, str]]:
    rows = await hall.rows("SELECT chat, message FROM outbox WHERE status = 'pending' ORDER BY id")
    return [(chat, message) for chat, message in rows]


async def test_no_letter_names_an_erased_player_and_others_keep_theirs(hall: Phones) -> None:
    tess, ada, ben = await started(hall), hall.phone("Ada MARKER"), hall.phone("Ben")
    await tess.says(f"/quiz {(await live(hall)).code}", GROUP)
    for phone in (ada, ben):
        await phone.says((await live(hall)).code)
    await leads(hall, tess, "next")
    before = await waiting(hall)
    assert any("MARKER" in message for _, message in before)
    await hall.service.erase(ada.person)
    assert await waiting(hall) == [each for each in before if each[0] != ada.number]


async def test_letters_go_with_an_erased_player_by_whatever_id_they_came(hall: Phones) -> None:
    _, ada = await started(hall), hall.phone("Ada MARKER")
    await hall.service.commit(lambda batch: faces.unite(batch, PAGE, ada.person))
    await ada.says((await live(hall)).code)
    assert "MARKER" in str(await waiting(hall))
    await hall.service.erase(PAGE)
    assert "MARKER" not in str(await waiting(hall))


async def test_whoever_erases_themselves_is_told_so(hall: Phones) -> None:
    await started(hall)
    ada = hall.phone("Ada MARKER")
    await ada.says((await live(hall)).code)
    await ada.says("/erase")
    await ada.taps("Yes, erase everything")
    [(chat, farewell)] = [each for each in await waiting(hall) if each[0] == ada.number]
    assert chat == ada.number
    assert "a mark without a name" in farewell
    assert "MARKER" not in farewell
