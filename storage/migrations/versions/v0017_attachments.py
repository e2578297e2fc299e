"""Hearings have documents: the draft as it was printed, tables, photos."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "name", "file_id", "unique_id")),
        sa.Column("photo", sa.Boolean, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("hearing_id", "unique_id"),
        sqlite_autoincrement=True,
    )
