"""What staff enter for somebody: comments, counted votes, people present; and when all of it is entered.

Of hearings that had closed before, all was entered: what residents have seen of them stays.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("hearings", sa.Column("all_entered_at", sa.BigInteger))
    op.execute("UPDATE hearings SET all_entered_at = phase_since WHERE phase = 'closed'")
    _counts()
    _entries()


def _counts() -> None:
    op.create_table(
        "counted_votes",
        *(_key(name, sa.BigInteger) for name in ("hearing_id",)),
        *(_key(name, sa.Integer) for name in ("question_no", "version")),
        _key("channel", sa.Text),
        _key("village_id", sa.BigInteger),
        _key("box", sa.Integer),
        sa.Column("voters", sa.BigInteger, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("entered_at", sa.BigInteger, nullable=False),
        sa.Column("entered_by", sa.BigInteger, sa.ForeignKey("residents.id")),
        sa.ForeignKeyConstraint(["hearing_id", "question_no"], ["questions.hearing_id", "questions.no"]),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "presence",
        _key("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")),
        _key("sitting", sa.Integer),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("people", "women", "men")),
        sa.Column("entered_at", sa.BigInteger, nullable=False),
        sa.Column("entered_by", sa.BigInteger, sa.ForeignKey("residents.id")),
        sqlite_with_rowid=False,
    )


def _entries() -> None:
    op.create_table(
        "entries",
        _key("comment_id", sa.BigInteger, sa.ForeignKey("comments.id")),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("sitting", "voices")),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("paper", sa.Text),
        sa.Column("entered_by", sa.BigInteger, sa.ForeignKey("residents.id")),
        sqlite_with_rowid=False,
    )
    given = sa.text("paper IS NOT NULL")
    op.create_index("ix_entries_words", "entries", ["hearing_id", "words"])
    op.create_index(
        *("ix_entries_paper", "entries", ["hearing_id", "paper"]),
        unique=True,
        sqlite_where=given,
        postgresql_where=given,
    )
    op.create_table(
        "entry_names",
        _key("comment_id", sa.BigInteger, sa.ForeignKey("comments.id")),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _key(name: str, kind: Any, *rest: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *rest, primary_key=True, autoincrement=False)
