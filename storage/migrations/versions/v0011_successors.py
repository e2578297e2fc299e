"""Places say whom residents reach there, and into which place they were merged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for name in ("contact_name", "contact_phone", "contact_hours", "successor"):
        op.add_column("places", sa.Column(name, sa.Text, nullable=False, server_default=""))
