"""Owed replies: a notice belongs to a broadcast, or to one person and the update that it answers.

SQLite cannot take NOT NULL away: its table is made anew and filled. PostgreSQL's is changed in place.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORIGIN = "(broadcast_id IS NULL) <> (reply IS NULL)"
FREE = "settled_at IS NULL AND claimed_by IS NULL"
INDEXES: tuple[tuple[str, tuple[str, ...], str | None, bool], ...] = (
    ("ix_notices_room", ("room_id", "broadcast_id"), "room_id IS NOT NULL", True),
    ("ix_notices_free", ("broadcast_id", "rank", "due_at", "id"), FREE, False),
    ("ix_notices_claimed", ("claimed_by", "claims", "id"), "claimed_by IS NOT NULL", False),
    ("ix_notices_told", ("hearing_id", "recipient_id"), "claims > 0", False),
    ("ix_notices_progress", ("broadcast_id", "state", "doubtful"), None, False),
)
COLUMNS = (
    "id, broadcast_id, hearing_id, recipient_id, room_id, rank, due_at, attempts, claims, claimed_by, doubtful, state,"
    " settled_at, reason"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        _change()
    _index("ix_notices_update", ("update_key",), "update_key IS NOT NULL", unique=True)
    _index("ix_notices_owed", ("due_at", "id"), f"reply IS NOT NULL AND {FREE}")
    _index("ix_notices_owed_to", ("recipient_id",), "reply IS NOT NULL")


def _make_anew() -> None:
    op.execute("CREATE TABLE former_notices AS SELECT * FROM notices")
    op.drop_table("notices")
    op.create_table(
        "notices",
        sa.Column("id", ID, primary_key=True),
        sa.Column("broadcast_id", sa.BigInteger, sa.ForeignKey("broadcasts.id")),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id")),
        sa.Column("recipient_id", sa.BigInteger, sa.ForeignKey("residents.id")),
        sa.Column("room_id", sa.BigInteger, sa.ForeignKey("rooms.id")),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("claimed_by", sa.Text),
        sa.Column("doubtful", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("settled_at", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("reply", sa.Text),
        sa.Column("update_key", sa.Text),
        sa.Column("facts", sa.Text),
        sa.CheckConstraint("(recipient_id IS NULL) <> (room_id IS NULL)", name="ck_notices_recipient"),
        sa.CheckConstraint(ORIGIN, name="ck_notices_origin"),
        sa.UniqueConstraint("broadcast_id", "recipient_id"),
    )
    op.execute(f"INSERT INTO notices ({COLUMNS}) SELECT {COLUMNS} FROM former_notices")  # noqa: S608 - our own names
    op.drop_table("former_notices")
    for name, columns, where, unique in INDEXES:
        _index(name, columns, where, unique=unique)


def _change() -> None:
    for name in ("broadcast_id", "hearing_id"):
        op.alter_column("notices", name, nullable=True)
    for name in ("reply", "update_key", "facts"):
        op.add_column("notices", sa.Column(name, sa.Text))
    op.create_check_constraint("ck_notices_origin", "notices", ORIGIN)


def _index(name: str, columns: tuple[str, ...], where: str | None, *, unique: bool = False) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, "notices", list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition)
