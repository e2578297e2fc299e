"""Staff have the names that they gave themselves, may do without the morning's numbers, and get a menu of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("residents", sa.Column("staff_name", sa.Text, nullable=False, server_default=""))
    for name, default in (("wants_numbers", sa.true()), ("menu_due", sa.false())):
        op.add_column("residents", sa.Column(name, sa.Boolean, nullable=False, server_default=default))
    op.execute("UPDATE residents SET menu_due = TRUE WHERE id IN (SELECT resident_id FROM grants)")
    op.execute("UPDATE residents SET wants_numbers = FALSE WHERE telegram_id IS NULL")  # as of all who are forgotten
    due = sa.text("menu_due")
    op.create_index("ix_residents_menus", "residents", ["id"], sqlite_where=due, postgresql_where=due)
