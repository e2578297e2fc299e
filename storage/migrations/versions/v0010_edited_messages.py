"""An owed reply knows what the message said that it answers, so that an edit which changes nothing is told from others.

``said`` is a keyed digest, as the message's name is. Replies that are there already know none: an edit of their
messages is answered by nothing.

Notices of rooms, and those that could not be delivered, get indexes of their own: the desk counts rooms apart from
people, and both by the reason.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("notices", sa.Column("said", sa.Text))
    _index("ix_notices_of_rooms", "broadcast_id", "state", where="room_id IS NOT NULL")
    _index("ix_notices_unreached", "broadcast_id", "reason", "room_id", where="state = 'undeliverable'")


def _index(name: str, *columns: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "notices", list(columns), sqlite_where=condition, postgresql_where=condition)
