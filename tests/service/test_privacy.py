"""Nothing typed is kept without consent, all of it is exported, and none outlives an erasure."""

from __future__ import annotations

import asyncio
import json
import sqlite3

from bot.core.turn import Command
from bot.service.service import Service
from bot.store.people_sql import EXPORT
from bot.store.schema import metadata
from bot.store.store import Store
from tests.service.talk import turn
from tests.service.test_service import rows, said

MARKERS = ("MARKERwater", "MARKERforest", "MARKERteam", "MARKERboom")


def raw_bytes(store: Store) -> bytes:
    return b"".join(p.read_bytes() for p in store.path.parent.glob(store.path.name + "*"))


def second_member(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO person (id, created_at) VALUES ('telegram:2', '2026')")
    db.execute(
        "INSERT INTO member (person, team, joined_at)"
        " SELECT 'telegram:2', team, joined_at FROM member"
    )


async def talk_much(service: Service, person: str = "7") -> None:
    await service.run([turn(Command("yes"), person=person)])
    await service.run([turn("MARKERwater", person=person), turn("MARKERforest", person=person)])
    await service.run([turn(Command("team", "MARKERteam"), person=person)])
    await service.run([turn("boom MARKERboom", person=person)])


async def test_without_consent_nothing_typed_is_stored(store: Store, service: Service) -> None:
    await service.run([turn("MARKERwater"), turn("boom MARKERboom")])
    await service.run([turn(Command("fr")), turn("MARKERforest")])
    assert await said(store) == ["heard 1", "sorry fr", "fr", "heard 1"]
    assert b"MARKER" not in raw_bytes(store)
    assert await rows(store, "SELECT kind FROM event") == [("LanguageChosen",)]


async def test_with_consent_the_same_words_are_there(store: Store, service: Service) -> None:
    await talk_much(service)
    for marker in MARKERS:
        assert marker.encode() in raw_bytes(store)


async def test_erasure_leaves_no_byte_of_what_was_typed(store: Store, service: Service) -> None:
    await talk_much(service)
    await service.run([turn(Command("export"))])
    await service.run([turn(Command("erase"))])
    content = raw_bytes(store)
    for marker in MARKERS:
        assert marker.encode() not in content
    assert await said(store) == ["erase"]
    for table in ("person", "team", "member", "consent", "case_file", "conversation", "event"):
        assert await store.read(lambda db, t=table: db.execute(COUNT[t]).fetchone()[0]) == 0
    assert len(await rows(store, "SELECT 1 FROM erasure")) == 1


async def test_the_farewell_vanishes_once_sent(store: Store, service: Service) -> None:
    await talk_much(service)
    await service.run([turn(Command("erase"))])
    assert await rows(store, "SELECT chat, conversation, fleeting FROM outbox") == [("7", "", 1)]


async def test_nothing_reappears_when_messages_race_with_the_erasure(
    store: Store, service: Service
) -> None:
    await talk_much(service)
    before = [turn(f"MARKERwater{n}") for n in range(10)]
    after = [turn(f"MARKERforest{n}") for n in range(10)]
    runs = [service.run([*before, turn(Command("erase")), *after[:5]])]
    runs += [service.run([late]) for late in after[5:]]
    await asyncio.gather(*runs)
    assert b"MARKER" not in raw_bytes(store)


async def test_an_erasure_spares_everybody_else(store: Store, service: Service) -> None:
    await talk_much(service, "1")
    await talk_much(service, "2")
    await service.run([turn(Command("erase"), person="1")])
    await service.run([turn("MARKERriver", person="2")])
    assert (await said(store))[-1] == "heard 3"
    assert await rows(store, "SELECT id FROM person") == [("telegram:2",)]


async def test_a_team_stays_while_somebody_is_left_in_it(store: Store, service: Service) -> None:
    await service.run([turn(Command("yes"), person="1")])
    await store.write(second_member)
    await service.run([turn("MARKERwater", person="1")])
    await service.run([turn(Command("erase"), person="1")])
    [(snapshot,)] = await rows(store, "SELECT snapshot FROM case_file")
    [answer] = json.loads(str(snapshot))["answers"].values()
    assert answer["value"] == "MARKERwater"
    assert answer.get("by", "") == ""
    assert await rows(store, "SELECT person FROM member") == [("telegram:2",)]


async def test_who_is_no_longer_in_a_team_neither_reads_nor_writes_its_case(
    store: Store, service: Service
) -> None:
    await service.run([turn(Command("yes"), person="1")])
    await store.write(second_member)
    await store.write(lambda db: db.execute("DELETE FROM member WHERE person = 'telegram:1'"))
    await service.run([turn("MARKERwater", person="1")])
    [(snapshot,)] = await rows(store, "SELECT snapshot FROM case_file")
    assert "MARKERwater" not in str(snapshot)


async def test_an_export_holds_what_was_said_and_only_ones_own(
    store: Store, service: Service
) -> None:
    await talk_much(service, "1")
    await talk_much(service, "2")
    await service.run([turn(Command("export"), person="1")])
    [(message,)] = await rows(store, "SELECT message FROM outbox ORDER BY id DESC LIMIT 1")
    exported = json.loads(str(message))
    assert exported["html"] == "export 2 fr"
    data = json.loads(exported["file"]["text"])
    answers = data["case_file"][0]["snapshot"]["answers"]
    assert [a["value"] for a in answers.values()] == ["MARKERwater", "MARKERforest"]
    assert {p["id"] for p in data["person"]} == {"telegram:1"}
    assert "telegram:2" not in exported["file"]["text"]


async def test_exports_that_wait_to_be_sent_do_not_swell_the_next_one(
    store: Store, service: Service
) -> None:
    await talk_much(service)
    await service.run([turn(Command("export")) for _ in range(8)])
    lengths = [n for (n,) in await rows(store, "SELECT length(message) FROM outbox")]
    assert max(map(int, map(str, lengths))) < 20_000


async def test_every_column_is_exported_or_has_a_reason_not_to_be(
    store: Store, service: Service
) -> None:
    await talk_much(service)
    await service.run([turn(Command("export"))])
    [(message,)] = await rows(store, "SELECT message FROM outbox ORDER BY id DESC LIMIT 1")
    exported = set()
    for table, sql in EXPORT.items():
        names = await store.read(
            lambda db, s=sql: [c[0] for c in db.execute(s, ("x",)).description]
        )
        exported |= {f"{table}.{name}" for name in names}
    everything = {f"{t.name}.{c.name}" for t in metadata.tables.values() for c in t.columns}
    assert everything - exported == set(NOT_EXPORTED)
    assert set(json.loads(json.loads(str(message))["file"]["text"])) == set(EXPORT)


COUNT = {
    "person": "SELECT count(*) FROM person",
    "team": "SELECT count(*) FROM team",
    "member": "SELECT count(*) FROM member",
    "consent": "SELECT count(*) FROM consent",
    "case_file": "SELECT count(*) FROM case_file",
    "conversation": "SELECT count(*) FROM conversation",
    "event": "SELECT count(*) FROM event",
}

PROGRAMME = "the programme's own working paper about a team; gone with the team"
A_SECRET = "a hash of a secret; whoever holds the secret has it already"
ANOTHERS = "the id of a colleague of the programme; whose name it is stands in the words"
TWICE = "words exported already, folded for the search"
IN_THE_CASE = "stands in case_file.snapshot, exported"
A_COUNTER = "a row number or counter of ours; says nothing about a person"
SENDING = "how and when a message is sent again; nothing about a person"
A_ROUND = "the questions of a quiz and where it was played; nothing about a person"
OUR_STATE = "the state of the service as a whole"
NOT_EXPORTED = {
    "meta.id": OUR_STATE,
    "meta.epoch": OUR_STATE,
    "meta.last_received_at": OUR_STATE,
    "meta.erasing": OUR_STATE,
    "seen.channel": "keys of served turns, without any person; gone after three days",
    "seen.epoch": "keys of served turns, without any person; gone after three days",
    "seen.key": "keys of served turns, without any person; gone after three days",
    "seen.at": "keys of served turns, without any person; gone after three days",
    "member.person": "the person's own id, exported as person.id",
    "consent.person": "the person's own id, exported as person.id",
    "conversation.version": A_COUNTER,
    "conversation.question_nonce": "part of the exported session",
    "event.id": A_COUNTER,
    "timer.id": A_COUNTER,
    "outbox.id": A_COUNTER,
    "outbox.dedupe_key": "the key of the turn that was answered, exported as event.turn",
    "outbox.message": "on its way to the very person, made of what is exported; emptied once sent",
    "outbox.part": SENDING,
    "outbox.fleeting": SENDING,
    "outbox.attempts": SENDING,
    "outbox.next_at": SENDING,
    "outbox.lease_until": SENDING,
    "outbox.leased_by": SENDING,
    "outbox.last_error": SENDING,
    "set_aside.id": A_COUNTER,
    "set_aside.error": "where in our code a turn failed; nothing about a person",
    "erasure.id": A_COUNTER,
    "erasure.subject_hmac": "cannot be traced to a person without the key; who is erased is gone",
    "erasure.at": "the day of an erasure, with the hash above",
    "audit.id": A_COUNTER,
    "alias.person": "the person's own id, exported as person.id",
    "ticket.hash": A_SECRET,
    "ticket.person": "the person's own id, exported as person.id",
    "ticket.detail": "the name of somebody else, whom a member of staff invited",
    "staff.person": "the person's own id, exported as person.id",
    "staff.granted_by": ANOTHERS,
    "signin.hash": A_SECRET,
    "signin.person": "the person's own id, exported as person.id",
    "line.id": A_COUNTER,
    "line.person": ANOTHERS,
    "summary.sought": TWICE,
    "summary.tips": IN_THE_CASE,
    "summary.read": IN_THE_CASE,
    "stay.id": A_COUNTER,
    "question.id": A_COUNTER,
    "question.plain": TWICE,
    "note.id": A_COUNTER,
    "note.case_id": PROGRAMME,
    "note.author": PROGRAMME,
    "note.at": PROGRAMME,
    "note.text": PROGRAMME,
    "label.case_id": PROGRAMME,
    "label.label": PROGRAMME,
    "assignment.case_id": PROGRAMME,
    "assignment.person": PROGRAMME,
    "view.id": A_COUNTER,
    "view.person": "the person's own id, exported as person.id",
    "looked.person": "the person's own id, exported as person.id",
    "taught.id": A_COUNTER,
    "taught.person": "the person's own id, exported as person.id",
    "round.code": A_ROUND,
    "round.screen": A_SECRET,
    "round.host": "the person's own id, exported as person.id",
    "round_item.round": A_ROUND,
    "round_item.place": A_ROUND,
    "round_item.item": A_ROUND,
    "round_item.item_id": A_ROUND,
    "player.person": "the person's own id, exported as person.id",
    "player.seat": "a secret that lets a lost phone back in; whoever plays was told it",
    "room.round": A_ROUND,
    "room.channel": A_ROUND,
    "room.chat": A_ROUND,
    "room.language": A_ROUND,
    "own_set.owner": "the person's own id, exported as person.id",
    "learning.person": "the person's own id, exported as person.id",
}
