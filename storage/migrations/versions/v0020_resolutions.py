"""The council's resolution on a hearing: its number, its day and what was adopted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "resolutions",
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("adopted", sa.Text, nullable=False),
        sa.Column("stored_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
