"""When a group was last answered, for several processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.create_table(
        "answered_groups",
        *(sa.Column(name, sa.BigInteger, nullable=False, autoincrement=False) for name in ("chat", "topic")),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("chat", "topic", name="pk_answered_groups"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE answered_groups SET UNLOGGED")
