"""An index of the questions to the presenters that have no decision: a hall asks for them once a second."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"

_OPEN = sa.text("kind = 'question' AND outcome IS NULL AND withdrawn_at IS NULL AND merged_into IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_comments_questions",
        "comments",
        ["hearing_id", "visibility", "support", "id"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
