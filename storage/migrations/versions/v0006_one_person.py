"""One person is one person: what a forgotten person must not do twice is known by keyed digests, for as long as needed.

Messages were named by their chat, in a private chat the person's own Telegram id, or by a hash of it without a key,
which can be tried out. Neither can be made a keyed digest here, where no key is, so they are emptied: they only keep a
message from being stored twice within a day.

Of people who were forgotten before, their groups, their roles and the words they took back are deleted. Their votes
move out of their groups, and they leave hearings that go on, in the first night after this.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _pending_inputs()
    _comments()
    _participants()
    _forgotten()


def _index(name: str, table: str, *columns: str, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def _pending_inputs() -> None:
    """A reason that was being typed for a postponement (its press begins with ``ys``) has to be begun anew."""
    op.add_column("pending_inputs", sa.Column("moment", sa.BigInteger))
    op.execute("DELETE FROM pending_inputs WHERE kind = 'reason' AND source LIKE 'ys-%'")
    op.execute("UPDATE pending_inputs SET source = ''")


def _comments() -> None:
    op.add_column("comments", sa.Column("author_digest", sa.Text))
    op.add_column("comments", sa.Column("recording_open", sa.Boolean, nullable=False, server_default=sa.false()))
    _index("ix_comments_forgotten", "comments", "author_digest", "hearing_id", where="author_digest IS NOT NULL")
    op.execute("UPDATE comments SET source = NULL")


def _participants() -> None:
    """Where people live is taken from their village, else from what they follow now."""
    op.add_column("participants", sa.Column("municipality_id", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("participants", sa.Column("digest", sa.Text))
    op.execute(
        "UPDATE participants SET municipality_id = coalesce("
        "(SELECT parent_id FROM places WHERE places.id = participants.village_id), "
        "(SELECT municipality_id FROM residents WHERE residents.id = participants.resident_id), 0)"
    )
    op.drop_index("ix_participants_groups", "participants")
    _index(
        "ix_participants_groups", "participants", "hearing_id", "village_id", "gender", "age_band", "municipality_id"
    )
    _index("ix_participants_digest", "participants", "digest", where="digest IS NOT NULL")


def _forgotten() -> None:
    nobody = "(SELECT id FROM residents WHERE telegram_id IS NULL)"
    op.execute("UPDATE residents SET language = 'ky', asked_about_self = FALSE, added_at = 0 WHERE telegram_id IS NULL")
    op.execute(f"DELETE FROM grants WHERE resident_id IN {nobody}")  # noqa: S608 - our own words
    unsaid = "village_id = 0, gender = '-', age_band = '-'"
    op.execute(f"UPDATE participants SET municipality_id = 0, {unsaid} WHERE resident_id IN {nobody}")  # noqa: S608
    op.execute(f"UPDATE comments SET {unsaid} WHERE author_id IS NULL AND channel = 'telegram'")  # noqa: S608
    op.execute(
        "UPDATE comments SET text = '', language = '', media_kind = NULL, media_file_id = NULL, media_unique_id = NULL,"
        " media_seconds = NULL WHERE author_id IS NULL AND withdrawn_at IS NOT NULL AND outcome IS NULL"
    )
