"""Comments know when they were hidden and by whom; their authors appeal.

Of what is hidden already the journal says both; where it says nothing more, as of the day on which it came.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FILL = """
UPDATE comments SET
hidden_at = COALESCE((
    SELECT at FROM journal WHERE subject = 'comment:' || CAST(comments.id AS TEXT) AND act = 'comment hidden'
    ORDER BY journal.id DESC LIMIT 1
), created_at),
hidden_by = (
    SELECT actor_id FROM journal WHERE subject = 'comment:' || CAST(comments.id AS TEXT) AND act = 'comment hidden'
    ORDER BY journal.id DESC LIMIT 1
)
WHERE visibility = 'hidden'
"""


def upgrade() -> None:
    for name in ("hidden_at", "hidden_by"):
        op.add_column("comments", sa.Column(name, sa.BigInteger))
    op.execute(_FILL)
    op.create_table(
        "appeals",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("comment_id", sa.BigInteger, sa.ForeignKey("comments.id"), nullable=False),
        sa.Column("hidden_at", sa.BigInteger, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("judged_at", sa.BigInteger),
        sa.Column("judged_by", sa.BigInteger, sa.ForeignKey("residents.id")),
        sa.Column("lifted", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.UniqueConstraint("comment_id", "hidden_at"),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("judged_at IS NULL")
    op.create_index("ix_appeals_waiting", "appeals", ["comment_id"], sqlite_where=waiting, postgresql_where=waiting)
