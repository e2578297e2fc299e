"""A random number of each database, which the digests of its records are salted with."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    settings = sa.table("settings", sa.column("key", sa.Text), sa.column("value", sa.Text))
    op.bulk_insert(settings, [{"key": "record salt", "value": secrets.token_hex(16)}])
