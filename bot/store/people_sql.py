"""The statements that export all that is kept of a person, and that erase it."""

from __future__ import annotations

# Columns that hold nothing of the person (counters, leases, hashes) are named in a test, each
# with its reason; that test finds every new column that is on neither side.
EXPORT = {
    "person": "SELECT id, language, created_at FROM person WHERE id = ?1",
    "consent": "SELECT text_version, at, withdrawn_at FROM consent WHERE person = ?1",
    "member": "SELECT team, role, organisation, sector, joined_at FROM member WHERE person = ?1",
    "team": "SELECT id, name, created_at FROM team WHERE id IN (SELECT team FROM member"
    " WHERE person = ?1)",
    "case_file": "SELECT id, team, version, snapshot, updated_at FROM case_file"
    " WHERE team IN (SELECT team FROM member WHERE person = ?1)",
    # Which colleague of the programme writes is known by name; their id stays theirs.
    "conversation": "SELECT id, channel, chat, person, case_id, session,"
    " CASE owner WHEN 'bot' THEN owner ELSE 'staff' END AS owner, updated_at"
    " FROM conversation WHERE person = ?1",
    "event": "SELECT conversation, case_id, turn, at, kind,"
    " CASE kind WHEN 'HandoverBegan' THEN '{}' ELSE data END AS data FROM event"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "line": "SELECT conversation, case_id, at, author, shown, message FROM line"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "timer": "SELECT conversation, kind, about, due_at, fired_at FROM timer"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    # Without the words: an export would hold the ones before it that are not sent yet.
    "outbox": "SELECT channel, chat, conversation, lane, status, message_id, expires_at,"
    " created_at FROM outbox"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "set_aside": "SELECT channel, key, conversation, raw, at FROM set_aside"
    " WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "audit": "SELECT at, actor, action, about, detail FROM audit WHERE actor = ?1",
    "alias": "SELECT id FROM alias WHERE person = ?1",
    "ticket": "SELECT kind, made_at, expires_at, used_at FROM ticket WHERE person = ?1",
    "summary": "SELECT case_id, shared, name, phase, form, sectors, language, begun_at, last_at,"
    " step, step_due, slipped, asked, stuck, stuck_from FROM summary"
    " WHERE case_id IN (SELECT f.id FROM case_file AS f JOIN member AS m ON m.team = f.team"
    " WHERE m.person = ?1)",
    "stay": "SELECT case_id, phase, at FROM stay"
    " WHERE case_id IN (SELECT f.id FROM case_file AS f JOIN member AS m ON m.team = f.team"
    " WHERE m.person = ?1)",
    "question": "SELECT case_id, language, text, at, settled_at FROM question"
    " WHERE case_id IN (SELECT f.id FROM case_file AS f JOIN member AS m ON m.team = f.team"
    " WHERE m.person = ?1)",
    "staff": "SELECT name, role, language, granted_at, revoked_at FROM staff WHERE person = ?1",
    "signin": "SELECT browser, made_at, seen_at FROM signin WHERE person = ?1",
    "view": "SELECT name, query FROM view WHERE person = ?1",
    "looked": "SELECT case_id, at FROM looked WHERE person = ?1",
    "taught": "SELECT language, question, entry, at FROM taught WHERE person = ?1",
    "round": "SELECT id, title, made_at, acted_at, ended_at, snapshot FROM round WHERE host = ?1",
    "player": "SELECT id, round, name, language, channel, chat, since, named, joined_at FROM player"
    " WHERE person = ?1",
    "reply": "SELECT r.round, r.place, r.player, r.choice, r.is_right, r.points, r.at"
    " FROM reply AS r JOIN player AS p ON p.id = r.player WHERE p.person = ?1",
    "delivered": "SELECT d.round, d.place, d.player, d.at FROM delivered AS d"
    " JOIN player AS p ON p.id = d.player WHERE p.person = ?1",
    "learning": "SELECT cards, every, updated_at FROM learning WHERE person = ?1",
    "own_set": "SELECT id, name, language, made_at FROM own_set WHERE owner = ?1",
    "own_item": "SELECT i.own_set, i.place, i.item FROM own_item AS i"
    " JOIN own_set AS s ON s.id = i.own_set WHERE s.owner = ?1",
}

ALIASES = "SELECT id FROM alias WHERE person = ?1"
ASKED_ALONE = """
SELECT DISTINCT q.plain FROM question AS q JOIN case_file AS f ON f.id = q.case_id
WHERE f.team = ?1 AND NOT EXISTS (SELECT 1 FROM question AS o JOIN case_file AS g
    ON g.id = o.case_id WHERE o.plain = q.plain AND g.team <> ?1)
"""

OWN_TEAMS = """
SELECT m.team FROM member AS m WHERE m.person = ?1
AND NOT EXISTS (SELECT 1 FROM member AS o WHERE o.team = m.team AND o.person <> ?1)
"""
SHARED_CASES = """
SELECT f.id, f.snapshot FROM case_file AS f JOIN member AS m ON m.team = f.team
WHERE m.person = ?1
AND EXISTS (SELECT 1 FROM member AS o WHERE o.team = m.team AND o.person <> ?1)
"""

# For those who hold or held a right; whole tables are looked through. What they did as staff
# stays with the teams it was done for, without their id.
ERASE_STAFF = (
    "DELETE FROM event WHERE kind = 'HandoverBegan' AND json_extract(data, '$.person') = ?1",
    "UPDATE conversation SET owner = 'bot' WHERE owner = ?1",
    "UPDATE line SET person = '' WHERE person = ?1",
    "UPDATE note SET author = '' WHERE author = ?1",
    "UPDATE taught SET person = '' WHERE person = ?1",
    "UPDATE staff SET granted_by = '' WHERE granted_by = ?1",
    "UPDATE audit SET detail = '' WHERE action LIKE 'invite%'"
    " AND detail = (SELECT name FROM staff WHERE person = ?1)",
    "DELETE FROM assignment WHERE person = ?1",
    "DELETE FROM view WHERE person = ?1",
    "DELETE FROM looked WHERE person = ?1",
    "DELETE FROM own_item WHERE own_set IN (SELECT id FROM own_set WHERE owner = ?1)",
    "DELETE FROM own_set WHERE owner = ?1",
    # Others played these rounds; whoever is there may take over one that is still on.
    "UPDATE round SET host = '' WHERE host = ?1",
    "DELETE FROM staff WHERE person = ?1",
)

# In this order: what refers goes before what is referred to.
ERASE_PERSON = (
    "DELETE FROM event WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "DELETE FROM timer WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "DELETE FROM outbox WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    # What rounds tell is in no conversation: it goes by the chat with this person alone, which on
    # a channel has the person's number.
    "DELETE FROM outbox WHERE conversation = '' AND status = 'pending' AND (channel, chat) IN"
    " (SELECT substr(id, 1, instr(id, ':') - 1), substr(id, instr(id, ':') + 1) FROM"
    " (SELECT ?1 AS id UNION SELECT id FROM alias WHERE person = ?1))",
    "DELETE FROM set_aside WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "DELETE FROM line WHERE conversation IN (SELECT id FROM conversation WHERE person = ?1)",
    "UPDATE audit SET actor = '', about = '', detail = '' WHERE actor = ?1 OR about = ?1",
    "UPDATE audit SET detail = '' WHERE detail IN (?1, 'removed ' || ?1)",
    "DELETE FROM delivered WHERE player IN (SELECT id FROM player WHERE person = ?1)",
    "DELETE FROM reply WHERE player IN (SELECT id FROM player WHERE person = ?1)",
    "DELETE FROM player WHERE person = ?1",
    "DELETE FROM learning WHERE person = ?1",
    "DELETE FROM signin WHERE person = ?1",
    # A spent invitation still holds the name of whom it invited.
    "DELETE FROM ticket WHERE person = ?1 OR (kind = 'invite' AND used_at IS NOT NULL)",
    "DELETE FROM alias WHERE person = ?1",
    "DELETE FROM consent WHERE person = ?1",
    "DELETE FROM member WHERE person = ?1",
    "DELETE FROM conversation WHERE person = ?1",
    "DELETE FROM person WHERE id = ?1",
)
# Letters of nobody's talk, as staff get them, may name a team. A page that is open has shown them.
ERASE_NOTICES = "DELETE FROM outbox WHERE channel = 'web' AND fleeting = 1"

ERASE_TEAM = (
    "DELETE FROM event WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM line WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM timer WHERE about IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM summary WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM stay WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM note WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM label WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM assignment WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM looked WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "DELETE FROM question WHERE case_id IN (SELECT id FROM case_file WHERE team = ?1)",
    "UPDATE audit SET about = '', detail = '' WHERE about = ?1"
    " OR about IN (SELECT id FROM case_file WHERE team = ?1)",
    "UPDATE conversation SET case_id = NULL WHERE case_id IN (SELECT id FROM case_file"
    " WHERE team = ?1)",
    "DELETE FROM case_file WHERE team = ?1",
    "DELETE FROM team WHERE id = ?1",
)
