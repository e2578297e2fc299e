"""Broadcasts and their notices, groups and channels, arrivals by poster, what a hearing's notices need to know."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _hearings()
    _people()
    _rooms()
    _broadcasts()
    _notices()
    _posts()
    _arrivals()


def _index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition)


def _hearings() -> None:
    for column in (
        sa.Column("scheduled_at", sa.BigInteger),
        sa.Column("publish_at", sa.BigInteger),
        sa.Column("reminders", sa.Text, nullable=False, server_default="10080 1440 120"),
        sa.Column("closing_reminder", sa.Integer, nullable=False, server_default="1440"),
        sa.Column("setback_why", sa.Text),
        sa.Column("setback_words", sa.Text),
        sa.Column("setback_was", sa.BigInteger),
    ):
        op.add_column("hearings", column)
    op.execute("UPDATE hearings SET scheduled_at = announced_at")
    _index("ix_hearings_publishing", "hearings", "phase", "publish_at", "id", where="publish_at IS NOT NULL")


def _people() -> None:
    _index("ix_grants_staff", "grants", "municipality_id", "resident_id")
    _index("ix_participants_people", "participants", "hearing_id", "resident_id")


def _rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", ID, primary_key=True),
        sa.Column("telegram_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("topic_id", sa.BigInteger),
        sa.Column("municipality_id", sa.BigInteger, sa.ForeignKey("places.id")),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("introduced_by", sa.BigInteger, sa.ForeignKey("residents.id")),
        sa.Column("left_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    _index("ix_rooms_linked", "rooms", "municipality_id", "id")
    _index("ix_rooms_offered", "rooms", "introduced_by", "id")


def _broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("edition", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("urgency", sa.Integer, nullable=False),
        sa.Column("spread_to", sa.BigInteger, nullable=False),
        sa.Column("spread", sa.Boolean, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.UniqueConstraint("hearing_id", "kind", "step", "edition"),
        sqlite_autoincrement=True,
    )
    _index("ix_broadcasts_hearing", "broadcasts", "hearing_id", "id")
    _index("ix_broadcasts_open", "broadcasts", "urgency", "due_at", "id", where="NOT settled")


def _notices() -> None:
    """One broadcast for what was owed to many at once; all of it was written at once, so all of it is spread."""
    op.execute("CREATE TABLE former_notices AS SELECT * FROM notices")
    op.drop_table("notices")
    _notices_table()
    op.execute(
        "INSERT INTO broadcasts (hearing_id, kind, step, edition, due_at, made_at, course, reason, facts, urgency,"
        " spread_to, spread, settled)"
        " SELECT hearing_id, kind, 0, version, min(due_at), min(due_at), 'going', '', '{}',"
        " CASE kind WHEN 'closed' THEN 3 ELSE 2 END, max(recipient_id), TRUE,"
        " count(CASE state WHEN 'waiting' THEN 1 END) = 0"
        " FROM former_notices GROUP BY hearing_id, kind, version ORDER BY min(id)"
    )
    op.execute(
        "INSERT INTO notices (broadcast_id, hearing_id, recipient_id, rank, due_at, attempts, claims, doubtful, state,"
        " settled_at, reason)"
        " SELECT broadcasts.id, former.hearing_id, former.recipient_id, 2, former.due_at, former.attempts,"
        " former.attempts + CASE WHEN former.state IN ('delivered', 'undeliverable') THEN 1 ELSE 0 END,"
        " FALSE, former.state, CASE WHEN former.state <> 'waiting' THEN coalesce(former.settled_at, former.due_at) END,"
        " former.reason"
        " FROM former_notices AS former JOIN broadcasts ON broadcasts.hearing_id = former.hearing_id"
        " AND broadcasts.kind = former.kind AND broadcasts.edition = former.version ORDER BY former.id"
    )
    op.drop_table("former_notices")


def _notices_table() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, primary_key=True),
        sa.Column("broadcast_id", sa.BigInteger, sa.ForeignKey("broadcasts.id"), nullable=False),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), nullable=False),
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
        sa.CheckConstraint("(recipient_id IS NULL) <> (room_id IS NULL)", name="ck_notices_recipient"),
        sa.UniqueConstraint("broadcast_id", "recipient_id"),
    )
    free = "settled_at IS NULL AND claimed_by IS NULL"
    _index("ix_notices_room", "notices", "room_id", "broadcast_id", where="room_id IS NOT NULL", unique=True)
    _index("ix_notices_free", "notices", "broadcast_id", "rank", "due_at", "id", where=free)
    _index("ix_notices_claimed", "notices", "claimed_by", "claims", "id", where="claimed_by IS NOT NULL")
    _index("ix_notices_told", "notices", "hearing_id", "recipient_id", where="claims > 0")
    _index("ix_notices_progress", "notices", "broadcast_id", "state", "doubtful")


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("room_id", sa.BigInteger, sa.ForeignKey("rooms.id"), primary_key=True, autoincrement=False),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
    )


def _arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("resident_id", sa.BigInteger, sa.ForeignKey("residents.id"), primary_key=True, autoincrement=False),
        sa.Column("hearing_id", sa.BigInteger, sa.ForeignKey("hearings.id"), primary_key=True, autoincrement=False),
        sa.Column("village_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    _index("ix_arrivals_village", "arrivals", "hearing_id", "village_id")
