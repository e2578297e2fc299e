"""What messages said that were answered, so that an edit which changes nothing is told from others.

Both the message's name and what it said are keyed digests. Of messages that are there already nothing is known: their
edits are not answered.

Notices of rooms, and those that could not be delivered, get indexes of their own: the desk counts rooms apart from
people, and both by the reason.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "heard_messages",
        sa.Column("source", sa.Text, primary_key=True, autoincrement=False),
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("commented", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    for column in ("at", "resident_id"):
        op.create_index(f"ix_heard_messages_{column}", "heard_messages", [column])
    _index("ix_notices_of_rooms", "broadcast_id", "state", where="room_id IS NOT NULL")
    _index("ix_notices_unreached", "broadcast_id", "reason", "room_id", where="state = 'undeliverable'")


def _index(name: str, *columns: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "notices", list(columns), sqlite_where=condition, postgresql_where=condition)
