"""Alembic's door: it is given an open connection, and the transaction around it commits or not."""

from __future__ import annotations

from alembic import context

from storage import outbox_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=outbox_tables.broadcasts.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
