"""Comments that say the same are joined: with which one, and an index that counts those left to decide on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_COUNTED = ("hearing_id", "kind", "channel", "visibility", "withdrawn_at", "outcome", "merged_into")
_JOINED = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    op.add_column("comments", sa.Column("merged_into", sa.BigInteger))
    op.drop_index("ix_comments_counts", "comments")
    op.create_index("ix_comments_counts", "comments", list(_COUNTED))
    for name, columns in (("ix_comments_joined", ["hearing_id", "id"]), ("ix_comments_members", ["merged_into"])):
        op.create_index(name, "comments", columns, sqlite_where=_JOINED, postgresql_where=_JOINED)
