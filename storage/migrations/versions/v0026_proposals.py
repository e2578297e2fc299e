"""Members of the commission may propose decisions, which the secretary confirms: where the municipality wants it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "two_pairs",
        sa.Column(
            *("municipality_id", sa.BigInteger, sa.ForeignKey("places.id")), primary_key=True, autoincrement=False
        ),
        sa.Column("since", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "proposals",
        sa.Column(*("comment_id", sa.BigInteger, sa.ForeignKey("comments.id")), primary_key=True, autoincrement=False),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
        sa.Column("edition", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("earlier", "outcome", "reason", "responsible")),
        sa.Column("due", sa.Date),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("proposed_by", sa.BigInteger, sa.ForeignKey("residents.id")),
        sa.Column("proposed_at", sa.BigInteger, nullable=False),
        sa.Column("sent_back_at", sa.BigInteger),
        sa.Column("note", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_proposals_hearing", "proposals", ["hearing_id", "comment_id"])
