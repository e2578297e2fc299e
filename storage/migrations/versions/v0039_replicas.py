"""Several processes behind a webhook know of each other, and whose updates each of them handles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "replicas",
        sa.Column("name", sa.Text, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("lock_key", "renewals")),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_replicas"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_owners",
        sa.Column("telegram_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_person_owners"),
        sa.ForeignKeyConstraint(
            ["owner"], ["replicas.name"], name="fk_person_owners_owner_replicas", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_person_owners_owner", "person_owners", ["owner"])
    if op.get_bind().dialect.name == "postgresql":
        for table in ("person_owners", "replicas"):
            op.execute(f"ALTER TABLE {table} SET UNLOGGED")
