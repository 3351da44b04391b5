"""Live rounds over a real database: joined, answered once, led, taken over, ended by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from bot.quiz.item import Item
from bot.quiz.round import Settings
from bot.service import round_names, round_results, rounds
from bot.service.rounds import Kept, RoundError
from bot.service.service import Service
from bot.store import faces, players, replies, staffing
from bot.store import rounds as kept_rounds
from bot.store.batch import Batch
from bot.store.players import Player, Who
from bot.store.rounds import Live
from bot.store.store import Store
from tests.service.conftest import Clock

T = TypeVar("T")

HOST = "telegram:1"
AB = ({"en": "this"}, {"en": "that"}, {"en": "neither"})
ITEMS = (
    Item("one", "single", {"en": "Which?"}, AB, (1,)),
    Item("two", "several", {"en": "Which ones?"}, AB, (0, 2)),
    Item("three", "order", {"en": "In which order?"}, AB, (2, 0, 1)),
)


class Hall:
    """A round and those in it; every step is a commit of its own."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.id = ""

    async def start(self, settings: Settings | None = None, host: str = HOST) -> Live:
        def work(batch: Batch) -> Live:
            staffing.grant(batch.db, host, "Tess", "trainer", "settings", batch.now)
            return rounds.start(batch, host, settings or Settings(), ITEMS)

        live = await self.service.commit(work)
        self.id = live.id
        return live

    async def do(self, work: Callable[[Batch, Live], T]) -> T:
        def inside(batch: Batch) -> T:
            live = kept_rounds.load(batch.db, self.id)
            assert live is not None
            return work(batch, live)

        return await self.service.commit(inside)

    async def join(self, name: str, person: str = "", seat: str = "") -> Player:
        who = Who(person or f"web:{name}", "web", "", "en", name)
        return (await self.do(lambda batch, live: rounds.join(batch, live, who, seat)))[0]

    async def lead(self, deed: str, person: str = HOST, at: str = "", argument: str = "") -> Live:
        voice = self.service.voice
        return await self.do(
            lambda batch, live: rounds.lead(batch, voice, live, person, deed, at, argument)
        )

    async def tap(self, player: Player, place: int, option: int) -> Kept:
        return await self.do(lambda batch, live: rounds.answer(batch, live, player, place, option))

    async def refused(self, doing: object) -> str:
        with pytest.raises(RoundError) as error:
            await doing  # type: ignore[misc]
        return error.value.why


@pytest.fixture
def hall(service: Service) -> Hall:
    return Hall(service)


async def test_the_first_tap_is_the_answer_and_counts_once(hall: Hall, store: Store) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    await hall.lead("next")
    assert await hall.tap(ada, 0, 1) == Kept("B")
    assert await hall.tap(ada, 0, 2) == Kept("B", again=True)
    found = await store.read(lambda db: replies.every(db, hall.id))
    assert [(r.choice, r.right, r.points) for r in found] == [((1,), True, 100)]


async def test_of_several_each_tap_changes_the_answer_while_it_is_open(
    hall: Hall, store: Store
) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    for deed in ("next", "show", "next"):
        await hall.lead(deed)
    said = [(await hall.tap(ada, 1, option)).said for option in (2, 1, 0, 1)]
    assert said == ["C", "B, C", "A, B, C", "A, C"]
    assert (await store.read(lambda db: replies.every(db, hall.id)))[0].right
    for deed in ("show", "next"):
        await hall.lead(deed)
    said = [(await hall.tap(ada, 2, option)).said for option in (2, 0, 1)]
    assert said[-1] == "C, A, B"
    assert all(r.right for r in await store.read(lambda db: replies.every(db, hall.id)))


async def test_an_answer_before_or_after_its_time_is_refused_kindly(hall: Hall) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    assert await hall.refused(hall.tap(ada, 0, 1)) == "round.too_late"
    await hall.lead("next")
    await hall.lead("pause")
    assert await hall.refused(hall.tap(ada, 0, 1)) == "round.paused"
    await hall.lead("resume")
    assert await hall.refused(hall.tap(ada, 0, 5)) == "round.no_such_letter"
    await hall.lead("close")
    assert await hall.refused(hall.tap(ada, 0, 1)) == "round.too_late"
    await hall.lead("end")
    assert await hall.refused(hall.tap(ada, 0, 1)) == "round.over"


async def test_whoever_comes_late_missed_nothing_that_counts_against_them(hall: Hall) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    await hall.lead("next")
    await hall.tap(ada, 0, 0)
    ben = await hall.join("Ben")
    await hall.lead("show")
    cleo = await hall.join("Cleo")
    assert (ada.since, ben.since, cleo.since) == (0, 0, 1)
    figures = await hall.do(lambda batch, live: round_results.score(batch, live, cleo))
    assert figures == {"right": 0, "there": 0, "blank": 0, "missed": 1}


async def test_a_lost_phone_comes_back_with_its_points(hall: Hall) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    await hall.lead("next")
    await hall.tap(ada, 0, 1)
    await hall.lead("show")
    back = await hall.join("", person="web:other", seat=ada.seat.lower())
    assert (back.id, back.name) == (ada.id, "Ada")
    [line] = await hall.do(round_results.board)
    assert (line.points, line.right) == (100, 1)
    assert await hall.refused(hall.join("", person="web:third", seat="ZZZZZZ")) == "round.no_seat"


async def test_two_devices_of_one_person_are_one_player(hall: Hall, service: Service) -> None:
    await hall.start()
    ada = await hall.join("Ada", person="telegram:7")
    again = await hall.join("Ada", person="telegram:7")
    assert again.id == ada.id
    await service.commit(lambda batch: faces.unite(batch, "telegram:7", "web:7"))
    person = await service.store.read(lambda db: faces.person_of(db, "web:7"))
    assert (await hall.join("Ada", person=person)).id == ada.id
    assert await hall.do(lambda batch, live: players.count(batch.db, live.id)) == 1


async def test_what_a_new_phone_answered_before_it_took_the_seat_is_kept_there(
    hall: Hall, store: Store
) -> None:
    await hall.start(Settings(speed=True))
    ada = await hall.join("Ada")
    await hall.lead("next")
    await hall.tap(ada, 0, 1)
    for deed in ("show", "next"):
        await hall.lead(deed)
    new = await hall.join("", person="web:new")
    for player in (ada, new):
        await hall.do(
            lambda batch, live, id=player.id: replies.delivered(batch.db, live.id, 1, id, batch.now)
        )
    await hall.tap(new, 1, 0)
    await hall.tap(new, 1, 2)
    back = await hall.join("", person="web:new", seat=ada.seat)
    assert back.id == ada.id
    assert await hall.do(lambda batch, live: players.count(batch.db, live.id)) == 1
    found = await store.read(lambda db: replies.every(db, hall.id))
    assert [(r.player, r.place, r.right) for r in found] == [(ada.id, 0, True), (ada.id, 1, True)]


async def test_one_person_who_played_from_two_places_becomes_one_player(
    hall: Hall, service: Service, store: Store
) -> None:
    await hall.start()
    phone = await hall.join("Ada", person="telegram:7")
    page = await hall.join("Ada", person="web:7")
    await hall.lead("next")
    await hall.tap(phone, 0, 1)
    await hall.tap(page, 0, 0)
    await service.commit(lambda batch: faces.unite(batch, "telegram:7", "web:7"))
    found = await hall.do(lambda batch, live: players.everybody(batch.db, live.id))
    assert [(p.id, p.person) for p in found] == [(phone.id, "telegram:7")]
    assert [r.choice for r in await store.read(lambda db: replies.every(db, hall.id))] == [(1,)]


async def test_an_arrival_of_somebody_who_is_gone_is_nobodys_trouble(hall: Hall) -> None:
    await hall.start(Settings(speed=True))
    await hall.lead("next")
    await hall.do(lambda batch, live: replies.delivered(batch.db, live.id, 0, 99, batch.now))


async def test_a_name_taken_off_the_wall_leaves_a_number_that_is_free(hall: Hall) -> None:
    await hall.start()
    rude, _ = await hall.join("Rude"), await hall.join("1")
    await hall.do(lambda batch, live: round_names.unname(batch, live, rude.id))
    found = await hall.do(lambda batch, live: players.everybody(batch.db, live.id))
    assert [p.name for p in found] == ["2", "1"]


async def test_what_a_clock_does_is_no_sign_of_its_host(
    hall: Hall, service: Service, clock: Clock
) -> None:
    await hall.start(Settings(seconds=110, clock_closes=True))
    await service.commit(
        lambda batch: staffing.grant(batch.db, "web:u", "Uma", "trainer", "settings", batch.now)
    )
    await hall.lead("next")
    clock.pass_(seconds=115)
    await service.come_due()
    assert (await hall.do(lambda _, live: live)).round.stage == "closed"
    clock.pass_(seconds=6)
    taken = await hall.do(lambda batch, live: rounds.take_over(batch, live, "web:u"))
    assert taken.host == "web:u"


async def test_two_people_of_one_name_are_told_apart(hall: Hall) -> None:
    await hall.start()
    names = [(await hall.join(name, person=f"web:{n}")).name for n, name in enumerate("AAa")]
    assert names == ["A", "A 2", "a 3"]


async def test_without_names_everybody_is_a_number(hall: Hall) -> None:
    await hall.start(Settings(names=False))
    assert [(await hall.join(name)).name for name in ("Ada", "Ben")] == ["1", "2"]


async def test_a_full_round_says_so_and_lets_those_inside_come_back(hall: Hall) -> None:
    await hall.start(Settings(most=1))
    ada = await hall.join("Ada")
    assert await hall.refused(hall.join("Ben")) == "round.full"
    assert (await hall.join("Ada")).id == ada.id


async def test_a_button_pressed_twice_moves_the_round_once(hall: Hall) -> None:
    await hall.start()
    at = (await hall.lead("next")).round.standing
    await hall.lead("close", at=at)
    assert await hall.refused(hall.lead("close", at=at)) == "round.moved_on"
    assert await hall.refused(hall.lead("close")) == "round.not_now"


async def test_nobody_but_the_host_leads(hall: Hall, service: Service) -> None:
    await hall.start()
    assert await hall.refused(hall.lead("next", person="telegram:2")) == "round.not_yours"
    await service.commit(
        lambda batch: staffing.grant(batch.db, "telegram:2", "Uma", "staff", "settings", batch.now)
    )
    assert await hall.refused(hall.lead("next", person="telegram:2")) == "round.not_yours"


async def test_a_round_whose_host_is_gone_can_be_taken_over(
    hall: Hall, service: Service, clock: Clock
) -> None:
    await hall.start()
    await service.commit(
        lambda batch: staffing.grant(batch.db, "web:u", "Uma", "trainer", "settings", batch.now)
    )
    take = lambda batch, live: rounds.take_over(batch, live, "web:u")  # noqa: E731
    assert await hall.refused(hall.do(take)) == "round.host_is_here"
    clock.pass_(minutes=3)
    await hall.do(take)
    assert (await hall.lead("next", person="web:u")).round.stage == "open"
    assert await hall.refused(hall.lead("close")) == "round.not_yours"


async def test_a_round_nobody_leads_any_more_ends_by_itself_after_three_hours(
    hall: Hall, service: Service, clock: Clock
) -> None:
    live = await hall.start()
    clock.pass_(hours=2)
    await hall.lead("next")
    clock.pass_(hours=2)
    await service.come_due()
    assert (await hall.do(lambda _, live: live)).round.stage == "open"
    clock.pass_(hours=1, seconds=1)
    await service.come_due()
    ended = await hall.do(lambda _, live: live)
    assert ended.round.stage == "ended"
    assert ended.ended_at == clock()
    assert await service.store.read(lambda db: kept_rounds.of_code(db, live.code)) is None


async def test_time_that_is_up_closes_nothing_unless_the_trainer_wants_it(
    hall: Hall, service: Service, clock: Clock
) -> None:
    await hall.start(Settings(seconds=30))
    ada = await hall.join("Ada")
    await hall.lead("next")
    clock.pass_(seconds=31)
    await service.come_due()
    assert await hall.tap(ada, 0, 1) == Kept("B")
    told = await service.store.read(
        lambda db: db.execute(
            "SELECT chat, message FROM outbox WHERE channel = 'telegram'"
        ).fetchall()
    )
    assert [chat for chat, _ in told] == ["1"]


async def test_a_clock_that_closes_does_so_after_a_restart_too(
    hall: Hall, service: Service, store: Store, clock: Clock
) -> None:
    await hall.start(Settings(seconds=30, clock_closes=True))
    ada = await hall.join("Ada")
    await hall.lead("next")
    await store.close()
    await store.open()
    await hall.lead("extend")
    clock.pass_(seconds=31)
    await service.come_due()
    assert (await hall.do(lambda _, live: live)).round.stage == "open"
    clock.pass_(seconds=30)
    await service.come_due()
    assert (await hall.do(lambda _, live: live)).round.stage == "closed"
    assert await hall.refused(hall.tap(ada, 0, 1)) == "round.too_late"


async def test_where_speed_counts_it_is_ones_own_time_that_does(
    hall: Hall, service: Service, clock: Clock
) -> None:
    await hall.start(Settings(seconds=30, speed=True))
    near, far = await hall.join("Near"), await hall.join("Far")
    await hall.lead("next")
    clock.pass_(seconds=10)
    # Reached ten seconds after the others, answered ten seconds after that.
    await hall.do(lambda batch, live: replies.delivered(batch.db, live.id, 0, far.id, batch.now))
    await hall.tap(near, 0, 1)
    clock.pass_(seconds=10)
    await hall.tap(far, 0, 1)
    await hall.lead("show")
    board = {line.name: line.points for line in await hall.do(round_results.board)}
    assert board == {"Near": 83, "Far": 83}


async def test_a_question_that_is_skipped_gives_no_points(hall: Hall) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    await hall.lead("next")
    await hall.tap(ada, 0, 1)
    await hall.lead("skip")
    [line] = await hall.do(round_results.board)
    assert (line.points, line.right) == (0, 0)


async def test_all_pages_of_a_round_are_woken_after_each_change(
    hall: Hall, service: Service
) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    await hall.lead("next")
    woken: list[object] = []
    service.posted = woken.extend
    await hall.tap(ada, 0, 1)
    assert woken == [("round", hall.id)]


async def test_a_wrong_code_and_an_old_one_are_told_apart(hall: Hall, service: Service) -> None:
    live = await hall.start()
    shown = f"{live.code[:3]}-{live.code[3:].lower()}"
    found = await service.commit(lambda batch: rounds.of_code(batch, shown))
    assert found.id == live.id
    await hall.lead("end")
    for code, why in (
        (live.code, "round.over"),
        ("AAAAAA", "round.no_code"),
        ("", "round.no_code"),
    ):
        with pytest.raises(RoundError, match=why):
            await service.commit(lambda batch, code=code: rounds.of_code(batch, code))


async def test_a_host_who_was_revoked_leads_no_more(hall: Hall, service: Service) -> None:
    await hall.start()
    await service.commit(lambda batch: staffing.revoke(batch.db, HOST, "telegram:9", batch.now))
    assert await hall.refused(hall.lead("next")) == "round.not_yours"


async def test_a_month_later_nobody_can_be_told_from_a_round_unless_they_agreed(
    hall: Hall, store: Store, clock: Clock
) -> None:
    await hall.start()
    ada, ben = await hall.join("Ada"), await hall.join("Ben")
    await hall.do(lambda batch, _: players.agree(batch.db, ben.id, named=True))
    await hall.lead("next")
    await hall.tap(ada, 0, 1)
    await hall.lead("end")
    clock.pass_(days=29)
    await store.tidy(clock())
    found = await hall.do(lambda batch, live: players.everybody(batch.db, live.id))
    assert [(p.name, p.person) for p in found] == [("Ada", "web:Ada"), ("Ben", "web:Ben")]
    clock.pass_(days=2)
    await store.tidy(clock())
    found = await hall.do(lambda batch, live: players.everybody(batch.db, live.id))
    assert [(p.name, p.person) for p in found] == [("", ""), ("Ben", "web:Ben")]
    assert {p.chat for p in found} == {""}
    assert len(await store.read(lambda db: replies.every(db, hall.id))) == 1


async def test_a_question_the_host_skipped_speaks_against_no_text(hall: Hall, store: Store) -> None:
    await hall.start()
    ada = await hall.join("Ada")
    await hall.lead("next")
    await hall.tap(ada, 0, 0)
    assert [m.item for m in await store.read(lambda db: replies.often_wrong(db, 1, 0.5))] == ["one"]
    await hall.lead("skip")
    assert await store.read(lambda db: replies.often_wrong(db, 1, 0.5)) == []
