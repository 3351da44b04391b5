"""The tables of the web pages: people in several places, staff, and what the desk shows."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.columns import identity, maybe, metadata, number, refers, text

# One person may write in several places: here, who stands for whom. Ids are "channel:number".
alias = sa.Table(
    "alias",
    metadata,
    text("id", key=True),
    refers("person", "person.id"),
    sa.Index(None, "person"),
)

# One-time codes; only their hash is kept. Kinds: see `bot.store.tickets`.
ticket = sa.Table(
    "ticket",
    metadata,
    text("hash", key=True),
    text("kind"),
    text("person", ""),
    text("detail", ""),
    text("made_at"),
    text("expires_at"),
    maybe("used_at"),
    sa.Index(None, "person", "kind"),
)

# Who may use the desk, and as what. A row is kept when the right is taken away.
staff = sa.Table(
    "staff",
    metadata,
    text("person", key=True),
    text("name"),
    text("role"),
    text("language", ""),
    text("granted_by"),
    text("granted_at"),
    maybe("revoked_at"),
    sa.CheckConstraint("role IN ('trainer', 'staff', 'admin')", name="role"),
)

signin = sa.Table(
    "signin",
    metadata,
    text("hash", key=True),
    text("person"),
    text("browser", ""),
    text("made_at"),
    text("seen_at"),
    sa.Index(None, "person"),
)

# What was said, as it was said, by whom. Kept only with consent. `shown` = 0: never on the desk.
line = sa.Table(
    "line",
    metadata,
    identity(),
    text("conversation"),
    maybe("case_id"),
    text("at"),
    text("author"),
    text("person", ""),
    number("shown"),
    text("message"),
    sa.CheckConstraint("author IN ('founder', 'bot', 'staff')", name="author"),
    sa.Index(None, "conversation"),
    sa.Index(None, "case_id"),
)

# A team as the desk lists it; written beside the case, so that a list reads one table.
summary = sa.Table(
    "summary",
    metadata,
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.id"), primary_key=True, nullable=False),
    number("shared"),
    text("name", ""),
    text("phase", ""),
    text("form", ""),
    text("sectors", ""),
    text("language", ""),
    text("begun_at"),
    text("last_at"),
    text("step", ""),
    maybe("step_due"),
    number("slipped"),
    text("asked", ""),
    text("stuck", "[]"),
    maybe("stuck_from"),
    text("sought", ""),
    text("tips", ""),
    number("read"),
    sa.Index("ix_summary_shared_last", "shared", "last_at"),
    sa.Index("ix_summary_shared_name", "shared", "name"),
    sa.Index("ix_summary_shared_stuck", "shared", "stuck_from"),
)

# In which phase a team was from when; for the time teams spend in one.
stay = sa.Table(
    "stay",
    metadata,
    identity(),
    refers("case_id", "case_file.id"),
    text("phase"),
    text("at"),
    sa.Index(None, "case_id"),
)

note = sa.Table(
    "note",
    metadata,
    identity(),
    refers("case_id", "case_file.id"),
    text("author"),
    text("at"),
    text("text"),
    sa.Index(None, "case_id"),
)

label = sa.Table(
    "label",
    metadata,
    refers("case_id", "case_file.id", key=True),
    text("label", key=True),
    sa.Index(None, "label"),
)

assignment = sa.Table(
    "assignment",
    metadata,
    refers("case_id", "case_file.id", key=True),
    text("person", key=True),
    sa.Index(None, "person"),
)

# A list of teams as somebody likes to see it again.
view = sa.Table(
    "view",
    metadata,
    identity(),
    text("person"),
    text("name"),
    text("query"),
    sa.Index(None, "person"),
)

looked = sa.Table(
    "looked",
    metadata,
    text("person", key=True),
    refers("case_id", "case_file.id", key=True),
    text("at"),
)

# Questions the search could not answer, and the entry that answers them, as staff said.
taught = sa.Table(
    "taught",
    metadata,
    identity(),
    text("language"),
    text("question"),
    text("entry"),
    text("person"),
    text("at"),
)

# A question nobody could answer. `language`, so that the right index learns from it.
question = sa.Table(
    "question",
    metadata,
    identity(),
    refers("case_id", "case_file.id"),
    text("language"),
    text("text"),
    text("plain"),
    text("at"),
    maybe("settled_at"),
    sa.Index(None, "case_id"),
    sa.Index(None, "language", "plain"),
)
