"""What residents were shown of the answers to a question: the tally of the last step.

Nothing is filled in: until the next answer to a question residents see none of its results, then those of all answers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "shown_tallies",
        sa.Column("hearing_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("question_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("voters", sa.BigInteger, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["hearing_id", "question_no"], ["questions.hearing_id", "questions.no"]),
        sqlite_with_rowid=False,
    )
