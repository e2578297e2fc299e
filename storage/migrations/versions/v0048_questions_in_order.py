"""The open questions of a hall are indexed in the order they are listed: most support first, of those the oldest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

_OPEN = sa.text("kind = 'question' AND outcome IS NULL AND withdrawn_at IS NULL AND merged_into IS NULL")


def upgrade() -> None:
    op.drop_index("ix_comments_questions", "comments")
    op.create_index(
        "ix_comments_questions",
        "comments",
        ["hearing_id", "visibility", sa.text("support DESC"), "id"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
