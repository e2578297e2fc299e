"""The tables of what staff have sent and what waits for them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Table, UniqueConstraint

from storage.columns import ROW_ID, MomentColumn, ProseColumn
from storage.layout import metadata, required

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
