"""The first tables."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Frozen text: what a released database holds must not follow later edits of the schema.
STATEMENTS = (
    """
CREATE TABLE audit (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id)
)
""",
    "CREATE INDEX ix_audit_actor ON audit (actor)",
    """
CREATE TABLE erasure (
    id INTEGER NOT NULL,
    subject_hmac TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (id)
)
""",
    "CREATE INDEX ix_erasure_subject_hmac ON erasure (subject_hmac)",
    """
CREATE TABLE event (
    id INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    case_id TEXT,
    turn TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (id)
)
""",
    "CREATE INDEX ix_event_case_id ON event (case_id)",
    "CREATE INDEX ix_event_conversation ON event (conversation)",
    """
CREATE TABLE meta (
    id INTEGER NOT NULL CONSTRAINT ck_meta_one_row CHECK (id = 1),
    epoch INTEGER DEFAULT '0' NOT NULL,
    last_received_at TEXT,
    erasing INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY (id)
)
""",
    """
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    dedupe_key TEXT NOT NULL,
    channel TEXT NOT NULL,
    lane TEXT DEFAULT 'reply' NOT NULL,
    chat TEXT NOT NULL,
    conversation TEXT DEFAULT '' NOT NULL,
    message TEXT NOT NULL,
    part INTEGER DEFAULT '0' NOT NULL,
    status TEXT DEFAULT 'pending' NOT NULL,
    fleeting INTEGER DEFAULT '0' NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    next_at TEXT DEFAULT '' NOT NULL,
    lease_until TEXT,
    leased_by TEXT,
    message_id TEXT,
    last_error TEXT,
    expires_at TEXT,
    created_at TEXT NOT NULL,
    CONSTRAINT ck_outbox_status
        CHECK (status IN ('pending', 'sent', 'failed', 'cancelled', 'held')),
    CONSTRAINT uq_outbox_dedupe_key UNIQUE (dedupe_key)
)
""",
    "CREATE INDEX ix_outbox_conversation ON outbox (conversation)",
    "CREATE INDEX ix_outbox_pending_chat ON outbox (channel, chat, id) WHERE status = 'pending'",
    "CREATE INDEX ix_outbox_pending_lane ON outbox (lane, next_at, id) WHERE status = 'pending'",
    """
CREATE TABLE person (
    id TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
)
""",
    """
CREATE TABLE seen (
    channel TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_seen PRIMARY KEY (channel, epoch, "key")
)
 WITHOUT ROWID
""",
    """
CREATE TABLE set_aside (
    id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    "key" TEXT NOT NULL,
    conversation TEXT DEFAULT '' NOT NULL,
    raw TEXT NOT NULL,
    error TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_set_aside PRIMARY KEY (id)
)
""",
    "CREATE INDEX ix_set_aside_conversation ON set_aside (conversation)",
    """
CREATE TABLE team (
    id TEXT NOT NULL,
    name TEXT,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_team PRIMARY KEY (id)
)
""",
    """
CREATE TABLE timer (
    id INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT DEFAULT '' NOT NULL,
    due_at TEXT NOT NULL,
    fired_at TEXT,
    CONSTRAINT pk_timer PRIMARY KEY (id),
    CONSTRAINT uq_timer_conversation_kind_about_due_at UNIQUE (conversation, kind, about, due_at)
)
""",
    "CREATE INDEX ix_timer_due ON timer (due_at) WHERE fired_at IS NULL",
    """
CREATE TABLE case_file (
    id TEXT NOT NULL,
    team TEXT NOT NULL,
    version INTEGER DEFAULT '0' NOT NULL,
    snapshot TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT pk_case_file PRIMARY KEY (id),
    CONSTRAINT fk_case_file_team_team FOREIGN KEY(team) REFERENCES team (id)
)
""",
    "CREATE INDEX ix_case_file_team ON case_file (team)",
    """
CREATE TABLE consent (
    person TEXT NOT NULL,
    text_version TEXT NOT NULL,
    at TEXT NOT NULL,
    withdrawn_at TEXT,
    CONSTRAINT pk_consent PRIMARY KEY (person, at),
    CONSTRAINT fk_consent_person_person FOREIGN KEY(person) REFERENCES person (id)
)
""",
    """
CREATE TABLE member (
    person TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT DEFAULT 'founder' NOT NULL,
    organisation TEXT,
    sector TEXT,
    joined_at TEXT NOT NULL,
    CONSTRAINT pk_member PRIMARY KEY (person, team),
    CONSTRAINT fk_member_person_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_member_team_team FOREIGN KEY(team) REFERENCES team (id)
)
""",
    "CREATE INDEX ix_member_team ON member (team)",
    """
CREATE TABLE conversation (
    id TEXT NOT NULL,
    channel TEXT NOT NULL,
    chat TEXT NOT NULL,
    person TEXT NOT NULL,
    case_id TEXT,
    session TEXT NOT NULL,
    version INTEGER DEFAULT '0' NOT NULL,
    question_nonce INTEGER DEFAULT '0' NOT NULL,
    owner TEXT DEFAULT 'bot' NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT pk_conversation PRIMARY KEY (id),
    CONSTRAINT fk_conversation_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    "CREATE INDEX ix_conversation_case_id ON conversation (case_id)",
    "CREATE INDEX ix_conversation_person ON conversation (person)",
    """CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER event_is_kept BEFORE DELETE ON event
    WHEN (SELECT erasing FROM meta) IS NOT 1
    BEGIN SELECT RAISE(ABORT, 'events are kept'); END""",
    "INSERT INTO meta (id) VALUES (1)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
