"""The tables of broadcasts, of notices (theirs and owed replies), of rooms and what is posted there, of arrivals."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from bot.domain.hearings import Phase
from bot.domain.notices import BroadcastStatus, NoticeKind, NoticeStatus
from bot.domain.owed_replies import ReplyKind
from bot.domain.rooms import RoomKind
from storage.columns import ROW_ID, EnumColumn, JsonColumn, MomentColumn, ProseColumn, WordsColumn
from storage.layout import key, metadata, partial, required

OPEN_BROADCASTS: Final = "NOT settled"
VILLAGE_BROADCASTS: Final = "kind = 'village'"
FREE_NOTICES: Final = "settled_at IS NULL AND claimed_by IS NULL"
"""They wait, unclaimed. (Not asked of ``state``: PostgreSQL would take the index of progress, and sort all of it.)"""
OWED_NOTICES: Final = "reply IS NOT NULL"
"""They belong to one person and one update, and to no broadcast."""
TO_ROOMS: Final = "room_id IS NOT NULL"
"""They are posts in groups and channels."""
UNREACHED: Final = "state = 'undeliverable'"
"""They could not be delivered. (Written out, as a partial index wants it.)"""
LIVE_POSTS: Final = "phase IS NULL OR phase NOT IN ('answered', 'cancelled')"
"""Posted questions that may still have something new to tell."""
ATTEMPTED_NOTICES: Final = "claims > 0"
"""A delivery of theirs has at least begun."""

broadcasts: Final = Table(
    "broadcasts",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("kind", EnumColumn(NoticeKind)),
    required("step", Integer),
    required("edition", BigInteger),
    required("due_at", MomentColumn),
    required("made_at", MomentColumn),
    required("course", EnumColumn(BroadcastStatus)),
    required("reason", ProseColumn),
    required("facts", JsonColumn),
    required("urgency", Integer),
    # residents up to this id have their notices
    required("spread_to", BigInteger),
    required("spread", Boolean),
    required("settled", Boolean),
    Unique("hearing_id", "kind", "step", "edition"),
    Index("ix_broadcasts_hearing", "hearing_id", "id"),
    partial("ix_broadcasts_villages", "step", "edition", where=VILLAGE_BROADCASTS),
    partial("ix_broadcasts_open", "urgency", "due_at", "id", where=OPEN_BROADCASTS),
    sqlite_autoincrement=True,
)

rooms: Final = Table(
    "rooms",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("telegram_id", BigInteger, unique=True),
    required("kind", EnumColumn(RoomKind)),
    required("title", ProseColumn),
    Column("topic_id", BigInteger),
    Column("municipality_id", BigInteger, ForeignKey("places.id")),
    required("languages", WordsColumn(str)),
    Column("introduced_by", BigInteger, ForeignKey("residents.id")),
    Column("left_at", MomentColumn),
    Index("ix_rooms_linked", "municipality_id", "id"),
    Index("ix_rooms_offered", "introduced_by", "id"),
    sqlite_autoincrement=True,
)

notices: Final = Table(
    "notices",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("broadcast_id", BigInteger, ForeignKey("broadcasts.id")),
    # the broadcast's, so that those told of a hearing are found in the order of a new broadcast
    Column("hearing_id", BigInteger, ForeignKey("hearings.id")),
    Column("recipient_id", BigInteger, ForeignKey("residents.id")),
    Column("room_id", BigInteger, ForeignKey("rooms.id")),
    # 0 a room, 1 a person of the villages that come first, 2 any other person
    required("rank", Integer),
    required("due_at", MomentColumn),
    required("attempts", Integer),
    required("claims", Integer),
    Column("claimed_by", Text),
    required("doubtful", Boolean),
    required("state", EnumColumn(NoticeStatus)),
    Column("settled_at", MomentColumn),
    required("reason", ProseColumn),
    Column("reply", EnumColumn(ReplyKind)),
    Column("update_key", Text),
    Column("facts", JsonColumn),
    CheckConstraint("(recipient_id IS NULL) <> (room_id IS NULL)", name="ck_notices_recipient"),
    CheckConstraint("(broadcast_id IS NULL) <> (reply IS NULL)", name="ck_notices_origin"),
    Unique("broadcast_id", "recipient_id"),
    partial("ix_notices_room", "room_id", "broadcast_id", where="room_id IS NOT NULL", unique=True),
    partial("ix_notices_free", "broadcast_id", "rank", "due_at", "id", where=FREE_NOTICES),
    partial("ix_notices_claimed", "claimed_by", "claims", "id", where="claimed_by IS NOT NULL"),
    partial("ix_notices_told", "hearing_id", "recipient_id", where=ATTEMPTED_NOTICES),
    partial("ix_notices_of_rooms", "broadcast_id", "state", where=TO_ROOMS),
    partial("ix_notices_unreached", "broadcast_id", "reason", "room_id", where=UNREACHED),
    Index("ix_notices_progress", "broadcast_id", "state", "doubtful"),
    partial("ix_notices_update", "update_key", where="update_key IS NOT NULL", unique=True),
    partial("ix_notices_owed", "due_at", "id", where=f"{OWED_NOTICES} AND {FREE_NOTICES}"),
    partial("ix_notices_owed_to", "recipient_id", where=OWED_NOTICES),
)

posts: Final = Table(
    "posts",
    metadata,
    key("room_id", BigInteger, ForeignKey("rooms.id")),
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("message_id", BigInteger),
)

posted_questions: Final = Table(
    "posted_questions",
    metadata,
    key("room_id", BigInteger, ForeignKey("rooms.id")),
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    key("question_no", Integer),
    required("due_at", MomentColumn),
    Column("message_id", BigInteger),
    # what the message tells; NULL before it is posted
    Column("voters", BigInteger),
    Column("told", BigInteger),
    Column("phase", EnumColumn(Phase)),
    Column("version", Integer),
    partial("ix_posted_questions_live", "due_at", where=LIVE_POSTS),
    Index("ix_posted_questions_hearing", "hearing_id", "question_no"),
    sqlite_with_rowid=False,
)

arrivals: Final = Table(
    "arrivals",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    # as the poster says it (so no reference: villages may be merged)
    required("village_id", BigInteger),
    required("at", MomentColumn),
    Index("ix_arrivals_village", "hearing_id", "village_id"),
    sqlite_with_rowid=False,
)
