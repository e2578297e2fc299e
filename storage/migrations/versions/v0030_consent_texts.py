"""People know which text they have agreed to, and of which they were told that it has changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

FIRST = "1/3"
"""The text before there were several: its first version, with three years."""


def upgrade() -> None:
    for name in ("consented_to", "consent_told"):
        op.add_column("residents", sa.Column(name, sa.Text, nullable=False, server_default=""))
    residents = sa.table("residents", sa.column("consented_at"), sa.column("consented_to"))
    op.execute(sa.update(residents).where(residents.c.consented_at.is_not(None)).values(consented_to=FIRST))
