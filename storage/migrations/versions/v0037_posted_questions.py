"""Questions that stand in groups and channels, with what each message tells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0034"

_LIVE = sa.text("phase IS NULL OR phase NOT IN ('answered', 'cancelled')")


def upgrade() -> None:
    op.create_table(
        "posted_questions",
        sa.Column(*("room_id", sa.BigInteger, sa.ForeignKey("rooms.id")), primary_key=True, autoincrement=False),
        sa.Column(*("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")), primary_key=True, autoincrement=False),
        sa.Column("question_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in ("message_id", "voters", "told")),
        sa.Column("phase", sa.Text),
        sa.Column("version", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_posted_questions_live", "posted_questions", ["due_at"], sqlite_where=_LIVE, postgresql_where=_LIVE
    )
    op.create_index("ix_posted_questions_hearing", "posted_questions", ["hearing_id", "question_no"])
