"""The bot keeps the bytes of documents, photos and voices: under which digest, and which are still to be fetched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "kept_files",
        sa.Column("unique_id", sa.Text, primary_key=True),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("trouble", sa.Text, nullable=False),
    )
    op.create_index("ix_kept_files_digest", "kept_files", ["digest"])
    _index("ix_kept_files_due", "kept_files", "due")
    _index("ix_comments_media", "comments", "media_unique_id")
    _index("ix_parts_media", "parts", "media_unique_id")
    op.create_index("ix_attachments_unique_id", "attachments", ["unique_id"])


def _index(name: str, table: str, column: str) -> None:
    given = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, table, [column], sqlite_where=given, postgresql_where=given)
