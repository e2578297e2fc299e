"""The columns of the table of decisions; the writer and the reader share this declaration."""

from __future__ import annotations

from typing import Final

from bot.domain.decision_table import ROWS_OF_A_TABLE
from bot.domain.decisions import LONGEST_REASON
from bot.spreadsheets.shape import Column, SheetShape

FILE_KIND: Final = "decisions"
"""What the stamp of such a file says."""
DATE_FORMAT: Final = "dd.mm.yyyy"
LONGEST_RESPONSIBLE: Final = 150
LOCKED_COLUMNS: Final = (
    Column("key", 10, required=True),
    Column("number", 7, required=True),
    Column("kind", 12),
    Column("about", 22),
    Column("text", 54),
    Column("language", 11),
    Column("support", 16),
    Column("channel", 12),
)
FILLED_COLUMNS: Final = (
    Column("decision", 17, choices="outcome", required=True, shared=True),
    Column("reason", 46, limit=LONGEST_REASON, required=True, shared=True),
    Column("responsible", 24, limit=LONGEST_RESPONSIBLE, shared=True),
    Column("due", 13, number_format=DATE_FORMAT, shared=True),
    Column("changes", 30, shared=True),
)
DECISIONS_SHEET: Final = SheetShape("Decisions", (*LOCKED_COLUMNS, *FILLED_COLUMNS), row_limit=ROWS_OF_A_TABLE)
