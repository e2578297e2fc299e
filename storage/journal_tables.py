"""The tables of the journal: its lines, and the years of which lines may be removed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from bot.domain.journal import Act
from storage.columns import ROW_ID, EnumColumn, JsonColumn, MomentColumn
from storage.layout import key, metadata, required

journal: Final = Table(
    "journal",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("at", MomentColumn),
    required("act", EnumColumn(Act)),
    required("subject", Text),
    Column("actor_id", BigInteger, ForeignKey("residents.id")),
    required("data", JsonColumn),
    # those of the subject: no references, a line outlives what it is about
    Column("municipality_id", BigInteger),
    Column("hearing_id", BigInteger),
    Index("ix_journal_subject", "subject", "id"),
    Index("ix_journal_municipality", "municipality_id", "id"),
    Index("ix_journal_at", "at"),
)

# years whose lines may be removed from the journal: its triggers refuse everything else (see v0012_journal)
journal_dropped_years: Final = Table(
    "journal_dropped_years", metadata, key("year", Integer), required("dropped_at", MomentColumn)
)
