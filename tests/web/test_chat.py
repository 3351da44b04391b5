"""The chat page: kept before it is answered, once each, and shown to nobody else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.store.errors import StoreError
from bot.store.store import Store
from tests.desk.world import World, new_key, visible
from tests.web.asking import JSON, Stream, Tab, listening, tab

LOST = "Wells are polluted"


async def told(here: World) -> list[str]:
    """The problems in all files, as stored."""
    rows = await here.store.read(
        lambda db: db.execute("SELECT snapshot FROM case_file ORDER BY updated_at").fetchall()
    )
    answers = [json.loads(row[0]).get("answers", {}) for row in rows]
    return [found["problem"]["value"] for found in answers if "problem" in found]


async def counted(here: World, table: str) -> int:
    sql = {
        "event": "SELECT count(*) FROM event",
        "outbox": "SELECT count(*) FROM outbox",
        "line": "SELECT count(*) FROM line",
        "conversation": "SELECT count(*) FROM conversation",
    }[table]
    return await here.store.read(lambda db: db.execute(sql).fetchone()[0])


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Every commit fails as it does on a full disk; reading goes on."""
    writer, store._writer = store._writer, None
    try:
        yield
    finally:
        store._writer = writer


async def test_what_is_answered_with_kept_is_stored(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    answer = await founder.says(LOST)
    assert (answer.status_code, answer.json()) == (200, {"kept": True})
    assert await told(here) == [LOST]
    assert LOST in visible(await founder.page())


async def test_what_cannot_be_stored_is_not_taken_and_comes_again(here: World) -> None:
    founder, key = tab(here), new_key()
    await founder.agrees()
    before = [await counted(here, table) for table in ("event", "outbox", "line")]
    with full_disk(here.store):
        answer = await founder.says(LOST, key)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json() == {"kept": False, "why": "cannot_save"}
        assert LOST not in await founder.page(), "what was said so far can still be read"
    assert [await counted(here, table) for table in ("event", "outbox", "line")] == before
    assert (await founder.says(LOST, key)).status_code == 200
    assert await told(here) == [LOST]


async def test_a_failure_in_the_middle_of_a_commit_leaves_nothing(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    founder = tab(here)
    await founder.agrees()
    before = await counted(here, "event")
    real = here.service.run

    async def fails(arrivals: object) -> None:
        raise StoreError("database or disk is full")

    monkeypatch.setattr(here.service, "run", fails)
    assert (await founder.says(LOST)).status_code == 503
    monkeypatch.setattr(here.service, "run", real)
    assert await counted(here, "event") == before


async def test_the_same_key_twice_is_one_turn(here: World) -> None:
    founder, key = tab(here), new_key()
    await founder.agrees()
    answers = [await founder.says(LOST, key) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 200]
    assert await told(here) == [LOST]
    assert visible(await founder.page()).count(LOST) == 1
    assert (await founder.says("something else", key)).status_code == 200
    assert "something else" not in await founder.page()


async def test_the_same_key_from_another_browser_is_another_turn(here: World) -> None:
    one, two, key = tab(here), tab(here), new_key()
    for each, words in ((one, "the wells"), (two, "the forest")):
        await each.agrees()
        assert (await each.says(words, key)).status_code == 200
    assert sorted(await told(here)) == ["the forest", "the wells"]


async def until(stream: Stream, words: str) -> list[int]:
    """Reads on until `words` are heard; the ids of what came."""
    ids = []
    while True:
        heard = await stream.next()
        ids.append(heard.id)
        if words in heard.html:
            return ids


async def test_a_stream_resumes_where_it_broke_without_loss_or_doubling(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    cookies = founder.browser.cookies
    async with listening(here, cookies) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        first = [(await stream.next()).id for _ in range(2)]
    await founder.says(LOST)
    await founder.says("/menu")
    newest = await here.store.read(
        lambda db: db.execute("SELECT max(id) FROM outbox").fetchone()[0]
    )
    async with listening(here, cookies, last_event_id=str(first[-1])) as stream:
        second = [(await stream.next()).id]
        while second[-1] < newest:
            second.append((await stream.next()).id)
        await founder.says("/help")
        second.append((await stream.next()).id)
    rows = await here.store.read(
        lambda db: db.execute(
            "SELECT id FROM outbox WHERE id <= ? ORDER BY id", (second[-1],)
        ).fetchall()
    )
    assert first + second == [row[0] for row in rows]


async def test_the_header_of_a_reconnection_counts_more_than_the_address(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    async with listening(here, founder.browser.cookies, "after=0", last_event_id="2") as stream:
        assert (await stream.next()).id == 3
    for broken in ("-1", "x", "9" * 40, "1e3", "\u0663"):
        async with listening(here, founder.browser.cookies, f"after={broken}") as stream:
            assert (await stream.next()).id == 1, broken


async def test_a_stream_is_not_compressed_and_not_held_back_by_proxies(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    async with listening(here, founder.browser.cookies, accept_encoding="gzip") as stream:
        assert "content-encoding" not in stream.headers
        assert stream.headers["x-accel-buffering"] == "no"
        assert stream.headers["cache-control"] == "no-store"
        assert (await stream.next()).html


async def test_two_tabs_hear_the_same(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    cookies = founder.browser.cookies
    async with listening(here, cookies) as one, listening(here, cookies) as two:
        await founder.says("/menu")
        newest = await here.store.read(
            lambda db: db.execute("SELECT max(id) FROM outbox").fetchone()[0]
        )
        heard = []
        for stream in (one, two):
            ids = [(await stream.next()).id]
            while ids[-1] < newest:
                ids.append((await stream.next()).id)
            heard.append(ids)
    assert heard[0] == heard[1]


async def test_too_many_open_pages_of_one_person_are_refused_and_closed_ones_count_no_more(
    here: World,
) -> None:
    founder = tab(here)
    await founder.begins()
    for _ in range(8):
        async with listening(here, founder.browser.cookies) as stream:
            await stream.next()
    assert here.hub._open == 0
    assert here.hub._pages == {}


async def test_another_browser_gets_nothing_of_it(here: World) -> None:
    founder, other = tab(here), tab(here)
    await founder.agrees()
    await founder.says(LOST)
    await other.agrees()
    async with listening(here, other.browser.cookies) as stream:
        await founder.says("/export")
        await other.says("/help")
        heard = await stream.next()
        ids = {heard.id}
        while "/" not in heard.html and len(ids) < 12:
            heard = await stream.next()
            ids.add(heard.id)
    chats = await here.store.read(
        lambda db: {
            row[0]
            for row in db.execute(
                "SELECT chat FROM outbox WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(ids)),),
            )
        }
    )
    assert len(chats) == 1
    assert LOST not in await other.page()
    assert (await here.browser().get("/events")).status_code == 204


async def file_of(here: World, founder: Tab) -> str:
    async with listening(here, founder.browser.cookies) as stream:
        while True:
            heard = await stream.next()
            if heard.file:
                return heard.file["address"]


async def test_a_file_is_had_by_whose_it_is_alone(here: World) -> None:
    founder, other = tab(here), tab(here)
    await founder.agrees()
    await founder.says(LOST)
    await founder.says("/export")
    await other.agrees()
    address = await file_of(here, founder)
    answer = await founder.browser.get(address)
    assert answer.headers["content-disposition"] == 'attachment; filename="amorce.json"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert LOST in answer.text
    json.loads(answer.text)
    refused = [await each.get(address) for each in (other.browser, here.browser())]
    nothing = await other.browser.get("/file/99999")
    assert {(a.status_code, a.content) for a in refused} == {(404, nothing.content)}
    number = int(address.rpartition("/")[2])
    for near in (number - 1, number + 1):
        assert (await founder.browser.get(f"/file/{near}")).status_code == 404


async def test_half_a_sign_neither_breaks_the_page_nor_the_stream_nor_the_file(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    who = await here.store.read(
        lambda db: db.execute("SELECT chat FROM conversation").fetchone()[0]
    )
    phone = here.founder(who, channel="web")
    await phone.does("half \ud800 sign \x00 zero")
    await phone.does("/review")
    await phone.does("/export")
    assert "half ? sign" in visible(await founder.page())
    answer = await founder.browser.get(await file_of(here, founder))
    assert "\\ud800" in answer.text
    json.loads(answer.text)


async def test_forged_taps_change_nothing(here: World) -> None:
    founder, other = tab(here), tab(here)
    await founder.begins()
    await other.begins()
    nonce = await founder.asked()
    forged = [("erase_all", nonce), ("yes", nonce + 7), ("yes", 0), ("no_such", nonce)]
    for action, number in forged:
        assert (await founder.taps(action, number)).status_code == 200
    rows = await here.store.read(
        lambda db: db.execute("SELECT count(*) FROM consent").fetchone()[0]
    )
    assert rows == 0
    for action, number in (
        ("yes", "-1"),
        ("yes", "1" * 30),
        ("", "1"),
        ("x" * 65, "1"),
        ("yes", "\u0661"),
    ):
        sent = {"kind": "tap", "action": action, "nonce": number, "key": new_key()}
        answer = await founder.browser.post("/say", data=sent, headers=JSON)
        assert answer.status_code == 422, (action, number)


async def test_a_tap_with_another_persons_number_is_ones_own_tap(here: World) -> None:
    founder, other = tab(here), tab(here)
    await founder.agrees()
    await founder.says(LOST)
    await other.agrees()
    before = await founder.page()
    await other.taps("set:crisis", await founder.asked())
    assert await founder.page() == before
    assert await told(here) == [LOST]


async def test_a_forged_cookie_is_nobody(here: World) -> None:
    founder = tab(here)
    await founder.agrees()
    await founder.says(LOST)
    cookie = founder.browser.cookies["amorce"]
    secret, _, seal = cookie.rpartition(".")
    for forged in (
        secret,
        f"{secret}x.{seal}",
        f"{secret}.{seal[:-2]}AA",
        f"{secret}.",
        f".{seal}",
    ):
        asking = here.browser()
        asking.cookies.set("amorce", forged)
        assert (await asking.get("/events")).status_code == 204
        assert LOST not in (await asking.get("/")).text


async def test_the_page_works_without_any_script(here: World) -> None:
    founder = here.browser()
    page = (await founder.get("/")).text
    assert "<noscript>" in page
    assert '<form method="post" action="/say" id="begin">' in page
    kept = await founder.post("/say", data={"kind": "start"})
    assert (kept.status_code, kept.headers["location"]) == (303, "/#end")
    for action in ("yes", "need:partners"):
        page = (await founder.get("/")).text
        form = page[page.rindex('<form method="post" action="/say" class="choices"') :]
        assert f'value="{action}"' in form
        [nonce] = re.findall(r'name="nonce" value="(\d+)"', form)
        await founder.post("/say", data={"kind": "tap", "nonce": nonce, "action": action})
    assert (await founder.post("/say", data={"kind": "text", "text": LOST})).status_code == 303
    assert LOST in visible((await founder.get("/")).text)


async def test_without_a_script_what_was_not_taken_comes_back_with_the_reason(here: World) -> None:
    founder = here.browser()
    await founder.post("/say", data={"kind": "start"})
    with full_disk(here.store):
        answer = await founder.post("/say", data={"kind": "text", "text": "</textarea><b>lost?"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "&lt;/textarea&gt;&lt;b&gt;lost?</textarea>" in answer.text
    assert re.search(r'<p id="state" role="status">[^<]{10,}</p>', answer.text)
    long = await founder.post("/say", data={"kind": "text", "text": "x" * 16_001})
    assert long.status_code == 422
    assert "x" * 16_001 in long.text


async def test_a_quick_hand_is_asked_to_wait_and_its_neighbour_is_not(here: World) -> None:
    founder, other = tab(here), tab(here)
    await founder.begins()
    await other.begins()
    answers = [await founder.says(f"word {n}") for n in range(40)]
    assert {a.status_code for a in answers} == {200, 429}
    assert (await other.says("hello")).status_code == 200
