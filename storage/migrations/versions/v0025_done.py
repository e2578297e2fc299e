"""What was promised is done: the day and a photo of it, beside the decision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("comments", sa.Column("done_on", sa.Date))
    for name in ("done_file_id", "done_unique_id"):
        op.add_column("comments", sa.Column(name, sa.Text))
    given = sa.text("done_unique_id IS NOT NULL")
    op.create_index("ix_comments_done", "comments", ["done_unique_id"], sqlite_where=given, postgresql_where=given)
