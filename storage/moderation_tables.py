"""The tables of how comments are let through: appeals against their hiding."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Table, UniqueConstraint, false

from storage.columns import ROW_ID, MomentColumn, ProseColumn
from storage.layout import metadata, partial, required

# Condition of a partial index: see ``tables``.
UNJUDGED_APPEALS: Final = "judged_at IS NULL"

# what an author says against one hiding of a comment
appeals: Final = Table(
    "appeals",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    required("comment_id", BigInteger, ForeignKey("comments.id")),
    required("hidden_at", MomentColumn),
    required("words", ProseColumn),
    required("made_at", MomentColumn),
    Column("judged_at", MomentColumn),
    Column("judged_by", BigInteger, ForeignKey("residents.id")),
    required("lifted", Boolean, server_default=false()),
    UniqueConstraint("comment_id", "hidden_at"),
    partial("ix_appeals_waiting", "comment_id", where=UNJUDGED_APPEALS),
    # an old button must never lead to another appeal
    sqlite_autoincrement=True,
)
