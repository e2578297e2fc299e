"""Files that staff send in the chat wait until their sender says what they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "received_files",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("source", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file_id", "name")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("municipality_id", "hearing_id", "loaded_id")),
        sa.Column("said", sa.Text, nullable=False),
        sa.UniqueConstraint("resident_id", "source"),
        sqlite_autoincrement=True,
    )
