"""A municipality can have a form of the protocol of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "protocol_forms",
        sa.Column("municipality_id", sa.BigInteger, sa.ForeignKey("places.id"), primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
    )
