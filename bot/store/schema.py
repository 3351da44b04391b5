"""The tables, as data; migrations are checked against this page and SQL elsewhere relies on it."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Times are ISO 8601 text in UTC with microseconds, so that they sort as they read. JSON is text.


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _text(name: str, default: str | None = None, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default, primary_key=key)


def _number(name: str, default: str = "0") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def _maybe(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=True)


def _refers(name: str, to: str, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(to), nullable=null, primary_key=key)


meta = sa.Table(
    "meta",
    metadata,
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_row"), primary_key=True),
    _number("epoch"),
    _maybe("last_received_at"),
    _number("erasing"),
)

# Which turns were served. The epoch is there because a channel's ids may repeat after a week.
seen = sa.Table(
    "seen",
    metadata,
    _text("channel", key=True),
    sa.Column("epoch", sa.Integer, nullable=False, primary_key=True, autoincrement=False),
    _text("key", key=True),
    _text("at"),
    sqlite_with_rowid=False,
)

person = sa.Table(
    "person", metadata, _text("id", key=True), _text("language", ""), _text("created_at")
)

team = sa.Table("team", metadata, _text("id", key=True), _maybe("name"), _text("created_at"))

member = sa.Table(
    "member",
    metadata,
    _refers("person", "person.id", key=True),
    _refers("team", "team.id", key=True),
    _text("role", "founder"),
    _maybe("organisation"),
    _maybe("sector"),
    _text("joined_at"),
    sa.Index(None, "team"),
)

consent = sa.Table(
    "consent",
    metadata,
    _refers("person", "person.id", key=True),
    _text("text_version"),
    _text("at", key=True),
    _maybe("withdrawn_at"),
)

# The team's file. A case belongs to a team, never to a chat.
case_file = sa.Table(
    "case_file",
    metadata,
    _text("id", key=True),
    _refers("team", "team.id"),
    _number("version"),
    _text("snapshot"),
    _text("updated_at"),
    sa.Index(None, "team"),
)

conversation = sa.Table(
    "conversation",
    metadata,
    _text("id", key=True),
    _text("channel"),
    _text("chat"),
    _text("person"),
    _refers("case_id", "case_file.id", null=True),
    _text("session"),
    _number("version"),
    _number("question_nonce"),
    _text("owner", "bot"),
    _text("updated_at"),
    sa.Index(None, "person"),
    sa.Index(None, "case_id"),
)

# What happened, in the past tense. A trigger refuses UPDATE, and DELETE outside an erasure.
event = sa.Table(
    "event",
    metadata,
    _id(),
    _text("conversation"),
    _maybe("case_id"),
    _text("turn"),
    _text("at"),
    _text("kind"),
    _text("data"),
    sa.Index(None, "conversation"),
    sa.Index(None, "case_id"),
)

timer = sa.Table(
    "timer",
    metadata,
    _id(),
    _text("conversation"),
    _text("kind"),
    _text("about", ""),
    _text("due_at"),
    _maybe("fired_at"),
    sa.UniqueConstraint("conversation", "kind", "about", "due_at"),
    sa.Index("ix_timer_due", "due_at", sqlite_where=sa.text("fired_at IS NULL")),
)

# Ids are never used twice (AUTOINCREMENT): a send in flight may outlive its row.
outbox = sa.Table(
    "outbox",
    metadata,
    _id(),
    sa.Column("dedupe_key", sa.Text, nullable=False, unique=True),
    _text("channel"),
    _text("lane", "reply"),
    _text("chat"),
    _text("conversation", ""),
    _text("message"),
    _number("part"),
    _text("status", "pending"),
    _number("fleeting"),
    _number("attempts"),
    _text("next_at", ""),
    _maybe("lease_until"),
    _maybe("leased_by"),
    _maybe("message_id"),
    _maybe("last_error"),
    _maybe("expires_at"),
    _text("created_at"),
    sa.CheckConstraint(
        "status IN ('pending', 'sent', 'failed', 'cancelled', 'held')", name="status"
    ),
    sa.Index(
        "ix_outbox_pending_chat",
        "channel",
        "chat",
        "id",
        sqlite_where=sa.text("status = 'pending'"),
    ),
    sa.Index(
        "ix_outbox_pending_lane",
        "lane",
        "next_at",
        "id",
        sqlite_where=sa.text("status = 'pending'"),
    ),
    sa.Index(None, "conversation"),
    sqlite_autoincrement=True,
)

# Turns that could not be served. `raw` is ASCII-escaped JSON, emptied after 48 hours.
set_aside = sa.Table(
    "set_aside",
    metadata,
    _id(),
    _text("channel"),
    _text("key"),
    _text("conversation", ""),
    _text("raw"),
    _text("error"),
    _text("at"),
    sa.Index(None, "conversation"),
)

erasure = sa.Table(
    "erasure", metadata, _id(), _text("subject_hmac"), _text("at"), sa.Index(None, "subject_hmac")
)

audit = sa.Table(
    "audit",
    metadata,
    _id(),
    _text("at"),
    _text("actor"),
    _text("action"),
    _text("about", ""),
    _text("detail", ""),
    sa.Index(None, "actor"),
)

TRIGGERS = (
    """CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER event_is_kept BEFORE DELETE ON event
    WHEN (SELECT erasing FROM meta) IS NOT 1
    BEGIN SELECT RAISE(ABORT, 'events are kept'); END""",
)
