"""A decision names the line of the budget, the service or the action that it changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("comments", sa.Column("changes", sa.Text))
