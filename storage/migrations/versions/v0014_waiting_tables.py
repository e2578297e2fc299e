"""Tables of decisions that come back are kept from reading them until whoever sent them applies them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waiting_tables",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("sender_id", sa.BigInteger, sa.ForeignKey("residents.id"), nullable=False),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("sender_id", "hearing_id"),
        sqlite_autoincrement=True,
    )
