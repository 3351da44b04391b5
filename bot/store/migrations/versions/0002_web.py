"""The web: the chat page's people, and the desk."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Frozen text, as in 0001.
STATEMENTS = (
    """
CREATE TABLE alias (
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    CONSTRAINT pk_alias PRIMARY KEY (id),
    CONSTRAINT fk_alias_person_person FOREIGN KEY(person) REFERENCES person (id)
)
""",
    "CREATE INDEX ix_alias_person ON alias (person)",
    """
CREATE TABLE ticket (
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT DEFAULT '' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    made_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    CONSTRAINT pk_ticket PRIMARY KEY (hash)
)
""",
    "CREATE INDEX ix_ticket_person_kind ON ticket (person, kind)",
    """
CREATE TABLE staff (
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    revoked_at TEXT,
    CONSTRAINT pk_staff PRIMARY KEY (person),
    CONSTRAINT ck_staff_role CHECK (role IN ('trainer', 'staff', 'admin'))
)
""",
    """
CREATE TABLE signin (
    hash TEXT NOT NULL,
    person TEXT NOT NULL,
    browser TEXT DEFAULT '' NOT NULL,
    made_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    CONSTRAINT pk_signin PRIMARY KEY (hash)
)
""",
    "CREATE INDEX ix_signin_person ON signin (person)",
    """
CREATE TABLE line (
    id INTEGER NOT NULL,
    conversation TEXT NOT NULL,
    case_id TEXT,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    person TEXT DEFAULT '' NOT NULL,
    shown INTEGER DEFAULT '0' NOT NULL,
    message TEXT NOT NULL,
    CONSTRAINT pk_line PRIMARY KEY (id),
    CONSTRAINT ck_line_author CHECK (author IN ('founder', 'bot', 'staff'))
)
""",
    "CREATE INDEX ix_line_case_id ON line (case_id)",
    "CREATE INDEX ix_line_conversation ON line (conversation)",
    """
CREATE TABLE summary (
    case_id TEXT NOT NULL,
    shared INTEGER DEFAULT '0' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    phase TEXT DEFAULT '' NOT NULL,
    form TEXT DEFAULT '' NOT NULL,
    sectors TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    begun_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    step TEXT DEFAULT '' NOT NULL,
    step_due TEXT,
    slipped INTEGER DEFAULT '0' NOT NULL,
    asked TEXT DEFAULT '' NOT NULL,
    stuck TEXT DEFAULT '[]' NOT NULL,
    stuck_from TEXT,
    sought TEXT DEFAULT '' NOT NULL,
    tips TEXT DEFAULT '' NOT NULL,
    read INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_summary PRIMARY KEY (case_id),
    CONSTRAINT fk_summary_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    "CREATE INDEX ix_summary_shared_last ON summary (shared, last_at)",
    "CREATE INDEX ix_summary_shared_name ON summary (shared, name)",
    "CREATE INDEX ix_summary_shared_stuck ON summary (shared, stuck_from)",
    """
CREATE TABLE stay (
    id INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    phase TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_stay PRIMARY KEY (id),
    CONSTRAINT fk_stay_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    "CREATE INDEX ix_stay_case_id ON stay (case_id)",
    """
CREATE TABLE note (
    id INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    "CREATE INDEX ix_note_case_id ON note (case_id)",
    """
CREATE TABLE label (
    case_id TEXT NOT NULL,
    label TEXT NOT NULL,
    CONSTRAINT pk_label PRIMARY KEY (case_id, label),
    CONSTRAINT fk_label_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    "CREATE INDEX ix_label_label ON label (label)",
    """
CREATE TABLE assignment (
    case_id TEXT NOT NULL,
    person TEXT NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (case_id, person),
    CONSTRAINT fk_assignment_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    "CREATE INDEX ix_assignment_person ON assignment (person)",
    """
CREATE TABLE "view" (
    id INTEGER NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    "query" TEXT NOT NULL,
    CONSTRAINT pk_view PRIMARY KEY (id)
)
""",
    'CREATE INDEX ix_view_person ON "view" (person)',
    """
CREATE TABLE looked (
    person TEXT NOT NULL,
    case_id TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_looked PRIMARY KEY (person, case_id),
    CONSTRAINT fk_looked_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    """
CREATE TABLE taught (
    id INTEGER NOT NULL,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    entry TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_taught PRIMARY KEY (id)
)
""",
    """
CREATE TABLE question (
    id INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    plain TEXT NOT NULL,
    at TEXT NOT NULL,
    settled_at TEXT,
    CONSTRAINT pk_question PRIMARY KEY (id),
    CONSTRAINT fk_question_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
""",
    "CREATE INDEX ix_question_case_id ON question (case_id)",
    "CREATE INDEX ix_question_language_plain ON question (language, plain)",
    "CREATE INDEX ix_audit_about_action ON audit (about, action)",
    "CREATE INDEX ix_outbox_web_chat ON outbox (chat, id) WHERE channel = 'web'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
