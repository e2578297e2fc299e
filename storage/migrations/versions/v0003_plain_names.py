"""Two tables get the names of what they hold: pending inputs (were drafts), dead letters (were asides).

They are made anew and filled, since a renamed table keeps the old name in its constraints.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PENDING = (
    "resident_id, kind, expires_at, hearing_id, comment_kind, about_kind, about_no, comment_id, text, "
    "media_kind, media_file_id, media_unique_id, media_seconds, source"
)


def upgrade() -> None:
    _pending_inputs()
    op.execute(f"INSERT INTO pending_inputs ({PENDING}) SELECT {PENDING} FROM drafts")  # noqa: S608 - our own names
    op.drop_table("drafts")
    _dead_letters()
    op.execute("INSERT INTO dead_letters (update_id, raw, reason, at) SELECT update_id, raw, reason, at FROM asides")
    op.drop_table("asides")


def _pending_inputs() -> None:
    op.create_table(
        "pending_inputs",
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("hearing_id", sa.BigInteger, nullable=False),
        sa.Column("comment_kind", sa.Text, nullable=False),
        sa.Column("about_kind", sa.Text, nullable=False),
        sa.Column("about_no", sa.Integer, nullable=False),
        sa.Column("comment_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("media_kind", sa.Text),
        sa.Column("media_file_id", sa.Text),
        sa.Column("media_unique_id", sa.Text),
        sa.Column("media_seconds", sa.Integer),
        sa.Column("source", sa.Text, nullable=False),
    )


def _dead_letters() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("id", ID, primary_key=True),
        sa.Column("update_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
