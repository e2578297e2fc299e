"""What is said in the voice messages of comments, in writing: by staff, or by a program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "transcripts",
        sa.Column("comment_id", sa.BigInteger, sa.ForeignKey("comments.id"), primary_key=True, autoincrement=False),
        sa.Column("recordings", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("machine", sa.Boolean, nullable=False),
        sa.Column("written_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("trouble", sa.Text),
        sqlite_with_rowid=False,
    )
    due = sa.text("due IS NOT NULL")
    op.create_index("ix_transcripts_due", "transcripts", ["due"], sqlite_where=due, postgresql_where=due)
