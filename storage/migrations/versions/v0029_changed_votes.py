"""Votes know whether something else was answered before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("votes", sa.Column("changed", sa.Boolean, nullable=False, server_default=sa.false()))
