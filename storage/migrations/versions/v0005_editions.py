"""Votes put aside with the version they were given to, support with its edition, invitations that can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _former_votes()
    op.add_column("supports", sa.Column("edition", sa.BigInteger, nullable=False, server_default="0"))
    # what was supported until now counts for the words as they stand
    op.execute(
        "UPDATE supports SET edition ="
        " coalesce((SELECT amended_at FROM comments WHERE comments.id = supports.comment_id), 0)"
    )
    for column in (
        sa.Column("made_by", sa.BigInteger),
        sa.Column("bound_to", sa.Text),
        sa.Column("withdrawn_at", sa.BigInteger),
    ):
        op.add_column("invitations", column)
    day = 86_400_000_000
    op.execute(f"UPDATE invitations SET expires_at = made_at + {day} WHERE expires_at > made_at + {day}")  # noqa: S608


def _former_votes() -> None:
    op.create_table(
        "former_votes",
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("question_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("village_id", sa.BigInteger, nullable=False),
        sa.Column("gender", sa.Text, nullable=False),
        sa.Column("age_band", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("cast_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
