"""The tables of what staff have sent and what waits for them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, LargeBinary, Table, Text, UniqueConstraint

from bot.domain.comments import Outcome
from storage.columns import ROW_ID, EnumColumn, MomentColumn, ProseColumn
from storage.layout import key, metadata, required

# tables of decisions that were read, until whoever sent them applies them
waiting_tables: Final = Table(
    "waiting_tables",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("sender_id", BigInteger, ForeignKey("residents.id")),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("content", ProseColumn),
    required("expires_at", MomentColumn),
    UniqueConstraint("sender_id", "hearing_id"),
    sqlite_autoincrement=True,
)

# files that staff have sent, or are asked for, until something becomes of them
received_files: Final = Table(
    "received_files",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("resident_id", BigInteger, ForeignKey("residents.id")),
    required("expires_at", MomentColumn),
    Column("source", Text),
    required("file_id", Text),
    required("name", ProseColumn),
    required("municipality_id", BigInteger),
    required("hearing_id", BigInteger),
    required("loaded_id", BigInteger),
    required("said", ProseColumn),
    UniqueConstraint("resident_id", "source"),
    sqlite_autoincrement=True,
)

# documents of hearings, as Telegram keeps them
attachments: Final = Table(
    "attachments",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("title", Text),
    required("name", Text),
    required("file_id", Text),
    required("unique_id", Text),
    required("photo", Boolean),
    required("size", BigInteger),
    required("added_at", MomentColumn),
    UniqueConstraint("hearing_id", "unique_id"),
    Index("ix_attachments_unique_id", "unique_id"),
    sqlite_autoincrement=True,
)

# what the council made of hearings
resolutions: Final = Table(
    "resolutions",
    metadata,
    key("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("number", ProseColumn),
    required("day", Date),
    required("adopted", ProseColumn),
    required("stored_at", MomentColumn),
    sqlite_with_rowid=False,
)

# Word documents of municipalities from which their protocols are made
protocol_forms: Final = Table(
    "protocol_forms",
    metadata,
    Column("municipality_id", BigInteger, ForeignKey("places.id"), primary_key=True, autoincrement=False),
    required("name", ProseColumn),
    required("content", LargeBinary),
    required("sent_at", MomentColumn),
)

# municipalities whose members propose decisions, which the secretary confirms
two_pairs: Final = Table(
    "two_pairs",
    metadata,
    key("municipality_id", BigInteger, ForeignKey("places.id")),
    required("since", MomentColumn),
    sqlite_with_rowid=False,
)

# decisions that are proposed, until the secretary confirms them or sends them back
proposals: Final = Table(
    "proposals",
    metadata,
    key("comment_id", BigInteger, ForeignKey("comments.id")),
    required("hearing_id", BigInteger, ForeignKey("hearings.id")),
    required("edition", BigInteger),
    required("earlier", Text),
    required("outcome", EnumColumn(Outcome)),
    required("reason", ProseColumn),
    required("responsible", ProseColumn),
    Column("due", Date),
    required("changes", Text),
    Column("proposed_by", BigInteger, ForeignKey("residents.id")),
    required("proposed_at", MomentColumn),
    Column("sent_back_at", MomentColumn),
    required("note", ProseColumn),
    Index("ix_proposals_hearing", "hearing_id", "comment_id"),
    sqlite_with_rowid=False,
)
