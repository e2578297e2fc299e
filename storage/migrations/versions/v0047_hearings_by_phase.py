"""A municipality's hearings that run, or are over, are listed and counted by an index that has their phase."""

from __future__ import annotations

from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.drop_index("ix_hearings_municipality", "hearings")
    op.create_index("ix_hearings_municipality", "hearings", ["municipality_id", "sits_at", "id", "phase"])
