"""The tables of conversations, as data; migrations are checked against these pages."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import desk_schema as desk_schema
from bot.store import quiz_schema as quiz_schema
from bot.store.columns import identity, maybe, number, refers, text
from bot.store.columns import metadata as metadata

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_row"), primary_key=True),
    number("epoch"),
    maybe("last_received_at"),
    number("erasing"),
)

# Which turns were served. The epoch is there because a channel's ids may repeat after a week.
seen = sa.Table(
    "seen",
    metadata,
    text("channel", key=True),
    sa.Column("epoch", sa.Integer, nullable=False, primary_key=True, autoincrement=False),
    text("key", key=True),
    text("at"),
    sqlite_with_rowid=False,
)

person = sa.Table(
    "person", metadata, text("id", key=True), text("language", ""), text("created_at")
)

team = sa.Table("team", metadata, text("id", key=True), maybe("name"), text("created_at"))

member = sa.Table(
    "member",
    metadata,
    refers("person", "person.id", key=True),
    refers("team", "team.id", key=True),
    text("role", "founder"),
    maybe("organisation"),
    maybe("sector"),
    text("joined_at"),
    sa.Index(None, "team"),
)

consent = sa.Table(
    "consent",
    metadata,
    refers("person", "person.id", key=True),
    text("text_version"),
    text("at", key=True),
    maybe("withdrawn_at"),
)

# The team's file. A case belongs to a team, never to a chat.
case_file = sa.Table(
    "case_file",
    metadata,
    text("id", key=True),
    refers("team", "team.id"),
    number("version"),
    text("snapshot"),
    text("updated_at"),
    sa.Index(None, "team"),
)

conversation = sa.Table(
    "conversation",
    metadata,
    text("id", key=True),
    text("channel"),
    text("chat"),
    text("person"),
    refers("case_id", "case_file.id", null=True),
    text("session"),
    number("version"),
    number("question_nonce"),
    text("owner", "bot"),
    text("updated_at"),
    sa.Index(None, "person"),
    sa.Index(None, "case_id"),
)

# What happened, in the past tense. A trigger refuses UPDATE, and DELETE outside an erasure.
event = sa.Table(
    "event",
    metadata,
    identity(),
    text("conversation"),
    maybe("case_id"),
    text("turn"),
    text("at"),
    text("kind"),
    text("data"),
    sa.Index(None, "conversation"),
    sa.Index(None, "case_id"),
)

timer = sa.Table(
    "timer",
    metadata,
    identity(),
    text("conversation"),
    text("kind"),
    text("about", ""),
    text("due_at"),
    maybe("fired_at"),
    sa.UniqueConstraint("conversation", "kind", "about", "due_at"),
    sa.Index("ix_timer_due", "due_at", sqlite_where=sa.text("fired_at IS NULL")),
)

# Ids are never used twice (AUTOINCREMENT): a send in flight may outlive its row.
outbox = sa.Table(
    "outbox",
    metadata,
    identity(),
    sa.Column("dedupe_key", sa.Text, nullable=False, unique=True),
    text("channel"),
    text("lane", "reply"),
    text("chat"),
    text("conversation", ""),
    text("message"),
    number("part"),
    text("status", "pending"),
    number("fleeting"),
    number("attempts"),
    text("next_at", ""),
    maybe("lease_until"),
    maybe("leased_by"),
    maybe("message_id"),
    maybe("last_error"),
    maybe("expires_at"),
    text("created_at"),
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
    sa.Index("ix_outbox_web_chat", "chat", "id", sqlite_where=sa.text("channel = 'web'")),
    sa.Index(None, "conversation"),
    sqlite_autoincrement=True,
)

# Turns that could not be served. `raw` is ASCII-escaped JSON, emptied after 48 hours.
set_aside = sa.Table(
    "set_aside",
    metadata,
    identity(),
    text("channel"),
    text("key"),
    text("conversation", ""),
    text("raw"),
    text("error"),
    text("at"),
    sa.Index(None, "conversation"),
)

erasure = sa.Table(
    "erasure",
    metadata,
    identity(),
    text("subject_hmac"),
    text("at"),
    sa.Index(None, "subject_hmac"),
)

audit = sa.Table(
    "audit",
    metadata,
    identity(),
    text("at"),
    text("actor"),
    text("action"),
    text("about", ""),
    text("detail", ""),
    sa.Index(None, "actor"),
    sa.Index(None, "about", "action"),
)


TRIGGERS = (
    """CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER event_is_kept BEFORE DELETE ON event
    WHEN (SELECT erasing FROM meta) IS NOT 1
    BEGIN SELECT RAISE(ABORT, 'events are kept'); END""",
)
