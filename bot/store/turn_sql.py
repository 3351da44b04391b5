"""The statements of a turn: a handful, so that it costs well under a millisecond."""

from __future__ import annotations

# One row always comes back, so that a newcomer who belongs to a team is found by membership.
# Whoever has left a team no longer sees its case, though the conversation still names it.
LOAD = """
SELECT c.session, c.version, f.id, f.snapshot, f.version, a.text_version, a.at, k.person,
    coalesce(c.owner, 'bot'), (SELECT count(*) FROM member AS q WHERE q.person = k.person),
    l.cards, l.every
FROM (SELECT ?1 AS id, coalesce((SELECT person FROM alias WHERE id = ?2), ?2) AS person) AS k
LEFT JOIN conversation AS c ON c.id = k.id
LEFT JOIN consent AS a ON a.person = k.person AND a.withdrawn_at IS NULL
LEFT JOIN learning AS l ON l.person = k.person
LEFT JOIN case_file AS f ON f.id = coalesce(c.case_id, (
    SELECT own.id FROM member AS m JOIN case_file AS own ON own.team = m.team
    WHERE m.person = k.person ORDER BY m.joined_at LIMIT 1))
    AND EXISTS (SELECT 1 FROM member AS n WHERE n.person = k.person AND n.team = f.team)
LIMIT 1
"""

TEAMS = """
SELECT f.id, coalesce(t.name, '') FROM member AS m JOIN team AS t ON t.id = m.team
JOIN case_file AS f ON f.team = t.id WHERE m.person = ? ORDER BY m.joined_at, f.id
"""
AGREED = """
SELECT 1 FROM consent WHERE withdrawn_at IS NULL
AND person = coalesce((SELECT person FROM alias WHERE id = ?1), ?1)
"""

SAVE_SESSION = """
INSERT INTO conversation
    (id, channel, chat, person, case_id, session, question_nonce, updated_at, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, session = excluded.session,
    question_nonce = excluded.question_nonce, updated_at = excluded.updated_at,
    version = conversation.version + 1
"""

POST = """
INSERT INTO outbox
    (dedupe_key, channel, chat, conversation, message, fleeting, created_at, status)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
