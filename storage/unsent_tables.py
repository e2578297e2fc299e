"""The tables of what residents are about to say: what came unasked, what they are sending and what is waited for."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from bot.domain.comments import CommentKind
from bot.domain.pending_input import PendingInputKind
from bot.domain.questions import AboutKind
from storage.columns import ROW_ID, EnumColumn, MomentColumn, ProseColumn
from storage.layout import key, metadata, required

# what came unasked, until its author says what it is
unsent: Final = Table(
    "unsent",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("resident_id", BigInteger, ForeignKey("residents.id")),
    required("kept_at", MomentColumn),
    required("expires_at", MomentColumn),
    required("hearing_id", BigInteger),
    required("comment_kind", EnumColumn(CommentKind)),
    required("about_kind", EnumColumn(AboutKind)),
    required("about_no", Integer),
    Column("comment_id", BigInteger),
    Index("ix_unsent_resident", "resident_id", "id"),
    sqlite_autoincrement=True,
)

# what each person is sending now, for a minute
bundles: Final = Table(
    "bundles",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    required("update_key", Text),
    required("began", MomentColumn),
    required("last", MomentColumn),
    required("handled", MomentColumn),
    required("first", BigInteger),
    required("album", Text),
    required("comment_id", BigInteger),
    required("unsent_id", BigInteger),
    required("left_out", Integer),
)

# what the screen is about that each person was shown last
readings: Final = Table(
    "readings",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    required("hearing_id", BigInteger),
    required("about_kind", EnumColumn(AboutKind)),
    required("about_no", Integer),
    required("expires_at", MomentColumn),
)

pending_inputs: Final = Table(
    "pending_inputs",
    metadata,
    key("resident_id", BigInteger, ForeignKey("residents.id")),
    required("kind", EnumColumn(PendingInputKind)),
    required("expires_at", MomentColumn),
    required("hearing_id", BigInteger),
    required("comment_kind", EnumColumn(CommentKind)),
    required("about_kind", EnumColumn(AboutKind)),
    required("about_no", Integer),
    required("comment_id", BigInteger),
    required("text", ProseColumn),
    Column("moment", MomentColumn),
)
