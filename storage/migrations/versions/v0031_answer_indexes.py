"""Indexes of what has an answer, and of what a person wrote to one hearing, however many comments others wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_ANSWERED = sa.text("outcome IS NOT NULL")
_TOLD = ["hearing_id", "outcome", "id", "visibility", "withdrawn_at", "merged_into", "done_at", "due"]


def upgrade() -> None:
    op.create_index("ix_comments_written", "comments", ["author_id", "hearing_id", "id"])
    op.create_index("ix_comments_answers", "comments", _TOLD, sqlite_where=_ANSWERED, postgresql_where=_ANSWERED)
