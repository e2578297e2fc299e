"""The tables of what the program stores about itself: files, inbox, dead letters, heartbeat, outages, settings."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from storage.columns import ROW_ID, MomentColumn, ProseColumn
from storage.layout import key, metadata, partial, required

files: Final = Table("files", metadata, key("key", Text), required("file_id", Text))

# files of which the bot keeps the bytes in a folder, and those that are still to be fetched
kept_files: Final = Table(
    "kept_files",
    metadata,
    key("unique_id", Text),
    required("file_id", Text),
    required("size", BigInteger),
    Column("digest", Text),
    required("attempts", Integer),
    Column("due", MomentColumn),
    required("trouble", Text),
    Index("ix_kept_files_digest", "digest"),
    partial("ix_kept_files_due", "due", where="due IS NOT NULL"),
)

dead_letters: Final = Table(
    "dead_letters",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("update_id", BigInteger, unique=True),
    required("raw", ProseColumn),
    required("reason", ProseColumn),
    required("at", MomentColumn),
)

heartbeat: Final = Table("heartbeat", metadata, key("id", Integer), required("at", MomentColumn))

outages: Final = Table(
    "outages",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("began", MomentColumn),
    required("ended", MomentColumn),
    Index("ix_outages_ended", "ended"),
)

settings: Final = Table("settings", metadata, key("key", Text), required("value", ProseColumn))

inbox: Final = Table(
    "inbox",
    metadata,
    key("update_id", BigInteger),
    required("telegram_id", BigInteger),
    required("content", ProseColumn),
    required("arrived_at", MomentColumn),
    # a name without a lease in ``inbox_owners``: nobody's
    required("owner", Text),
    Index("ix_inbox_telegram_id", "telegram_id"),
)

inbox_owners: Final = Table(
    "inbox_owners",
    metadata,
    key("owner", Text),
    required("renewals", BigInteger),
    sqlite_with_rowid=False,
)
