"""Alembic's entry: runs the revisions on the connection that `bot.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from bot.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # One transaction around all revisions; `bot.store.migrate` opens and commits it.
    transactional_ddl=False,
)
context.run_migrations()
