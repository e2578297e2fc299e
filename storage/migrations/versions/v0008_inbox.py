"""The inbox: updates that wait for their turn, stored before they are confirmed, and who handles them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("telegram_id", sa.BigInteger, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("arrived_at", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
    )
    op.create_index("ix_inbox_telegram_id", "inbox", ["telegram_id"])
    op.create_table(
        "inbox_owners",
        sa.Column("owner", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("renewals", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
