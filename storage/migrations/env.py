"""Run by Alembic, with an open connection; the transaction around it commits or not."""

from __future__ import annotations

from alembic import context

from storage.layout import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,  # every table is in it once ``storage`` is imported
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
