"""An owed reply knows what the message said that it answers, so that an edit which changes nothing is told from others.

``said`` is a keyed digest, as the message's name is. Replies that are there already know none: an edit of their
messages is answered by nothing. Notices of rooms get an index of their own: the desk counts them apart from people.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("notices", sa.Column("said", sa.Text))
    to_rooms = sa.text("room_id IS NOT NULL")
    op.create_index(
        "ix_notices_of_rooms", "notices", ["broadcast_id", "state"], sqlite_where=to_rooms, postgresql_where=to_rooms
    )
