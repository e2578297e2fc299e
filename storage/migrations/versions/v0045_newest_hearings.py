"""Indexes of a municipality's hearings by their age and by their announcement, and of reminders to a village."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0043"

_ANNOUNCED = sa.text("announced_at IS NOT NULL")
_VILLAGES = sa.text("kind = 'village'")


def upgrade() -> None:
    op.create_index("ix_hearings_newest", "hearings", ["municipality_id", "id"])
    op.create_index(
        "ix_hearings_announced",
        "hearings",
        ["municipality_id", "announced_at", "id"],
        sqlite_where=_ANNOUNCED,
        postgresql_where=_ANNOUNCED,
    )
    op.create_index(
        "ix_broadcasts_villages",
        "broadcasts",
        ["step", "edition"],
        sqlite_where=_VILLAGES,
        postgresql_where=_VILLAGES,
    )
